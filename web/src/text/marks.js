/** Which letters of a text are shaded and how strongly: what its words added to an answer, as pieces of that text. */

/** @typedef {{start: number, end: number, contribution: number}} Word in code points of the text */
/**
 * @typedef {object} Span a word where JavaScript finds it, in UTF-16 units
 * @property {number} from
 * @property {number} to
 * @property {number} contribution to the second label's log-odds
 * @property {number} step how strong it is: 1 to STEPS, with its sign; 0: it added nothing
 */
/** @typedef {{text: string, step: number, gap: boolean}} Piece `gap`: letters are left out in its place */

/** As many strengths as an eye tells apart. */
export const STEPS = 5;
/** Of a longer text only this much is shown: more would hold the page up at every letter that is typed. */
export const MOST_LETTERS = 4000;
/** What is shown on each side of a word of such a text. */
const AROUND = 40;
/** A name in a list is no longer than this. */
const MOST_NAME = 40;

/**
 * The words in the order of the text, none over another: of two that overlap, the later one begins where the earlier ends.
 *
 * @param {string} text
 * @param {Word[]} words in any order
 * @returns {Span[] | null} null: they are words of another text, which is longer than this one
 */
export function spansOf(text, words) {
  const usable = words
    .filter(({ start, end, contribution }) => 0 <= start && start < end && isFinite(contribution))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const places = placesOf(
    text,
    usable.flatMap(({ start, end }) => [start, end]),
  );
  if (!places) return null;
  const most = Math.max(...usable.map(({ contribution }) => Math.abs(contribution)));
  /** @type {Span[]} */
  const spans = [];
  let reached = 0;
  for (const { start, end, contribution } of usable) {
    const from = Math.max(reached, /** @type {number} */ (places.get(start)));
    const to = /** @type {number} */ (places.get(end));
    if (from >= to) continue;
    spans.push({ from, to, contribution, step: stepOf(contribution, most) });
    reached = to;
  }
  return spans;
}

/**
 * A text in pieces; of one that is too long, the surroundings of its strongest words.
 *
 * @param {string} text
 * @param {Span[]} spans as `spansOf` tells them
 * @returns {{pieces: Piece[], isCut: boolean}}
 */
export function piecesOf(text, spans) {
  const isCut = text.length > MOST_LETTERS;
  const shown = isCut ? excerpts(text, spans) : [[0, text.length]];
  /** @type {Piece[]} */
  const pieces = [];
  const add = (/** @type {number} */ from, /** @type {number} */ to, step = 0) => {
    if (from < to) pieces.push({ text: text.slice(from, to), step, gap: false });
  };
  const leaveOut = () => pieces.push({ text: " … ", step: 0, gap: true });
  let reached = 0;
  let next = 0;
  for (const [first, last] of shown) {
    if (first > reached) leaveOut();
    reached = first;
    while (next < spans.length && spans[next].to <= first) next += 1;
    for (let at = next; at < spans.length && spans[at].from < last; at++) {
      const { from, to, step } = spans[at];
      add(reached, Math.max(reached, from));
      add(Math.max(reached, from), Math.min(to, last), step);
      reached = Math.min(to, last);
    }
    add(reached, last);
    reached = last;
  }
  if (reached < text.length) leaveOut();
  return { pieces, isCut };
}

/**
 * The strongest words towards one label, strongest first, each once however it is written.
 *
 * @param {string} text
 * @param {Span[]} spans
 * @param {1 | -1} sign of their contributions
 * @param {number} [count] at most so many
 */
export function strongest(text, spans, sign, count = 5) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const { from, to } of byStrength(spans.filter(({ step }) => step * sign > 0))) {
    const name = [...text.slice(from, to).trim().replaceAll(/\s+/g, " ")];
    const short = name.length > MOST_NAME ? [...name.slice(0, MOST_NAME), "…"] : name;
    const key = short.join("").toLowerCase();
    if (key && !found.has(key)) found.set(key, short.join(""));
    if (found.size === count) break;
  }
  return [...found.values()];
}

/** How many letters there are, as people count: an astral one is one. @param {string} text */
export function lettersIn(text) {
  let pairs = 0;
  for (let at = 1; at < text.length; at++) if (isPair(text, at)) pairs += 1;
  return text.length - pairs;
}

/** @param {number} contribution @param {number} most the largest of the text, without its sign */
function stepOf(contribution, most) {
  if (!contribution) return 0;
  return Math.sign(contribution) * Math.ceil((STEPS * Math.abs(contribution)) / most);
}

/**
 * Where code points lie in UTF-16 units; null when the text has not so many.
 *
 * @param {string} text
 * @param {number[]} points
 */
function placesOf(text, points) {
  /** @type {Map<number, number>} */
  const places = new Map();
  let at = 0;
  let point = 0;
  for (const wanted of [...new Set(points)].sort((a, b) => a - b)) {
    for (; point < wanted && at < text.length; point++)
      at += /** @type {number} */ (text.codePointAt(at)) > 0xffff ? 2 : 1;
    if (point < wanted) return null;
    places.set(wanted, at);
  }
  return places;
}

/**
 * Ranges around the strongest words, MOST_LETTERS in all, in the order of the text.
 *
 * @param {string} text
 * @param {Span[]} spans
 * @returns {number[][]}
 */
function excerpts(text, spans) {
  let left = MOST_LETTERS;
  /** @type {number[][]} */
  const ranges = [];
  for (const { from, to } of byStrength(spans)) {
    const first = whole(text, Math.max(0, from - AROUND));
    const last = whole(text, Math.min(text.length, to + AROUND, first + left));
    if (last <= from) break;
    left -= last - first;
    ranges.push([first, last]);
  }
  ranges.sort(([a], [b]) => a - b);
  /** @type {number[][]} */
  const joined = [];
  for (const [first, last] of ranges) {
    const before = joined.at(-1);
    if (before && first <= before[1]) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined.length ? joined : [[0, whole(text, MOST_LETTERS)]];
}

/** @param {Span[]} spans */
function byStrength(spans) {
  return [...spans].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
}

/** Where a text can be cut, there or just before. @param {string} text @param {number} at */
function whole(text, at) {
  return isPair(text, at) ? at - 1 : at;
}

/** A cut there would be in the middle of an astral letter. @param {string} text @param {number} at */
function isPair(text, at) {
  const [high, low] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return 0xdc00 <= low && low <= 0xdfff && 0xd800 <= high && high <= 0xdbff;
}
