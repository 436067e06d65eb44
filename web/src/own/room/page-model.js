/** A model of the page's own to try, with samples: the first exhibit's, before it was made whole numbers of. */

import { address } from "../../shared/address.js";
import { say } from "../../shared/messages.js";

/** @typedef {import("../samples/pictures.js").Picture} Picture */

/** What each exhibit's samples ask. @type {Record<string, () => Promise<any>>} */
const ASKED = import.meta.glob("../../exhibits/*/samples.js", { import: "inputs" });

/**
 * @param {string} id of an exhibit
 * @param {() => Promise<import("../../shared/result.js").Exhibits>} exhibits
 * @returns {Promise<{file: Blob, name: string, pictures: Picture[]}>} `pictures`: those of its samples that are any
 */
export async function pageModel(id, exhibits) {
  const ladder = (await exhibits()).exhibits[id];
  const small = ladder.variants.find((variant) => variant.id === ladder.default.here);
  const parent = ladder.variants.find((variant) => variant.id === small?.parent);
  const variant = parent?.runs.includes("here") ? parent : small;
  if (!variant) throw new Error("there is no model to try");
  const response = await fetch(address(`models/${variant.file}?sha256=${variant.sha256}`));
  if (!response.ok) throw new Error(`${response.status}`);
  const inputs = await ASKED[`../../exhibits/${id}/samples.js`]?.();
  const asked = inputs?.() ?? [];
  return {
    file: await response.blob(),
    name: `${id}-${variant.id}.onnx`,
    pictures: asked.flatMap((/** @type {any} */ { image }, /** @type {number} */ at) =>
      image
        ? [{ name: `${at + 1}`, path: `${say(`${id}-label`)}/${at + 1}`, source: drawing(image) }]
        : [],
    ),
  };
}

/** @param {{width: number, height: number, pixels: string}} image base64 of a byte a pixel, 255 for ink */
function drawing({ width, height, pixels }) {
  const bytes = Uint8Array.from(atob(pixels), (letter) => letter.charCodeAt(0));
  const rgba = new Uint8ClampedArray(4 * width * height);
  bytes.forEach((byte, at) => rgba.set([byte, byte, byte, 255], 4 * at));
  return new ImageData(rgba, width, height);
}
