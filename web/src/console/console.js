/** `window.hundredfold`: what this page can do, for the console, for tests and for those who embed it. */

import * as is from "./arguments.js";
import { energySurface } from "./energy.js";

const { checked, checkedNow, optional, nullable } = is;

/** @typedef {import("../shared/result.js").Result} Result */

/** A run repeats its model so often at most; py_src/hundredfold/app.py holds it too. */
const MOST_REPEATS = 10_000;
/** More than any page can have. */
const MOST_BYTES = 1e12;

/**
 * `await hundredfold.ready` first. What is given wrongly is refused in a sentence that says what to give.
 *
 * @param {object} parts
 * @param {ReturnType<typeof import("../runtime/page/here.js").openHere>} parts.here
 * @param {{run: (id: string, input: object, options: object) => Promise<Result>}} parts.there
 * @param {import("../energy/energy.js").Energy} parts.energy
 * @param {import("../offline/offline.js").Offline} parts.offline
 * @param {string[]} parts.ids of all exhibits; more are added when they are found
 * @param {Map<string, import("../energy/panel-state.js").PanelState>} parts.balances of each exhibit that is asked
 * @param {object} parts.own what exhibits add to it
 * @param {(id: string, options: object) => Promise<object>} parts.bill what a month of it costs
 * @param {(id: string, inputs: object[], options: object) => Promise<object>} parts.runAll
 * @param {() => Promise<void>} parts.counted settles when there is a device to count energy with, or none can be had
 * @param {<T>(act: () => Promise<T>) => Promise<T>} parts.alone one measurement at a time
 * @param {string | null} parts.embedded the exhibit that is shown alone in somebody else's page
 */
