/** This device's battery, where the browser tells of it, and a load phase that reads its power from the level. */

import { loadPhase } from "./load-phase.js";
import { say } from "../shared/messages.js";

/** @typedef {import("./calibration.js").Drain} Drain */
/** @typedef {import("./calibration.js").Phase} Phase */
/** @typedef {import("./calibration.js").BatteryTick} BatteryTick */

/**
 * @typedef {object} Battery
 * @property {number} level from 0 to 1, in steps of 0.01
 * @property {boolean} charging also where it is full and plugged in, or where there is no battery
 * @property {(act: () => void) => () => void} onChange of either; returns what ends it
 */

/** Below it many devices save power, which would be measured, too. */
const LOW = 0.2;

/** @returns {Promise<Battery | null>} null where the browser does not tell of it */
export async function openBattery() {
  const nav = /** @type {any} */ (navigator);
  const manager = await nav.getBattery?.().catch(() => null); // refused by the page's host
  if (!manager) return null;
  return {
    get level() {
      return manager.level;
    },
    get charging() {
      return manager.charging;
    },
    onChange(act) {
      const events = ["levelchange", "chargingchange"];
      for (const event of events) manager.addEventListener(event, act);
      return () => {
        for (const event of events) manager.removeEventListener(event, act);
      };
    },
  };
}

/**
 * What stands against a load phase now, and what speaks against it; empty where nothing does.
 *
 * @param {Pick<Battery, "level" | "charging">} battery
 */
export function batteryAdvice({ level, charging }) {
  const percent = Math.round(level * 100);
  return {
    refusal: charging ? say("energy-battery-charging") : "",
    warning: level < LOW ? say("energy-battery-low", { percent, low: LOW * 100 }) : "",
  };
}

/**
 * Half of the time idle, half under load; what the battery lost in each.
 *
 * @param {object} options
 * @param {Battery} options.battery
 * @param {number} options.minutes both phases together
 * @param {() => Promise<void>} options.work
 * @param {AbortSignal} [options.signal]
 * @param {(progress: BatteryTick) => void} [options.onProgress] each second
 * @param {import("./load-phase.js").Clock} [options.clock]
 * @param {import("./load-phase.js").Page} [options.page]
 * @returns {Promise<{idle: Drain, load: Drain}>} rejects with why it was refused or stopped, or the signal's reason
 */
export async function batteryPhases({ battery, minutes, signal, onProgress = () => {}, ...rest }) {
  const { refusal } = batteryAdvice(battery);
  if (refusal) throw new Error(refusal);
  const seconds = (minutes * 60) / 2;
  const end = new AbortController();
  const stop = () => end.abort(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop);
  const endWatch = battery.onChange(
    () => battery.charging && end.abort(new Error(say("energy-battery-plugged"))),
  );

  /** @param {Phase} phase @param {number} before seconds @returns {Promise<Drain>} */
  const drain = async (phase, before) => {
    const from = battery.level;
    await loadPhase({
      phase,
      seconds,
      signal: end.signal,
      onTick: ({ left, done }) =>
        onProgress({ phase, left: left + seconds - before, done: before + done }),
      ...rest,
    });
    return { seconds, from, to: battery.level };
  };
  try {
    return { idle: await drain("idle", 0), load: await drain("load", seconds) };
  } finally {
    endWatch();
    signal?.removeEventListener("abort", stop);
  }
}
