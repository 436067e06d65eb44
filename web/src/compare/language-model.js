/** A language model beside the ladder: shown, chosen and counted as one more variant there. */

/** @typedef {import("../shared/result.js").Ladder} Ladder */
/** @typedef {import("../shared/result.js").LanguageModel} LanguageModel */

/**
 * The ladder with it on top; the same ladder where there is none. What nobody measured of it is null.
 *
 * @param {Ladder | null} ladder
 * @param {LanguageModel | null | undefined} model
 * @returns {Ladder | null}
 */
export function withLanguageModel(ladder, model) {
  if (!ladder || !model || ladder.variants.some(({ id }) => id === model.id)) return ladder;
  const { id, recipe, bytes, params, macs, accuracy } = model;
  const own = { role: "rung", parent: null, file: "", sha256: "", opset: 0, golden: "" };
  const variant = { ...own, id, recipe, bytes, params, macs, accuracy, runs: ["there"] };
  return {
    ...ladder,
    language_model: model,
    variants: [
      /** @type {import("../shared/result.js").Variant} */ (/** @type {unknown} */ (variant)),
      ...ladder.variants,
    ],
  };
}
