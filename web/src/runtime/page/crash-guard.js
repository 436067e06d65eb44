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
 * @typedef {{threads: "many" | "one" | "none", avoid: string[], why: Message | string}} Lesson what was learned from
 *   crashes; it is kept, so its messages go on being called so
 */

const PREFIX = "hundredfold.attempt.";
const LESSON = named("hundredfold.lesson");
/** @type {Lesson} */
const NOTHING = { threads: "many", avoid: [], why: "" };

export class CrashGuard {
  #note = named(PREFIX + Math.random().toString(36).slice(2));
  /** @type {Lesson} */
  lesson = { ...NOTHING };

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

  /** Read the notes of tabs that are gone. @returns {Promise<Lesson>} */
  async learn() {
    try {
      this.lesson = this.#kept();
      if (!this.locks) return this.lesson;
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
    return this.lesson;
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
    if (this.lesson.threads === "many")
      Object.assign(this.lesson, { threads: "one", why: { code: "runtime-why-starting" } });
  }

  /** A visitor wants it started although it took a tab down each time. */
  tryAgain() {
    if (this.lesson.threads === "none") this.lesson.threads = "one";
  }

  /** Try everything again. */
  forget() {
    this.lesson = { ...NOTHING };
    this.#write(LESSON, null);
  }

  /** A model that took a tab down is tried again after all. @param {string} variant */
  dare(variant) {
    this.lesson.avoid = this.lesson.avoid.filter((each) => each !== variant);
    this.#write(LESSON, this.lesson);
  }

  /** However many tabs went down: one step lower than the lightest of them. @param {Attempt[]} fatal */
  #learnFrom(fatal) {
    if (!fatal.length) return;
    const { lesson } = this;
    for (const { what, variant } of fatal)
      if (what === "model" && variant) lesson.avoid = [...new Set([...lesson.avoid, variant])];
    const starts = fatal.filter(({ what }) => what === "start");
    if (starts.length) {
      lesson.threads = starts.some(({ threads }) => threads === "one") ? "none" : "one";
      lesson.why = { code: "runtime-why-last-time" };
    }
    this.#write(LESSON, lesson);
  }

  /** @returns {Lesson} */
  #kept() {
    const kept = JSON.parse(this.open().getItem(LESSON) ?? "null");
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
