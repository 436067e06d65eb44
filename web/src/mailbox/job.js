/** One mailbox on its way through the core: read in pieces, answered, and kept as rows; it can be paused and ended. */

import { Rows } from "./rows.js";

/**
 * @typedef {(request: object) => Promise<any>} Ask one request of the core; rejects with what went wrong
 * @typedef {Pick<File, "name" | "size" | "stream" | "slice">} Source
 * @typedef {{column: number, header: boolean}} Column of a table; from 1
 * @typedef {{form: string, header: boolean, columns: {name: string, example: string}[], column: number}} Look
 * @typedef {"ready" | "running" | "paused" | "done" | "ended" | "failed"} State
 */

export const MOST_BYTES = 500e6;
/** Enough that asking costs little, and little enough that it is no burden. */
const PIECE_BYTES = 1 << 18;
const LOOK_BYTES = 1 << 16;
/** Letters that one call can be given. */
const CALL_LETTERS = 8192;
/** What is wrong with the file alone. */
const OF_A_FILE = 422;

let boxes = 0;

/** Bytes as text, each a letter, as requests carry them. @param {Uint8Array} bytes */
export function asText(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += CALL_LETTERS)
    text += String.fromCharCode(...bytes.subarray(at, at + CALL_LETTERS));
  return text;
}

/**
 * What a file is, and what columns it has if it is a table.
 *
 * @param {Ask} ask
 * @param {Source} file
 * @param {boolean | null} [header]
 * @returns {Promise<Look>}
 */
export async function look(ask, file, header = null) {
  const first = new Uint8Array(await file.slice(0, LOOK_BYTES).arrayBuffer());
  return ask({ do: "mailbox", act: "look", name: file.name, piece: asText(first), header });
}

export class Job {
  /** @type {State} */
  state = "ready";
  rows = new Rows();
  doneBytes = 0;
  /** What was wrong with single files; the others went on. @type {{file: string, problem: any}[]} */
  problems = [];
  /** What ended it before its time. @type {any} */
  problem = null;
  /** The model that answered. */
  variant = "";
  /** @type {number | null} */
  #since = null;
  #spentMs = 0;
  #stopped = false;
  #goOn = () => {};
  /** @type {Promise<void> | null} */
  #pause = null;

  /**
   * @param {object} parts
   * @param {Ask} parts.ask
   * @param {string} parts.exhibit
   * @param {string | null} parts.variant null: the default
   * @param {Source[]} parts.files
   * @param {Map<Source, Column>} [parts.columns] of the tables among them
   * @param {() => void} [parts.onChange] hears of every answer
   * @param {() => number} [parts.clock] milliseconds
   */
  constructor({ ask, exhibit, variant, files, columns = new Map(), onChange, clock }) {
    this.ask = ask;
    this.named = { do: "mailbox", exhibit, variant, box: `mailbox ${++boxes}` };
    this.files = files;
    this.columns = columns;
    this.onChange = onChange ?? (() => {});
    this.clock = clock ?? (() => performance.now());
    this.totalBytes = files.reduce((sum, { size }) => sum + size, 0);
  }

  /** Seconds that it ran, without its pauses. */
  get seconds() {
    const running = this.#since === null ? 0 : this.clock() - this.#since;
    return (this.#spentMs + running) / 1000;
  }

  /** Texts a second. */
  get rate() {
    return this.seconds > 0 ? this.rows.count / this.seconds : 0;
  }

  /** Seconds that are left, by the bytes; null: nobody can tell yet. */
  get secondsLeft() {
    const { doneBytes, totalBytes } = this;
    return doneBytes ? (this.seconds * Math.max(0, totalBytes - doneBytes)) / doneBytes : null;
  }

  /** Settles when it is over, however it ended; never rejects. */
  async run() {
    this.#go("running");
    try {
      for (const file of this.files) {
        if (this.#over) break;
        await this.#read(file);
      }
      this.#rest(this.#stopped ? "ended" : "done");
    } catch (problem) {
      this.problem = problem;
      this.#rest("failed");
    }
  }

  pause() {
    if (this.state !== "running" || this.#stopped) return;
    this.#pause = new Promise((resolve) => (this.#goOn = resolve));
    this.#rest("paused");
  }

  resume() {
    if (this.state !== "paused") return;
    this.#pause = null;
    this.#go("running");
    this.#goOn();
  }

  /** End it; what was answered stays. */
  cancel() {
    this.#stopped = true;
    this.resume();
  }

  get #over() {
    return this.#stopped || this.rows.full;
  }

  /** @param {State} state */
  #go(state) {
    this.#since = this.clock();
    this.state = state;
    this.onChange();
  }

  /** @param {State} state */
  #rest(state) {
    if (this.#since !== null) this.#spentMs += this.clock() - this.#since;
    this.#since = null;
    this.state = state;
    this.onChange();
  }

  /** @param {Source} file */
  async #read(file) {
    const begun = this.doneBytes;
    try {
      let request = /** @type {object} */ ({
        act: "open",
        name: file.name,
        ...this.columns.get(file),
      });
      for await (const { bytes, last } of pieces(file)) {
        if (this.#over) break;
        await this.#answer(file, { ...request, piece: asText(bytes), last });
        this.doneBytes += bytes.length;
        request = { act: "feed" };
      }
      if (this.#over) await this.ask({ ...this.named, act: "close" });
    } catch (problem) {
      if (/** @type {{status?: number}} */ (problem).status !== OF_A_FILE) throw problem;
      this.problems.push({ file: file.name, problem });
      this.doneBytes = begun + file.size;
      this.onChange();
    }
  }

  /** All rows of one piece. @param {Source} file @param {object} request */
  async #answer(file, request) {
    for (let next = request; ; next = { act: "feed" }) {
      await this.#pause;
      if (this.#over) return;
      /** @type {import("./rows.js").Answers} */
      const answers = await this.ask({ ...this.named, ...next });
      this.variant = answers.variant;
      this.rows.add(file.name, answers);
      this.onChange();
      if (!answers.more) return;
    }
  }
}

/**
 * A file in pieces, of which the last is known to be.
 *
 * @param {Source} file
 * @returns {AsyncGenerator<{bytes: Uint8Array, last: boolean}, void>}
 */
async function* pieces(file) {
  const reader = file.stream().getReader();
  try {
    let held = new Uint8Array();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      for (let at = 0; at < part.value.length; at += PIECE_BYTES) {
        if (held.length) yield { bytes: held, last: false };
        held = part.value.subarray(at, at + PIECE_BYTES);
      }
    }
    yield { bytes: held, last: true };
  } finally {
    await reader.cancel().catch(() => {}); // it was read to its end, or can not be read
  }
}
