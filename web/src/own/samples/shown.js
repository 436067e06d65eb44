/** One sample as a visitor recognises it: as a picture where it is one, else in words. */

import { length, picture, propose } from "./picture-plan.js";
import { number as written } from "../../shared/messages.js";

/**
 * @typedef {{rgba: Uint8ClampedArray<ArrayBuffer>, width: number, height: number}} Seen
 * @typedef {{seen: Seen | null, text: string}} Shown
 */

/** So many numbers of a sample are told. */
const TOLD = 6;
const LETTERS = 120;

/**
 * @param {import("./read.js").Given | null} given
 * @param {import("./read.js").Samples} samples made of it
 * @param {import("./picture-plan.js").Input[]} inputs
 * @param {number} at which sample
 * @returns {Shown}
 */
export function shown(given, samples, inputs, at) {
  if (given?.kind === "pictures") {
    const { plan, pictures } = given;
    const tensor = samples.inputs[given.input];
    return { seen: seen(tensor.data, plan, at), text: pictures[at]?.path ?? "" };
  }
  if (given?.kind === "lines") return { seen: null, text: brief(given.lines[at]) };
  if (given?.kind === "table") return { seen: null, text: brief(given.table.rows[at].join(", ")) };
  const input = inputs.find((each) => propose(each) && samples.inputs[each.name]);
  if (input) {
    const { data } = samples.inputs[input.name];
    const plan = propose(input);
    const fits = plan && data.length >= (at + 1) * length(plan);
    if (fits) return { seen: seen(data, stretched(data, plan, at), at), text: "" };
  }
  return { seen: null, text: told(samples, at) };
}

/** @param {any} data @param {import("./picture-plan.js").Plan} plan @param {number} at @returns {Seen} */
function seen(data, plan, at) {
  const rgba = picture(data, plan, at * length(plan));
  return { rgba, width: plan.width, height: plan.height };
}

/** From its darkest to its lightest, since nobody knows what was done to it. @param {any} data @param {import("./picture-plan.js").Plan} plan @param {number} at */
function stretched(data, plan, at) {
  let [low, high] = [Infinity, -Infinity];
  for (let place = at * length(plan); place < (at + 1) * length(plan); place++) {
    low = Math.min(low, Number(data[place]));
    high = Math.max(high, Number(data[place]));
  }
  const std = 1 / (high - low || 1);
  const all = (/** @type {number} */ value) => Array(plan.channels).fill(value);
  return {
    ...plan,
    dtype: "float32",
    values: /** @type {const} */ ("own"),
    mean: all(-low * std),
    std: all(std),
  };
}

/** @param {import("./read.js").Samples} samples @param {number} at */
function told({ inputs }, at) {
  const [tensor] = Object.values(inputs);
  if (!tensor) return "";
  const each = tensor.data.length / tensor.dims[0];
  const part = Array.from(tensor.data.slice(at * each, at * each + Math.min(each, TOLD)));
  const words = part.map((value) => (typeof value === "string" ? value : written(Number(value))));
  return brief(words.join("; ") + (each > TOLD ? "; …" : ""));
}

/** @param {string} text */
function brief(text) {
  const letters = [...text];
  return letters.length > LETTERS ? `${letters.slice(0, LETTERS).join("")} …` : text;
}
