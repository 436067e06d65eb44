/** What many answers take here, by the time that they took, and what as many there would have taken: in words. */

import { clockStep } from "../shared/clock.js";
import { range } from "./energy-format.js";

/** @typedef {import("./breakdown.js").Sheet} Sheet */
/** @typedef {import("../shared/result.js").Figure} Figure */

/**
 * By the watts that the energy panel counts with.
 *
 * @param {Sheet | null | undefined} sheet what an answer adds
 * @param {number} seconds in which this device computed
 * @returns {string} "" where its power is not known
 */
export function spentHere(sheet, seconds) {
  const watts = sheet?.here?.total.inputs.compute?.inputs.active_w;
  return watts && seconds > 0 ? times(watts, seconds) : "";
}

/**
 * What a second of answers here adds, before there was one.
 *
 * @param {import("./energy.js").Energy} energy
 * @param {string} exhibit
 * @param {string | null} variant
 * @returns {Promise<Sheet | null>} null where it can not be told
 */
export async function perSecond(energy, exhibit, variant) {
  await energy.ready;
  const { ask, choice: device, threads, country } = energy;
  const here = { variant, seconds: [1], busy: 1, resolution_s: 0, downloaded_bytes: 0 };
  const request = { do: "energy", exhibit, device, threads, country, server: null };
  const told = await ask({ ...request, here, there: null }).catch(() => null);
  return told && told.boundaries.marginal;
}

/**
 * What many answers took here, as a Result tells it of one.
 *
 * @param {import("./energy.js").Energy} energy
 * @param {string} exhibit
 * @param {{answers: number, seconds: number, modelS: number, variant: string}} done
 */
export async function ofMany({ ask, choice, threads, country }, exhibit, done) {
  const { answers, seconds, modelS, variant } = done;
  if (!choice) return null;
  const busy = 1 + (modelS / seconds) * (threads - 1); // the engine's threads wait for each other without sleeping
  const each = [seconds / answers];
  const here = {
    variant,
    seconds: each,
    busy,
    resolution_s: clockStep() / 1000,
    downloaded_bytes: 0,
  };
  const request = { do: "energy", exhibit, device: choice, threads, country, server: null, here };
  const { boundaries } = await ask({ ...request, there: null });
  const answer = boundaries.marginal.here.total;
  const [low, mid, high] = [answer.low, answer.mid, answer.high].map((each) => each * answers);
  const inputs = { answers, answer };
  return { joules: { low, mid, high }, origin: answer.origin, boundary: "marginal", inputs };
}

/** As many answers as this one, there. @param {Figure} answer @param {number} answers */
export function spentThere(answer, answers) {
  return times(answer, answers);
}

/** @param {Figure} figure @param {number} by */
function times({ low, mid, high }, by) {
  return range({ low: low * by, mid: mid * by, high: high * by, unit: "J" });
}