export function surface(parts) {
  const { here, there, energy, offline, ids, balances, own, counted, alone, embedded } = parts;
  // There may be more of them by the time that somebody asks.
  const shown = (/** @type {any} */ id, /** @type {string} */ path) =>
    is.oneOf(...(embedded ? [embedded] : ids))(id, path);
  const known = (/** @type {any} */ id, /** @type {string} */ path) => is.oneOf(...ids)(id, path);
  const measured = (/** @type {any} */ id, /** @type {string} */ path) =>
    is.oneOf(...balances.keys())(id, path);
  /** @template T @param {string} name @param {() => T} act */
  const keeping = (name, act) =>
    checked(`offline.${name}`, {}, () => {
      if (!embedded) return act();
      throw new Error("One exhibit in another page keeps nothing: open the site itself for that.");
    });
  return {
    /** Python and the engine are up on this device; rejects with why they are not. */
    get ready() {
      return here.ready;
    },
    /** Every exhibit with its variants and their facts. */
    exhibits: checked("exhibits", {}, async () => (await here.exhibits()).exhibits),
    /** What this device computes with. */
    device: checked("device", {}, () => here.device()),
    /**
     * `run(id, input, {where: "here" | "there", variant: id | null, repeats})` -> a Result. Without options it runs
     * here, by the default variant, once. There is what was recorded, in a copy of the site without a server;
     * `recorded` in the Result tells.
     */
    run: checked(
      "run",
      {
        id: known,
        input: is.json,
        options: optional(
          is.fields({
            where: optional(is.oneOf("here", "there")),
            variant: optional(nullable(is.text("the id of a variant, or null for the default"))),
            repeats: optional(is.whole(1, MOST_REPEATS)),
          }),
        ),
      },
      async (
        /** @type {string} */ id,
        /** @type {object} */ input,
        /** @type {{where?: "here" | "there", variant?: string | null, repeats?: number}} */ {
          where = "here",
          ...options
        } = {},
      ) => {
        if (where === "there") return there.run(id, input, options);
        await here.ready;
        await counted(); // an answer that a script asks for has its energy from the first on
        return here.run(id, input, options);
      },
    ),
    /**
     * `measure(id, input)`: the energy of both sides, back to back and in turns for some seconds -> the balance of both,
     * with every figure's inputs; null when the tab was hidden meanwhile.
     */
    measure: checked(
      "measure",
      { id: measured, input: is.json },
      async (/** @type {string} */ id, /** @type {object} */ input) => {
        await here.ready;
        await counted();
        return alone(() =>
          /** @type {import("../energy/panel-state.js").PanelState} */ (balances.get(id)).measure(
            input,
          ),
        );
      },
    ),
    /**
     * `runAll(id, inputs, {variant, signal, onProgress})`: many answers here, one after the other, without their words ->
     * {outputs, elapsed_ms, energy}; of an input that can not be used the output is {label: null, problem}.
     */
    runAll: checked(
      "runAll",
      {
        id: measured,
        inputs: is.list(is.json),
        options: optional(
          is.fields({
            variant: optional(nullable(is.text("the id of a variant, or null for the default"))),
            signal: optional(is.signal),
            onProgress: optional(is.act),
          }),
        ),
      },
      async (
        /** @type {string} */ id,
        /** @type {object[]} */ inputs,
        /** @type {object} */ options = {},
      ) => {
        await here.ready;
        await counted();
        return parts.runAll(id, inputs, options);
      },
    ),
    /** `balance(id)`: what was told last, lightly or measured; null before. */
    balance: checkedNow(
      "balance",
      { id: measured },
      (/** @type {string} */ id) => balances.get(id)?.told ?? null,
    ),
    /**
     * `bill(id, {per_month, currency, country, price_per_kwh, price_per_million_tokens, tokens_per_request})`: a month of
     * it, here, there and by a hosted language model, as app.py has it; only `per_month` must be given. What no answer
     * or episode has told yet is null.
     */
    bill: checked(
      "bill",
      {
        id: shown,
        options: is.fields({
          per_month: is.number(0, 1e12, "times a month"),
          currency: optional(is.oneOf("USD", "EUR")),
          country: optional(nullable(is.text("one of the codes in energy.countries"))),
          price_per_kwh: optional(nullable(is.number(0, 1e6, "your currency"))),
          price_per_million_tokens: optional(nullable(is.number(0, 1e6, "your currency"))),
          tokens_per_request: optional(nullable(is.number(0, 1e9, "tokens"))),
        }),
      },
      async (/** @type {string} */ id, /** @type {any} */ options) => {
        const { country } = options;
        await here.ready;
        await counted();
        if (country && !energy.countries.some(({ code }) => code === country))
          throw new is.ArgumentError(
            `bill(id, options): options.country must be one of energy.countries, or null for the world's average, not ${is.shown(country)}.`,
          );
        return parts.bill(id, options);
      },
    ),
    /** What energy is counted with; see console/energy.js. */
    energy: energySurface(energy, counted),
    /** `ask(request)`: one request of the core on this device, as app.py has it. */
    ask: checked("ask", { request: is.json }, (/** @type {object} */ request) => here.ask(request)),
    /** What exhibits add to it, each by its own console.js. */
    ...own,
    /** When what was done of the start: `hundredfold bench start` tells it as a table. */
    get phases() {
      return here.phases;
    },
    /** What the page takes, in bytes. */
    memory: checked("memory", {}, () => here.memory()),
    /** `boundMemory(bytes)`: memory above which Python and the engine are started again. */
    boundMemory: checkedNow(
      "boundMemory",
      { bytes: is.number(1, MOST_BYTES, "bytes") },
      (/** @type {number} */ bytes) => {
        here.memoryBoundBytes = bytes;
      },
    ),
    /** The network-off switch: `ready` settles when everything is kept on this device, `off()` refuses the network. */
    offline: {
      get ready() {
        return offline.ready;
      },
      off: keeping("off", () => offline.switchOff()),
      on: keeping("on", () => offline.switchOn()),
      /**
       * What reached the network, since the page was opened while it is on, since the switch while it is off:
       * {off, requests, sent_bytes, received_bytes, refused}.
       */
      counters: keeping("counters", () => offline.counters()),
      /** A new version is here. */
      get update() {
        return offline.update;
      },
      use: keeping("use", () => {
        if (offline.update) return offline.useUpdate();
        throw new Error("There is no new version to use: wait until offline.update is true.");
      }),
    },
    /** End the worker as a crash would: the page notices and starts it again. */
    terminate: checkedNow("terminate", {}, () => here.terminate()),
  };
}
