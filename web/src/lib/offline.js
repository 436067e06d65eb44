/** Works without a network: keeps the site on this device by its service worker, and switches the network off for it. */

import { registered, serviceWorkers } from "./registration.js";

/** @typedef {{requests: number, sent_bytes: number, received_bytes: number, refused: number}} Counters */
/** @typedef {"waiting" | "filling" | "ready" | "missing"} Phase */

const FULL =
  "This browser gives the site no more room, so it is not kept for offline use. Free some space, then reload.";
const MISSING = {
  insecure:
    "Working offline needs an address with https, or the computer that serves the page: here it goes on with the network only.",
  refused:
    "This window keeps nothing for offline use, as private windows do: everything else works, with the network.",
};

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
  /** What happened to a kept file, until the next visit. */
  note = "";
  /** A new version is complete and waits to be used. */
  update = false;
  #settle = { resolve: () => {}, reject: (/** @type {Error} */ _) => {} };
  /** Everything is on this device; rejects with what is missing. @type {Promise<void>} */
  ready;
  /** @type {ServiceWorkerRegistration | null} */
  #registration = null;

  /**
   * @param {{onChange: () => void, idle: () => Promise<void>, carry: () => void}} options `idle` settles when no run is
   *   under way; `carry` keeps what a visitor made for the page that comes after this one
   */
  constructor({ onChange, idle, carry }) {
    this.onChange = onChange;
    this.idle = idle;
    this.carry = carry;
    this.ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.ready.catch(() => {}); // told in `problem` as well
  }

  /** Keep what there is to keep. Never rejects. */
  async start() {
    if (!globalThis.isSecureContext) return this.#miss(MISSING.insecure);
    if (!serviceWorkers()) return this.#miss(MISSING.refused);
    try {
      await (this.#registering ??= this.#register());
      await this.fill();
    } catch (error) {
      this.#miss(MISSING.refused, error);
    }
  }

  async #register() {
    const { serviceWorker } = navigator;
    const registration = (this.#registration = await registered());
    if (!registration) throw new Error("the server can not be reached");
    serviceWorker.addEventListener("message", ({ data }) => this.#hear(data));
    this.#controller = serviceWorker.controller;
    serviceWorker.addEventListener("controllerchange", () => void this.#replaced());
    registration.addEventListener("updatefound", () => this.#watch(registration.installing));
    this.#watch(registration.waiting ?? (registration.active && registration.installing));
    await serviceWorker.ready;
    if (!serviceWorker.controller) await this.#ask("claim");
    const { off, since } = await this.#ask("state");
    Object.assign(this, { off, since });
    this.onChange();
  }

  /** Whose files this page has; null: the network's. @type {ServiceWorker | null} */
  #controller = null;
  /** @type {Promise<void> | null} */
  #registering = null;

  /** Fetch what is missing. */
  async fill() {
    this.phase = "filling";
    this.onChange();
    const { complete, problem } = await this.#ask("fill", ({ kept_bytes, total_bytes }) => {
      this.keptBytes = kept_bytes;
      this.totalBytes = total_bytes;
      this.onChange();
    });
    if (!complete) {
      const what = `Not everything could be kept for offline use (${problem}). Reload the page to try again.`;
      return this.#miss(problem === "full" ? FULL : what);
    }
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

  /** What went through since the switch. @returns {Promise<Counters & {off: boolean}>} */
  async counters() {
    const { off, counters } = await this.#ask("state");
    return { off, ...counters };
  }

  /** A kept file turned out to be damaged: it is not used again. @param {string} url */
  async forget(url) {
    const { controller } = serviceWorkers() ?? {};
    if (controller) await ask(controller, { do: "forget", url }).catch(() => {}); // then it is fetched from the server
  }

  /** Use the new version, as soon as no run is under way. */
  async useUpdate() {
    const waiting = this.#registration?.waiting;
    if (!waiting) return;
    await this.idle();
    waiting.postMessage({ do: "use" });
  }

  /** @param {string} problem @param {unknown} [error] */
  #miss(problem, error) {
    Object.assign(this, { phase: "missing", problem });
    this.#settle.reject(new Error(error ? `${problem} (${error})` : problem));
    this.onChange();
  }

  /** @param {any} data */
  #hear(data) {
    if (typeof data !== "object") return;
    if ("off" in data) Object.assign(this, { off: data.off, since: Date.now() });
    if (data.damaged)
      this.note = data.mended
        ? `${data.damaged} was damaged on this device and has been fetched again.`
        : `${data.damaged} is damaged on this device. It will be fetched again when the network is there.`;
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
   * @param {(told: any) => void} [onTold]
   * @returns {Promise<any>}
   */
  async #ask(what, onTold = () => {}) {
    if (this.phase === "waiting" && !this.#registration)
      await (this.#registering ??= this.#register());
    const active = this.#registration?.active;
    if (!active) throw new Error(this.problem || "Nothing is kept on this device yet.");
    return ask(active, { do: what }, onTold);
  }
}

/**
 * @param {ServiceWorker} worker
 * @param {{do: string, url?: string}} request
 * @param {(told: any) => void} [onTold]
 * @returns {Promise<any>}
 */
function ask(worker, request, onTold = () => {}) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      if ("done" in data) resolve(data.done);
      else if ("failed" in data) reject(new Error(data.failed));
      else onTold(data);
    };
    worker.postMessage(request, [port2]);
  });
}
