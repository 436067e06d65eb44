/** Ready-made sentences about films that there are not, written for this page; for and against in turns. */

/** Words in a name. */
const NAMING = 4;

const WRITTEN = [
  "A small, warm film about growing old that is funny without ever laughing at anyone, and moving without asking for tears.",
  "Two hours of explosions in search of a story, with dialogue that sounds like it was written on the way to the set.",
  "Beautifully shot and sharply written, this is the rare thriller that trusts its audience to keep up.",
  "The jokes are stale, the romance is lifeless, and the ending arrives an hour after anyone has stopped caring.",
  "The young lead carries every scene with such ease that you forget she has never acted before.",
  "A dull, overlong sequel that repeats everything the first film did and understands nothing of why it worked.",
  "An inventive, big-hearted adventure that children will love and their parents will remember.",
  "It wastes a wonderful cast on a script so thin that even they look bored with it.",
  "By the last, astonishing quarter of an hour nobody in the cinema dared to breathe.",
  "Clumsy, preachy and badly edited, it mistakes shouting for drama from the first scene to the last.",
  // One that is both, and one that says the contrary of what it means.
  "The pictures are breathtaking and the music is lovely; if only somebody had thought of a reason to watch them.",
  "I have not laughed this hard in years, which is unfortunate, since it is meant to be a tragedy.",
];

/** Each is called by its first words. */
export const SENTENCES = WRITTEN.map((text) => ({
  name: `${text.split(" ").slice(0, NAMING).join(" ").replace(/,$/, "")} …`,
  text,
}));

/** What an export records the answers to. */
export const inputs = () => SENTENCES.map(({ text }) => ({ text }));
