/** Answers many inputs on this device, some at a time, so that others get their turn and it can be ended. */

/** An answer comes after about so long. */
const PIECE_MS = 50;
/** As py_src/hundredfold/verbs/many.py has them. */
const MOST_INPUTS = 2000;
const MOST_BYTES = 8_000_000;
/** What a letter takes at most as UTF-8, for each of those that a string counts. */
const LETTER_BYTES = 3;
const FIRST_INPUTS = 4;

/**
 * @typedef {object} Options
 * @property {(request: object) => Promise<any>} ask one request of the core
 * @property {((done: {answers: number, seconds: number, modelS: number, variant: string}) => any) | null} [energyOf] what all
 *   of them took; `modelS` of the seconds were inside the engine
 * @property {string | null} [variant] null: the default
 * @property {AbortSignal} [signal]
 * @property {(progress: {done: number, of: number, elapsed_ms: number}) => void} [onProgress]
 * @property {() => number} [clock] milliseconds
 */

/**
 * The output of each input, in their order, without words; of one that can not be used `{label: null, problem}`. Rejects
 * with the signal's reason when that ends it.
 *
 * @param {string} exhibit
 * @param {object[]} inputs
 * @param {Options} options
 * @returns {Promise<{outputs: any[], elapsed_ms: number, energy: any}>} milliseconds of all together
 */
export async function runAll(exhibit, inputs, options) {
  const { ask, energyOf = null, variant = null, signal, onProgress } = options;
  const clock = options.clock ?? (() => performance.now());
  /** @type {any[]} */
  const outputs = [];
  const start = clock();
  let size = FIRST_INPUTS;
  let modelS = 0;
  let used = "";
  while (outputs.length < inputs.length) {
    signal?.throwIfAborted();
    const piece = taken(inputs, outputs.length, size);
    const request = { do: "many", exhibit, variant, where: "here", inputs: piece, whole: true };
    const told = await ask(request);
    modelS += told.model_ms / 1000;
    used = told.variant;
    for (const [place, output] of told.outputs.entries())
      outputs.push(output ?? { label: null, problem: told.notes[place] });
    const quicker = PIECE_MS / Math.max(told.elapsed_ms, 1);
    size = Math.max(1, Math.min(MOST_INPUTS, Math.round(piece.length * Math.min(4, quicker))));
    onProgress?.({ done: outputs.length, of: inputs.length, elapsed_ms: clock() - start });
  }
  const elapsed_ms = clock() - start;
  const all = { answers: inputs.length, seconds: elapsed_ms / 1000, modelS, variant: used };
  const energy = energyOf && inputs.length ? await energyOf(all) : null;
  return { outputs, elapsed_ms, energy };
}

/** At most so many of the next inputs, as one request can carry; at least one. @param {object[]} inputs @param {number} from @param {number} most */
function taken(inputs, from, most) {
  let bytes = 0;
  let to = from;
  while (to < inputs.length && to - from < most) {
    bytes += LETTER_BYTES * JSON.stringify(inputs[to]).length;
    if (to > from && bytes > MOST_BYTES) break;
    to += 1;
  }
  return inputs.slice(from, to);
}
