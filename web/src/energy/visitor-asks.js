/** What a visitor may ask of energy on an exhibit's page: what it is counted with, and to have it measured. */

import { batteryPhases } from "./battery.js";
import { loadPhase } from "./load-phase.js";

/**
 * @typedef {object} Parts
 * @property {import("./energy.js").Energy} energy
 * @property {<T>(act: () => Promise<T>) => Promise<T>} alone one measurement at a time
 */

/**
 * On every exhibit: what energy is counted with here, chosen or measured.
 *
 * @param {HTMLElement} view
 * @param {Parts} parts
 * @param {() => Promise<void>} work keeps this device busy for a moment
 */
export function answerPower(view, { energy, alone }, work) {
  hear(view, {
    "choose-device": ({ choice }) => energy.choose(choice),
    calibrate: (readings) => energy.calibrate(readings),
    "delete-calibration": () => energy.deleteCalibration(),
    "restore-calibration": () => energy.restoreCalibration(),
    "import-calibration": ({ text }) => energy.importCalibration(text),
  });
  Object.assign(view, {
    energy,
    loadPhase: (/** @type {any} */ phase, /** @type {any} */ options) =>
      alone(() => loadPhase({ phase, work, ...options })),
    batteryPhases: (/** @type {any} */ options) => alone(() => batteryPhases({ work, ...options })),
  });
}

/**
 * Where an exhibit is asked: what its energy panel says.
 *
 * @param {HTMLElement & {requestUpdate: () => void}} view
 * @param {Parts} parts
 * @param {import("./panel-state.js").PanelState} balance
 */
export function answerPanel(view, { energy, alone }, balance) {
  hear(view, {
    "measure-energy": () => {
      const { input } = balance.sides.here;
      if (input) void alone(() => balance.measure(input)).catch((problem) => balance.say(problem));
    },
    "cancel-energy": () => balance.cancel(),
    "choose-country": ({ country }) => energy.chooseCountry(country),
    "choose-boundary": ({ boundary }) => {
      energy.boundary = boundary;
      view.requestUpdate();
    },
  });
}

/** @param {HTMLElement} view @param {Record<string, (detail: any) => unknown>} acts */
function hear(view, acts) {
  for (const [name, act] of Object.entries(acts))
    view.addEventListener(name, (event) => act(/** @type {CustomEvent} */ (event).detail));
}
