/** Samples on their way to Python, and outputs on their way back: numbers as files of bytes, texts as they are. */

import { VIEWS } from "../shared/element-types.js";

/** @typedef {import("./own-model.js").OwnSamples} OwnSamples */

/** What numpy calls the numbers of a typed array. */
const DTYPES = /** @type {Record<string, string>} */ ({
  Int8Array: "int8",
  Uint8Array: "uint8",
  Uint8ClampedArray: "uint8",
  Int16Array: "int16",
  Uint16Array: "uint16",
  Int32Array: "int32",
  Uint32Array: "uint32",
  BigInt64Array: "int64",
  BigUint64Array: "uint64",
  Float16Array: "float16",
  Float32Array: "float32",
  Float64Array: "float64",
});
/** Other names for what has the same bits. */
const ALSO = /** @type {Record<string, string[]>} */ ({
  uint8: ["bool"],
  uint16: ["float16"],
});

/**
 * What compress/requests.py takes, and the files that go with it; throws a TypeError, whose message says what to give.
 *
 * @param {OwnSamples | null} samples
 * @param {ArrayLike<number> | null} labels where the samples have none
 * @returns {{told: object | null, files: Record<string, Uint8Array>}}
 */
export function packed(samples, labels) {
  if (!samples) return { told: null, files: {} };
  /** @type {Record<string, Uint8Array>} */
  const files = {};
  const inputs = Object.entries(samples.inputs).map(([name, { data, dims, dtype }], index) => {
    if (Array.isArray(data)) return [name, { dims, texts: data }];
    const file = `samples/${index}`;
    files[file] = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return [name, { dims, file, dtype: dtypeOf(name, data, dtype) }];
  });
  const numbers = samples.labels ?? labels;
  const told = {
    inputs: Object.fromEntries(inputs),
    labels: numbers ? Array.from(numbers, Number) : null,
    classes: samples.classes ?? null,
    made_up: samples.made_up === true,
  };
  return { told, files };
}

/**
 * @param {string} name
 * @param {ArrayBufferView} data
 * @param {string | undefined} dtype
 */
function dtypeOf(name, data, dtype) {
  const kind = data.constructor.name;
  const its = DTYPES[kind];
  if (!its)
    throw new TypeError(
      `samples.inputs.${name}.data must be a typed array or a list of texts, not ${kind}.`,
    );
  if (dtype === undefined || dtype === its || ALSO[its]?.includes(dtype)) return dtype ?? its;
  throw new TypeError(
    `samples.inputs.${name}.dtype is ${dtype}, but a ${kind} holds ${its}: give the array that fits, or leave dtype out.`,
  );
}

/**
 * Outputs as a script reads them.
 *
 * @param {Record<string, {dtype: string, dims: number[], file?: string, texts?: string[]}>} outputs
 * @param {Record<string, Uint8Array>} files
 * @returns {Record<string, import("./own-model.js").OutputArray>}
 */
export function unpacked(outputs, files) {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { dtype, dims, file, texts }]) => {
      const bytes = files[file ?? ""];
      return [name, { data: texts ?? new VIEWS[dtype](bytes.slice().buffer), dims, dtype }];
    }),
  );
}
