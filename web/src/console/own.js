/** `hundredfold.own`: a script's own models, inspected, run, shrunk and compared on this device; nothing is sent. */

import * as is from "./arguments.js";

const { ArgumentError, checked, checkedNow, optional, nullable } = is;

/** py_src/hundredfold/compress/requests.py holds these too. */
const METHODS = ["static-int8", "dynamic-int8", "weights-int8", "float16", "auto"];
const MOST_REPEATS = 10_000;
const MOST_NAME = 300;

/** @type {is.Check} */
const bytes = (value, path) => {
  if (!(value instanceof Uint8Array) && !(value instanceof ArrayBuffer))
    throw new ArgumentError(
      `${path} must be the bytes of an .onnx file, as a Uint8Array or an ArrayBuffer, not ${is.shown(value)}`,
    );
};
/** @type {is.Check} */
const numbers = (value, path) => {
  const listed = Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
  if (
    listed &&
    Array.from(/** @type {any} */ (value), Number).every(
      (each) => Number.isInteger(each) && each >= 0,
    )
  )
    return;
  throw new ArgumentError(
    `${path} must be a list of whole numbers from 0, one per sample, not ${is.shown(value)}`,
  );
};
/** @type {is.Check} */
const data = (value, path) => {
  const texts = Array.isArray(value) && value.every((each) => typeof each === "string");
  if (!texts && !(ArrayBuffer.isView(value) && "length" in value))
    throw new ArgumentError(
      `${path} must be a typed array or a list of texts, not ${is.shown(value)}`,
    );
};
const ARRAY = is.fields({
  data,
  dims: is.list(is.whole(0, 2 ** 31 - 1)),
  dtype: optional(is.text("a dtype as numpy calls it")),
});
/** @type {is.Check} */
const inputs = (value, path) => {
  if (value === null || typeof value !== "object" || !Object.keys(value).length)
    throw new ArgumentError(
      `${path} must be an object with {data, dims, dtype} for each input of the model, not ${is.shown(value)}`,
    );
  for (const [name, each] of Object.entries(value)) {
    ARRAY(each, `${path}.${name}`);
    const wanted = each.dims.reduce(
      (/** @type {number} */ product, /** @type {number} */ size) => product * size,
      1,
    );
    if (wanted !== each.data.length)
      throw new ArgumentError(
        `${path}.${name} has ${each.data.length} values, but its dims ${is.shown(each.dims)} want ${wanted}`,
      );
  }
};
const SAMPLES = optional(
  nullable(
    is.fields({
      inputs,
      labels: optional(nullable(numbers)),
      classes: optional(nullable(is.list(is.text("a name")))),
      made_up: optional(is.truth),
    }),
  ),
);
const WATCHED = { onProgress: optional(is.act), signal: optional(is.signal) };
const LABELS = { samples: SAMPLES, labels: optional(nullable(numbers)) };

/**
 * @param {() => Promise<import("../own/client.js").Client>} client
 */
export function ownSurface(client) {
  return {
    /**
     * `open(bytes, {name})` -> the model: `inspection`, `run`, `perf`, `quantize`, `compare`, `report` and `close`. What it needs,
     * some 2 MB, is fetched at the first one.
     */
    open: checked(
      "own.open",
      {
        bytes,
        options: optional(
          is.fields({
            name: optional((value, path) => {
              if (typeof value !== "string" || !value || value.length > MOST_NAME)
                throw new ArgumentError(
                  `${path} must be text of at most ${MOST_NAME} characters, not ${is.shown(value)}`,
                );
            }),
            ...WATCHED,
          }),
        ),
      },
      async (/** @type {Uint8Array | ArrayBuffer} */ given, /** @type {any} */ options = {}) => {
        const own = await (await client()).open(asBytes(given), options);
        return modelSurface(own);
      },
    ),
    /** End the worker as a crash would: the next request starts another. */
    terminate: checkedNow("own.terminate", {}, async () => (await client()).terminate()),
  };
}

/** @param {import("../own/own.js").Own} own */
function modelSurface(own) {
  return {
    get inspection() {
      return own.inspection;
    },
    get name() {
      return own.name;
    },
    /** `run({samples, index, onProgress, signal})`: what it answers to one sample -> {<output>: {data, dims, dtype}}. */
    run: checked(
      "own.run",
      {
        options: optional(
          is.fields({ samples: SAMPLES, index: optional(is.whole(0, 2 ** 31 - 1)), ...WATCHED }),
        ),
      },
      (/** @type {any} */ options = {}) => own.run(options),
    ),
    /** `perf({samples, repeats, warmups, small, onProgress, signal})` -> {model_ms, load_ms, energy, runtime, ...}. */
    perf: checked(
      "own.perf",
      {
        options: optional(
          is.fields({
            samples: SAMPLES,
            repeats: optional(is.whole(1, MOST_REPEATS)),
            warmups: optional(is.whole(0, MOST_REPEATS)),
            small: optional(bytes),
            ...WATCHED,
          }),
        ),
      },
      (/** @type {any} */ options = {}) => own.perf(withBytes(options)),
    ),
    /** `quantize({method, samples, labels, maxDrop, simplify, onProgress, signal})` -> {bytes, method, before, after, ...}. */
    quantize: checked(
      "own.quantize",
      {
        options: optional(
          is.fields({
            method: optional(is.oneOf(...METHODS)),
            ...LABELS,
            maxDrop: optional(is.number(0, 100, "points of accuracy, or of agreement")),
            simplify: optional(is.truth),
            ...WATCHED,
          }),
        ),
      },
      (/** @type {any} */ options = {}) => own.quantize(options),
    ),
    /** `compare({small, samples, labels, layers, onProgress, signal})` -> {accuracy, agreement, deviation, changed, ...}. */
    compare: checked(
      "own.compare",
      {
        options: is.fields({
          small: bytes,
          ...LABELS,
          layers: optional(is.truth),
          ...WATCHED,
        }),
      },
      (/** @type {any} */ options) => own.compare(withBytes(options)),
    ),
    /** All that was found last, with a `schema_version`. */
    report: checked("own.report", {}, () => own.report()),
    close: checkedNow("own.close", {}, () => own.close()),
  };
}

/** @param {any} options */
function withBytes(options) {
  return options.small ? { ...options, small: asBytes(options.small) } : options;
}

/** @param {Uint8Array | ArrayBuffer} given */
function asBytes(given) {
  return given instanceof Uint8Array ? given : new Uint8Array(given);
}
