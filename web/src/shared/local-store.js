/** What a visitor chose, kept in this browser; where it keeps nothing, for as long as the page is open. */

import { named } from "./address.js";

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Store */

export class LocalStore {
  /** What the browser would not keep. @type {Map<string, any>} */
  #unkept = new Map();

  /**
   * @param {string} prefix tells this site's entries from those of others on the same host
   * @param {() => Store} open throws where the browser refuses, as in some private windows
   */
  constructor(prefix, open = () => localStorage) {
    this.prefix = prefix;
    this.open = open;
  }

  /** All that was set outlasts this visit. */
  get kept() {
    return this.#unkept.size === 0;
  }

  /** @param {string} name @returns {any} null: there is nothing, or it is damaged */
  get(name) {
    if (this.#unkept.has(name)) return this.#unkept.get(name);
    try {
      return JSON.parse(this.open().getItem(this.#key(name)) ?? "null");
    } catch {
      return null;
    }
  }

  /**
   * @param {string} name
   * @param {any} value null forgets it
   * @returns {boolean} false: this, or something before it, does not outlast this visit
   */
  set(name, value) {
    try {
      const store = this.open();
      // Gone first: if the new one does not fit, the next visit must not find an old one in its place.
      store.removeItem(this.#key(name));
      if (value !== null && value !== undefined) {
        store.setItem(this.#key(name), JSON.stringify(value));
      }
      this.#unkept.delete(name);
    } catch {
      this.#unkept.set(name, value ?? null);
    }
    return this.kept;
  }

  /** @param {string} name */
  #key(name) {
    return named(`${this.prefix}.${name}`);
  }
}
