/** What energy is counted with now, and why, in words and watts. */

import { measuredOn } from "./calibration-file.js";
import { exactly } from "./calibration-power.js";

/** @typedef {import("../calibration.js").Profile} Profile */
/** @typedef {import("../calibration.js").Proposed} Proposed */
/** @typedef {import("../calibration.js").Three} Three */

/**
 * @param {{choice: import("../calibration.js").Choice | null, profiles: Profile[], proposed: Proposed | null}} told
 * @returns {{title: string, why: string, figures: [name: string, three: Three | null][], source: string}}
 */
export function counted({ choice, profiles, proposed }) {
  if (!choice)
    return { title: "–", why: "Known once this page is ready.", figures: [], source: "" };
  if ("calibration" in choice) {
    const { device } = choice.calibration;
    return {
      title: "Your device, as you measured it",
      why: `${measuredOn(choice.calibration)}.`,
      figures: [
        ["Above idle, while the model runs", device.one_w],
        ["Idle", device.idle_w],
      ],
      source: "",
    };
  }
  if ("active_w" in choice) {
    const { active_w, idle_w } = choice;
    return {
      title: `${exactly(active_w)} above idle, as you typed it`,
      why: "Your figure is taken to be right within a tenth.",
      figures: [
        ["Above idle, while it works", alike(active_w)],
        ["Idle", idle_w === null || idle_w === undefined ? null : alike(idle_w)],
      ],
      source: "",
    };
  }
  if ("tdp_w" in choice) {
    return {
      title: `A processor of ${exactly(choice.tdp_w)} TDP`,
      why: "What it draws at work is worked out from how processors behave: a wide range, for the processor alone.",
      figures: [],
      source: "",
    };
  }
  const profile = profiles.find(({ id }) => id === choice.profile);
  if (!profile) return { title: choice.profile, why: "", figures: [], source: "" };
  const { name, year, threads, one_w, all_w, idle_w, source } = profile;
  const all = /** @type {[string, any][]} */ (
    threads > 1 ? [[`Above idle, all ${threads} threads at work`, all_w]] : []
  );
  return {
    title: year ? `${name}, ${year}` : name,
    why: proposed?.id === profile.id ? proposed.why : instead(profiles, proposed),
    figures: [["Above idle, one thread at work", one_w], ...all, ["Idle", idle_w]],
    source,
  };
}

/**
 * What a visitor's own choice stands instead of.
 *
 * @param {Profile[]} profiles
 * @param {Proposed | null} proposed
 */
function instead(profiles, proposed) {
  const other = profiles.find(({ id }) => id === proposed?.id);
  return other ? `You chose it. We would have proposed: ${other.name}.` : "You chose it.";
}

/** @param {number} value @returns {Three} */
function alike(value) {
  return { low: value, mid: value, high: value };
}
