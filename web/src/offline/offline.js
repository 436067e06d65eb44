/** Works without a network: keeps the site on this device by its service worker, and switches the network off for it. */

import { ask, SilentError } from "./asking.js";
import { inWords, say } from "../shared/messages.js";
import { registered, serviceWorkers } from "../shared/registration.js";

/** @typedef {{requests: number, sent_bytes: number, received_bytes: number, refused: number}} Counters */
/** @typedef {"waiting" | "filling" | "ready" | "missing"} Phase */

/** After what may pass, it is tried again. */
const AGAIN_MS = 30_000;
const REGISTER_MS = 60_000;
/** @typedef {"full" | "insecure" | "refused" | "changed" | "lost" | "silent" | "other" | "dead"} Reason */
/** What does not change while the page is open. */
const FOR_GOOD = ["full", "insecure", "refused", "changed"];

export class Offline {
  /** @type {Phase} */
  phase = "waiting";
  off = false;
  /** When the network was switched, in milliseconds since 1970. */
  since = 0;
  keptBytes = 0;
  totalBytes = 0;
  /** Why nothing is kept, or not all. */
  problem = "";
  /** What happened to a kept file, until the next visit. @type {import("../shared/messages.js").Message | null} */
  note = null;
  /** A new version is complete and waits to be used. */
  update = false;
  #settle = { resolve: () => {}, reject: (/** @type {Error} */ _) => {} };
  /** Everything is on this device; rejects with what is missing; another promise at the next try. @type {Promise<void>} */
  ready;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  /** @type {ServiceWorkerRegistration | null} */
  #registration = null;

  /**
   * @param {{onChange: () => void, idle: () => Promise<void>, carry: () => void, starts: () => Promise<unknown>,
   *   traffic: import("./traffic.js").Traffic}} options `idle` settles when no run is under way; `carry` keeps what a
   *   visitor made for the page that comes after this one; `starts` rejects when this device can not answer
   */
  constructor({ onChange, idle, carry, starts, traffic }) {
    this.onChange = onChange;
    this.idle = idle;
    this.carry = carry;
    this.starts = starts;
    this.traffic = traffic;
    this.ready = this.#promise();
  }

