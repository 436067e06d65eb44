/** One answer's energy on each way to it: here, and by every variant there that answered in this visit. */

/** @typedef {import("../energy/breakdown.js").Boundary} Boundary */
/** @typedef {import("../shared/result.js").Figure} Figure */
/** @typedef {{where: "here" | "there", variant: string | null, answer: Figure | null, once?: Figure | null}} Way */
/**
 * @typedef {object} Ways
 * @property {Boundary} boundary
 * @property {boolean} [light] some of it rests on a few answers that a visitor got, and was not measured
 * @property {string} first what to do while an answer is not known: a message
 * @property {string} counted what is in it: a message
 * @property {Way[]} ways
 */

/**
 * A language model that did not answer in this visit is there by what was recorded of it.
 *
 * @param {import("../energy/panel-state.js").PanelState["rungs"]} rungs
 * @param {import("../shared/result.js").LanguageModel | null} beside
 * @returns {Map<string, {there: object}>}
 */
function withRecorded(rungs, beside) {
  if (!beside?.energy || rungs.has(beside.id)) return rungs;
  const { id: variant, accuracy, energy } = beside;
  /** @type {Map<string, {there: object}>} */
  const all = new Map(rungs);
  return all.set(variant, { there: { variant, accuracy, energies: [energy] } });
}

/**
 * By the boundary that the energy panel shows, with the figures that it shows.
 *
 * @param {Pick<import("../energy/panel-state.js").PanelState, "told" | "basis" | "rungs" | "beside" | "exhibit" | "ask" | "energy" | "variantHere" | "sides">} balance
 * @returns {Promise<Ways>}
 */
export async function answerWays({
  told,
  basis,
  rungs,
  beside,
  exhibit,
  ask,
  energy,
  variantHere,
  sides,
}) {
  const { choice: device, threads, country, server } = energy;
  const boundary = told?.boundaries[energy.boundary] ? energy.boundary : "marginal";
  const sheet = told?.boundaries[boundary];
  const now = sides.there.result?.variant ?? sides.there.variant;
  /** @type {Way} */
  const here = {
    where: "here",
    variant: variantHere,
    answer: sheet?.here?.total ?? null,
    once: sheet?.break_even?.once ?? null,
  };
  const ways = [here];
  for (const [variant, { there }] of device ? withRecorded(rungs, beside) : []) {
    const request = { do: "energy", exhibit, device, threads, country, server, here: null, there };
    const its = variant === now ? told : await ask(request).catch(() => null);
    const answer = its?.boundaries[boundary]?.there?.total ?? null;
    ways.push({ where: "there", variant, answer });
  }
  if (ways.length === 1) ways.push({ where: "there", variant: now, answer: null });
  const light =
    basis !== "measured" || [...rungs.values()].some((rung) => rung.basis !== "measured");
  return { boundary, light, first: "bill-first", counted: `bill-counted-${boundary}`, ways };
}
