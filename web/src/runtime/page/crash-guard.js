/**
 * Remembers what was being tried when a tab went down, so that the next one tries something lighter.
 *
 * A tab that runs out of memory has no last words. So before anything heavy it leaves a note, and takes it back when it
 * worked, failed in an orderly way, or was closed. A note whose tab is gone (its lock is free) tells of a crash.
 */

import { named } from "../../shared/address.js";

/** @typedef {{what: "start" | "model", threads?: "one" | "many", variant?: string}} Attempt */
/** @typedef {import("../../shared/messages.js").Message} Message */
/**
 * @typedef {{threads: "many" | "one" | "none", avoid: string[], why: Message | string}} Limits what was learned from
 *   crashes; it is kept, so its messages go on being called so
 */

const PREFIX = "hundredfold.attempt.";
const LIMITS = named("hundredfold.limits");
/** @type {Limits} */
const NOTHING = { threads: "many", avoid: [], why: "" };

export class CrashGuard {
  #note = named(PREFIX + Math.random().toString(36).slice(2));
  /** @type {Limits} */
  limits = { ...NOTHING };

  /**
   * @param {() => Storage} open throws where nothing is kept: then nothing is learned
   * @param {LockManager | undefined} locks
   */
  constructor(open = () => localStorage, locks = navigator.locks) {
    this.open = open;
    this.locks = locks;
    addEventListener("pagehide", () => this.done());
  }

  /** Whether a note is there that may be of a crash: whoever starts something asks learn() first. */
  get suspects() {
    try {
      return this.#notes().length > 0 || this.#kept().threads !== "many";
    } catch {
      return false;
    }
  }

  /** Read the notes of tabs that are gone. @returns {Promise<Limits>} */
  async learn() {
    try {
      this.limits = this.#kept();
      if (!this.locks) return this.limits;
      void this.locks.request(this.#note, () => new Promise(() => {})).catch(() => {}); // held as long as this tab lives
      const { held = [] } = await this.locks.query();
      const alive = new Set(held.map(({ name }) => name));
      /** @type {Attempt[]} */
      const fatal = [];
      for (const key of this.#notes()) {
        if (alive.has(key) || key === this.#note) continue;
        fatal.push(JSON.parse(this.open().getItem(key) ?? "{}"));
        this.open().removeItem(key);
      }
      this.#learnFrom(fatal);
    } catch {
      // nothing is kept here
    }
    return this.limits;
  }

  /** Something heavy begins. @param {Attempt} attempt */
  begin(attempt) {
    this.#write(this.#note, attempt);
  }

  /** It ended, well or not. */
  done() {
    this.#write(this.#note, null);
  }

  /** A start died, and its page lives to tell: the next one on this page is lighter. */
  stepDown() {
    if (this.limits.threads === "many")
      Object.assign(this.limits, { threads: "one", why: { code: "runtime-why-starting" } });
  }

  /** A visitor wants it started although it took a tab down each time. */
  tryAgain() {
    if (this.limits.threads === "none") this.limits.threads = "one";
  }

  /** Try everything again. */
  forget() {
    this.limits = { ...NOTHING };
    this.#write(LIMITS, null);
  }

  /** A model that took a tab down is tried again after all. @param {string} variant */
  allow(variant) {
    this.limits.avoid = this.limits.avoid.filter((each) => each !== variant);
    this.#write(LIMITS, this.limits);
  }

  /** However many tabs went down: one step lower than the lightest of them. @param {Attempt[]} fatal */
  #learnFrom(fatal) {
    if (!fatal.length) return;
    const { limits } = this;
    for (const { what, variant } of fatal)
      if (what === "model" && variant) limits.avoid = [...new Set([...limits.avoid, variant])];
    const starts = fatal.filter(({ what }) => what === "start");
    if (starts.length) {
      limits.threads = starts.some(({ threads }) => threads === "one") ? "none" : "one";
      limits.why = { code: "runtime-why-last-time" };
    }
    this.#write(LIMITS, limits);
  }

  /** @returns {Limits} */
  #kept() {
    const kept = JSON.parse(this.open().getItem(LIMITS) ?? "null");
    return { ...NOTHING, avoid: [], ...kept };
  }

  #notes() {
    const ours = (/** @type {string} */ key) =>
      key.startsWith(PREFIX) && key === named(key.split("@", 1)[0]);
    return Object.keys(this.open()).filter(ours);
  }

  /** @param {string} key @param {object | null} value */
  #write(key, value) {
    try {
      if (value) this.open().setItem(key, JSON.stringify(value));
      else this.open().removeItem(key);
    } catch {
      // nothing is kept here
    }
  }
}