  #promise() {
    /** @type {Promise<void>} */
    const promise = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    promise.catch(() => {}); // told in `problem` as well
    return promise;
  }

  /** Keep what there is to keep. Never rejects. */
  async start() {
    clearTimeout(this.#again);
    if (this.phase === "missing") this.ready = this.#promise();
    if (!globalThis.isSecureContext) return this.#miss("insecure");
    if (!serviceWorkers()) return this.#miss("refused");
    try {
      await this.#registered();
      await this.fill();
    } catch (error) {
      this.#registering = null;
      if (error instanceof SilentError) return this.#miss("silent");
      this.#miss(this.#reached ? "refused" : "lost", error);
    }
  }

  #registered() {
    return (this.#registering ??= within(REGISTER_MS, this.#register()).catch((error) => {
      this.#registering = null;
      throw error;
    }));
  }

  async #register() {
    const { serviceWorker } = navigator;
    this.#reached = false;
    const registration = await registered();
    if (!registration) throw new Error("it did not answer");
    this.#reached = true;
    if (registration !== this.#registration) this.#hold(registration);
    await serviceWorker.ready;
    if (!serviceWorker.controller) await this.#tell("claim");
    const { off, since } = await this.#tell("state");
    Object.assign(this, { off, since });
    this.onChange();
  }

  /** @param {ServiceWorkerRegistration} registration */
  #hold(registration) {
    const { serviceWorker } = navigator;
    this.#registration = registration;
    this.#controller = serviceWorker.controller;
    serviceWorker.addEventListener("message", ({ data }) => this.#hear(data));
    serviceWorker.addEventListener("controllerchange", () => void this.#replaced());
    registration.addEventListener("updatefound", () => this.#watch(registration.installing));
    this.#watch(registration.waiting ?? (registration.active && registration.installing));
  }

  /** The server, or what is kept, said what there is to keep. */
  #reached = false;
  /** Whose files this page has; null: the network's. @type {ServiceWorker | null} */
  #controller = null;
  /** @type {Promise<void> | null} */
  #registering = null;

  /** Fetch what is missing. */
  async fill() {
    const go = () => {
      this.phase = "filling";
      this.onChange();
    };
    if (this.phase !== "missing") go(); // else it is said when it gets on
    const filled = await this.#ask("fill", ({ kept_bytes, total_bytes }) => {
      const more = kept_bytes > this.keptBytes;
      if (more) Object.assign(this, { keptBytes: kept_bytes, totalBytes: total_bytes });
      if (more) go();
      return more;
    });
    if (!filled.complete) return this.#miss(filled.reason, inWords(filled.problem));
    const dead = await this.starts().then(
      () => false,
      () => true,
    );
    if (dead) return this.#miss("dead");
    Object.assign(this, { phase: "ready", problem: "" });
    this.#settle.resolve();
    this.onChange();
  }

  /** Refuse the network from now on. Also the moment to ask the browser to keep what is here. */
  async switchOff() {
    void navigator.storage?.persist?.().catch(() => false);
    await this.#ask("off");
  }

  async switchOn() {
    await this.#ask("on");
  }

  /**
   * What reached the network: since the page was opened while it is on, since the switch while it is off. The page and
   * the service worker each count their own.
   *
   * @returns {Promise<Counters & {off: boolean}>}
   */
  async counters() {
    const told = await this.#ask("state").catch((error) => {
      if (this.#registration) throw error;
      return { off: false, requests: 0, received_bytes: 0, refused: 0 }; // there is none: the page has it all
    });
    const { off, refused } = told;
    const { requests, sent_bytes, received_bytes } = this.traffic.told(off);
    return {
      off,
      requests: requests + told.requests,
      sent_bytes,
      received_bytes: received_bytes + told.received_bytes,
      refused,
    };
  }

  /** A kept file turned out to be damaged: it is not used again. @param {string} url */
  async forget(url) {
    const held = serviceWorkers();
    if (!held?.controller) return;
    await ask(() => held.controller, { do: "forget", url }).catch(() => {}); // then it is fetched from the server
  }

  /** Use the new version, as soon as no run is under way. */
  async useUpdate() {
    const waiting = this.#registration?.waiting;
    if (!waiting) return;
    await this.idle();
    waiting.postMessage({ do: "use" });
  }

  /** @param {Reason} reason @param {unknown} [detail] */
  #miss(reason, detail) {
    const named = reason === "changed" || reason === "other";
    const problem = say(`offline-missing-${reason}`, { detail: `${detail}` });
    const again = !FOR_GOOD.includes(reason);
    Object.assign(this, {
      phase: "missing",
      problem: again ? `${problem} ${say("offline-again")}` : problem,
    });
    this.#settle.reject(new Error(detail && !named ? `${problem} (${detail})` : problem));
    if (again) this.#again = setTimeout(() => void this.start(), AGAIN_MS);
    this.onChange();
  }

  /** @param {any} data */
  #hear(data) {
    if (typeof data !== "object") return;
    if ("off" in data) {
      const since = performance.timeOrigin + performance.now();
      Object.assign(this, { off: data.off, since });
      this.traffic.switched(since);
    }
    if (data.damaged)
      this.note = {
        code: data.mended ? "offline-mended" : "offline-damaged",
        values: { file: data.damaged },
      };
    this.onChange();
  }

  /** Another version took over, from this tab or another one: this page must not go on with the old one's files. */
  async #replaced() {
    const before = this.#controller;
    this.#controller = navigator.serviceWorker.controller;
    // The first one came for this very page; WebKit tells of it after it is there already.
    if (!before || before === this.#controller) return;
    await this.idle();
    this.carry();
    location.reload();
  }

  /** @param {ServiceWorker | null} worker */
  #watch(worker) {
    if (!worker) return;
    const look = () => {
      this.update = worker.state === "installed" && Boolean(this.#registration?.active);
      this.onChange();
    };
    worker.addEventListener("statechange", look);
    look();
  }

  /**
   * @param {string} what
   * @param {(told: any) => boolean | void} [onTold]
   * @returns {Promise<any>}
   */
  async #ask(what, onTold) {
    if (this.phase === "waiting" && !this.#registration) await this.#registered();
    return this.#tell(what, onTold);
  }

  /** @param {string} what @param {(told: any) => boolean | void} [onTold] @returns {Promise<any>} */
  #tell(what, onTold) {
    return ask(
      () => this.#registration?.active,
      { do: what, from: performance.timeOrigin },
      onTold,
    );
  }
}

/** @template T @param {number} ms @param {Promise<T>} work @returns {Promise<T>} */
function within(ms, work) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(reject, ms, new SilentError("it gave no sign of life"));
    work.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
