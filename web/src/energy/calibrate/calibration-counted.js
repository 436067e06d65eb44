/** What energy is counted with now, and why, in words and watts. */

import { measuredOn } from "./calibration-file.js";
import { exactly } from "./calibration-power.js";
import { profileName } from "../figure-label.js";
import { say } from "../../shared/messages.js";

/** @typedef {import("../../shared/messages.js").Message} Message */

/** @typedef {import("../calibration.js").Profile} Profile */
/** @typedef {import("../calibration.js").Proposed} Proposed */
/** @typedef {import("../calibration.js").Three} Three */

/**
 * @param {{choice: import("../calibration.js").Choice | null, profiles: Profile[], proposed: Proposed | null}} told
 * @returns {{title: string, why: Message | string, figures: [name: string, three: Three | null][], source: string}}
 */
export function counted({ choice, profiles, proposed }) {
  if (!choice) return { title: "–", why: say("calibrate-counted-later"), figures: [], source: "" };
  if ("calibration" in choice) {
    const { device } = choice.calibration;
    return {
      title: say("calibrate-counted-measured"),
      why: say("calibrate-measured-alone", { measured: measuredOn(choice.calibration) }),
      figures: [
        [say("calibrate-above-model"), device.one_w],
        [say("calibrate-idle"), device.idle_w],
      ],
      source: "",
    };
  }
  if ("active_w" in choice) {
    const { active_w, idle_w } = choice;
    return {
      title: say("calibrate-counted-typed", { watts: exactly(active_w) }),
      why: say("calibrate-counted-typed-why"),
      figures: [
        [say("calibrate-above-work"), alike(active_w)],
        [say("calibrate-idle"), idle_w === null || idle_w === undefined ? null : alike(idle_w)],
      ],
      source: "",
    };
  }
  if ("tdp_w" in choice) {
    return {
      title: say("calibrate-counted-tdp", { watts: exactly(choice.tdp_w) }),
      why: say("calibrate-counted-tdp-why"),
      figures: [],
      source: "",
    };
  }
  const profile = profiles.find(({ id }) => id === choice.profile);
  if (!profile) return { title: choice.profile, why: "", figures: [], source: "" };
  const name = profileName(profile);
  const { year, threads, one_w, all_w, idle_w, source } = profile;
  const all = /** @type {[string, any][]} */ (
    threads > 1 ? [[say("calibrate-above-all", { threads }), all_w]] : []
  );
  return {
    title: year ? `${name}, ${year}` : name,
    why: proposed?.id === profile.id ? proposed.why : instead(profiles, proposed),
    figures: [[say("calibrate-above-one"), one_w], ...all, [say("calibrate-idle"), idle_w]],
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
  if (!other) return say("calibrate-counted-chosen");
  return say("calibrate-counted-instead", { name: profileName(other) });
}

/** @param {number} value @returns {Three} */
function alike(value) {
  return { low: value, mid: value, high: value };
}
