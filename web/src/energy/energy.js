/** What energy is counted with: the visitor's device, as proposed, chosen, typed or calibrated, the server, the grid. */

/**
 * @typedef {{profile: string, threads?: number} | {active_w: number, idle_w: number | null} | {tdp_w: number} | {calibration: object}} Choice
 *
 * @typedef {object} LocalStore the part of shared/local-store.js that is used here
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => boolean} set false: it could not be kept
 */

export class Energy {
  /** @type {object[]} */
  profiles = [];
  /** @type {import("./calibration.js").Proposed | null} */
  proposed = null;
  /** @type {{code: string, name: string}[]} */
  countries = [];
  /** @type {Choice | null} */
  choice = null;
  /** @type {any} */
  calibration = null;
  /** The calibration that was deleted last, for an undo. @type {any} */
  deleted = null;
  /** Why a choice was refused. @type {import("./calibration.js").Refusal | null} */
  problem = null;
  /** What was chosen outlasts this visit. */
  kept = true;
  country = "";
  /** @type {"marginal" | "idle-inclusive"} */
  boundary = "marginal";
  /** What GET /api/v1/power told. @type {any} */
  server = null;
  threads = 1;
  /** The server runs on the visitor's own computer. */
  near = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
  #settle = () => {};
  /** There is a device to count with. @type {Promise<void>} */
  ready = new Promise((resolve) => (this.#settle = resolve));

  /**
   * @param {(request: object) => Promise<any>} ask the core
   * @param {LocalStore} kept
   * @param {() => unknown} onChange may take a while; whoever changes something waits for it
   */
  constructor(ask, kept, onChange) {
    this.ask = ask;
    this.store = kept;
    this.onChange = onChange;
  }

  /**
   * Read what was kept, and let the core propose a device where nothing was.
   *
   * @param {Record<string, any>} facts what the browser knows; they go to Python in this browser and nowhere else
   * @param {number} threads that the engine uses
   */
  async start(facts, threads) {
    this.threads = threads;
    Object.assign(this, await this.ask({ do: "devices", facts }));
    this.country = this.store.get("country") ?? "";
    this.calibration = await this.#whole(this.store.get("calibration"));
    const kept = this.calibration ? null : this.store.get("choice");
    await this.#wish; // of a visitor who was quicker
    if (!this.choice) {
      await this.choose(
        this.calibration ? { calibration: this.calibration } : (kept ?? this.#first),
      );
      if (this.problem) await this.choose(this.#first);
    }
    this.#settle();
  }

  /** The latest choice under way. @type {Promise<unknown>} */
  #wish = Promise.resolve();

  /** @param {Choice} choice a bad one is told in `problem` and changes nothing */
  choose(choice) {
    return (this.#wish = this.#choose(choice));
  }

  /** @param {Choice} choice */
  async #choose(choice) {
    if ("profile" in choice) choice = { threads: navigator.hardwareConcurrency, ...choice };
    try {
      // The core refuses what it can not count with; nothing is measured yet, so nothing else can be wrong.
      await this.ask({ do: "energy", device: choice, threads: this.threads });
      this.choice = choice;
      this.problem = null;
      this.#keep("choice", "calibration" in choice ? null : choice);
    } catch (error) {
      this.problem = told(error);
    }
    await this.onChange();
  }

  /** @param {object} readings what the core's `calibrate` takes */
  async calibrate(readings) {
    const date = new Date().toLocaleDateString("sv"); // the local day as 2026-01-31
    try {
      const request = { do: "calibrate", date, threads: this.threads, ...readings };
      const { calibration } = await this.ask(request);
      await this.#use(calibration);
    } catch (error) {
      this.problem = told(error);
      await this.onChange();
    }
  }

  /** @param {string} text of an exported file */
  async importCalibration(text) {
    let calibration = null;
    try {
      calibration = JSON.parse(text);
    } catch {
      // what is not JSON is refused by the core, in the same words as any other wrong file
    }
    await this.calibrate({ method: "import", calibration });
  }

  async deleteCalibration() {
    this.deleted = this.calibration;
    this.calibration = null;
    this.#keep("calibration", null);
    await this.choose(this.#first);
  }

  async restoreCalibration() {
    if (this.deleted) await this.#use(this.deleted);
  }

  /** @param {string} country its code, or "" for the world's average */
  async chooseCountry(country) {
    this.country = country;
    this.#keep("country", country);
    await this.onChange();
  }

  /** @returns {Choice} */
  get #first() {
    return { profile: this.proposed?.id ?? "unknown-laptop" };
  }

  /** @param {any} calibration */
  async #use(calibration) {
    this.calibration = calibration;
    this.deleted = null;
    this.#keep("calibration", calibration);
    await this.choose({ calibration });
  }

  /** A calibration as the core reads it, null when what was kept is damaged. @param {any} calibration */
  async #whole(calibration) {
    if (!calibration) return null;
    const request = { do: "calibrate", method: "import", calibration };
    return (await this.ask(request).catch(() => ({}))).calibration ?? null;
  }

  /** @param {string} name @param {any} value */
  #keep(name, value) {
    this.kept = this.store.set(name, value);
  }
}

/** @param {any} error */
function told({ message, field = "", detail = message, code, values }) {
  return { field, detail, code, values };
}
