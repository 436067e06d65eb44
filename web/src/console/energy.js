/** `hundredfold.energy`: what energy is counted with, and how a script changes it. */

import * as is from "./arguments.js";
import { mirror } from "./mirror.js";

const { ArgumentError, checked, optional, nullable } = is;

/** More than any personal computer draws. */
const MOST_W = 2000;
const MOST_THREADS = 1024;
const SHOWN = ["ready", "profiles", "proposed", "countries", "choice", "calibration", "deleted"];
const TOLD = ["problem", "kept", "country", "server", "threads", "near"];
const anything = () => {};
const watts = is.number(0, MOST_W, "watts");
const DRAIN = is.fields({
  seconds: is.number(0, 1e6, "seconds"),
  from: is.number(0, 1, "shares of a full battery"),
  to: is.number(0, 1, "shares of a full battery"),
});
const CHOICE = is.oneKind(
  {
    profile: is.text("the id of one of energy.profiles"),
    threads: optional(is.whole(1, MOST_THREADS)),
  },
  { active_w: watts, idle_w: optional(nullable(watts)) },
  { tdp_w: watts },
  { calibration: is.json },
);
const READINGS = is.oneKind(
  {
    idle_w: watts,
    load_w: watts,
    step_w: optional(watts),
    method: is.oneOf("plug"),
  },
  {
    capacity_wh: is.number(1, 1000, "watt-hours"),
    idle: DRAIN,
    load: DRAIN,
    method: is.oneOf("battery"),
  },
  { calibration: is.json, method: is.oneOf("import") },
);

/**
 * @param {import("../energy/energy.js").Energy} energy
 * @param {() => Promise<void>} counted
 */
export function energySurface(energy, counted) {
  /**
   * What the core refuses is refused here, too; the page itself shows it beside the field.
   *
   * @param {string} name
   * @param {Record<string, import("./arguments.js").Check>} checks
   * @param {(given: any) => Promise<void>} act
   */
  const refusing = (name, checks, act) =>
    checked(`energy.${name}`, checks, async (/** @type {any} */ given) => {
      await counted(); // or what is kept, or proposed, would come after this and undo it
      await act(given);
      const { problem } = energy;
      if (!problem) return;
      const field = problem.field && `${problem.field}: `;
      throw new ArgumentError(`energy.${name}: ${field}${problem.detail.replace(/\.?$/, ".")}`);
    });
  const shown = {
    /** `choose({profile, threads})`, `choose({active_w, idle_w})`, `choose({tdp_w})` or `choose({calibration})`. */
    choose: refusing("choose", { choice: CHOICE }, (choice) => energy.choose(choice)),
    /** `calibrate({method: "plug", idle_w, load_w, step_w})`, or as energy/calibrate.py has it. */
    calibrate: refusing("calibrate", { readings: READINGS }, (readings) =>
      energy.calibrate(readings),
    ),
    /** `importCalibration(text)` of an exported file. */
    importCalibration: refusing(
      "importCalibration",
      { text: is.text("the text of an exported calibration") },
      (text) => energy.importCalibration(text),
    ),
    deleteCalibration: refusing("deleteCalibration", {}, () => energy.deleteCalibration()),
    restoreCalibration: refusing("restoreCalibration", {}, () => {
      if (energy.deleted) return energy.restoreCalibration();
      throw new ArgumentError("energy.restoreCalibration: none was deleted since the page opened.");
    }),
    /** `chooseCountry(code)`, "" for the world's average. */
    chooseCountry: checked(
      "energy.chooseCountry",
      { code: anything },
      async (/** @type {string} */ code) => {
        await counted();
        if (code !== "" && !energy.countries.some((each) => each.code === code))
          throw new ArgumentError(
            `energy.chooseCountry(code): code must be one of energy.countries, or "" for the world's average, not ${is.shown(code)}.`,
          );
        await energy.chooseCountry(code);
      },
    ),
    /** What the page shows: "marginal" or "idle-inclusive". */
    get boundary() {
      return energy.boundary;
    },
  };
  return mirror(shown, () => energy, [...SHOWN, ...TOLD]);
}
