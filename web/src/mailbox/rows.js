/** What is kept of each text of a mailbox: a few bytes in typed arrays, and its first letters. */

/**
 * What the core says of some texts; see py_src/hundredfold/verbs/mailbox.py.
 *
 * @typedef {object} Answers
 * @property {string} variant
 * @property {string[]} names both labels, once they are known
 * @property {number} first number of the first row in its file, from 1
 * @property {number[]} labels places in names; -1: there was nothing to read
 * @property {number[]} scores of the second label
 * @property {string[]} heads
 * @property {Record<string, string>} notes codes by the place in here
 * @property {boolean} more
 * @property {boolean} done
 * @property {number} elapsed_ms
 */

/** More texts than these are not taken. */
export const MOST_ROWS = 100_000;
/** What may be odd about a text, as the core has it; the first is nothing. */
export const NOTES = [
  "",
  "empty",
  "long",
  "cut",
  "begun",
  "quote",
  "lacking",
  "beginning",
  "unread",
  "refused",
];

export class Rows {
  count = 0;
  /** Both labels; the scores are of the second. @type {string[]} */
  names = [];
  /** How many texts have each label; the last: none. */
  counts = [0, 0, 0];
  /** @type {string[]} */
  files = [];
  /** @type {string[]} */
  heads = [];
  labels = new Int8Array(1024);
  scores = new Float32Array(1024);
  notes = new Uint8Array(1024);
  #file = new Uint32Array(1024);
  #number = new Uint32Array(1024);

  /** No more of them are taken. */
  get full() {
    return this.count >= MOST_ROWS;
  }

  /** @param {string} file its name @param {Answers} answers */
  add(file, { names, first, labels, scores, heads, notes }) {
    if (names.length) this.names = names;
    if (this.files.at(-1) !== file) this.files.push(file);
    const taken = Math.min(labels.length, MOST_ROWS - this.count);
    this.#reserve(this.count + taken);
    for (let place = 0; place < taken; place++) {
      const at = this.count++;
      const label = labels[place];
      this.labels[at] = label;
      this.scores[at] = scores[place];
      this.notes[at] = Math.max(0, NOTES.indexOf(notes[place] ?? ""));
      this.#file[at] = this.files.length - 1;
      this.#number[at] = first + place;
      this.heads.push(heads[place]);
      this.counts[label < 0 ? 2 : label] += 1;
    }
  }

  /** A row as it is shown and downloaded. @param {number} at */
  row(at) {
    const label = this.labels[at];
    return {
      file: this.files[this.#file[at]],
      number: this.#number[at],
      label: label < 0 ? null : this.names[label],
      score: label < 0 ? null : this.scores[at],
      note: NOTES[this.notes[at]],
      head: this.heads[at],
    };
  }

  /** @param {number} count */
  #reserve(count) {
    const have = this.labels.length;
    if (count <= have) return;
    const size = Math.min(MOST_ROWS, Math.max(count, 2 * have));
    this.labels = grown(this.labels, new Int8Array(size));
    this.scores = grown(this.scores, new Float32Array(size));
    this.notes = grown(this.notes, new Uint8Array(size));
    this.#file = grown(this.#file, new Uint32Array(size));
    this.#number = grown(this.#number, new Uint32Array(size));
  }
}

/** @template {{set(from: any): void}} T @param {T} before @param {T} after @returns {T} */
function grown(before, after) {
  after.set(before);
  return after;
}
