/** Arrays of numpy's .npy files (versions 1 to 3) as typed arrays. */

import { Unusable } from "./unusable.js";

/**
 * @typedef {object} Tensor
 * @property {any} data a typed array, or strings
 * @property {number[]} dims
 * @property {string} dtype as numpy names it; "str" for text
 *
 * @typedef {{new (buffer: ArrayBuffer): any, BYTES_PER_ELEMENT: number}} Kind
 */

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** A header of more bytes than this is none. */
const MOST_HEADER = 65_536;
const MOST_AXES = 8;
/** By numpy's letter and bytes; a float16 stays in its bits. @type {Record<string, [string, Kind]>} */
const KINDS = {
  f2: ["float16", Uint16Array],
  f4: ["float32", Float32Array],
  f8: ["float64", Float64Array],
  i1: ["int8", Int8Array],
  i2: ["int16", Int16Array],
  i4: ["int32", Int32Array],
  i8: ["int64", BigInt64Array],
  u1: ["uint8", Uint8Array],
  u2: ["uint16", Uint16Array],
  u4: ["uint32", Uint32Array],
  u8: ["uint64", BigUint64Array],
  b1: ["bool", Uint8Array],
};

/**
 * @param {Uint8Array} bytes of the file
 * @param {string} name for what is said of it
 * @returns {Tensor}
 */
export function readNpy(bytes, name) {
  if (!MAGIC.every((byte, at) => bytes[at] === byte)) throw new Unusable("own-npy-none", { name });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const long = bytes[6] > 1;
  const start = long ? 12 : 10;
  if (bytes.length < start) throw new Unusable("own-npy-cut", { name });
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true);
  if (length > MOST_HEADER || start + length > bytes.length)
    throw new Unusable("own-npy-cut", { name });
  const header = new TextDecoder("latin1").decode(bytes.subarray(start, start + length));
  const { order, kind, size, fortran, dims } = readHeader(header, name);
  const count = dims.reduce((product, each) => product * each, 1);
  const body = bytes.subarray(start + length);
  // Sizes that lie are found before anything is made of them.
  if (!Number.isSafeInteger(count) || count * size > body.length)
    throw new Unusable("own-npy-cut", { name });
  const content = body.slice(0, count * size);
  if (kind === "U" || kind === "S") {
    const data = texts(content, count, size, kind, order === ">");
    return { data: fortran ? reordered(data, dims) : data, dims, dtype: "str" };
  }
  const [dtype, Typed] = KINDS[`${kind}${size}`];
  if (order === ">" && size > 1) swap(content, size);
  const data = new Typed(content.buffer);
  return { data: fortran ? reordered(data, dims) : data, dims, dtype };
}

/** @param {string} header a literal of Python @param {string} name */
function readHeader(header, name) {
  const [, order, kind, digits] = /'descr':\s*'([<>|=])?([A-Za-z])(\d+)'/.exec(header) ?? [];
  const [, fortran] = /'fortran_order':\s*(True|False)/.exec(header) ?? [];
  const [, shape] = /'shape':\s*\(([\d,\sL]*)\)/.exec(header) ?? [];
  if (/'descr':\s*'\|?O/.test(header)) throw new Unusable("own-npy-objects", { name });
  const letters = kind === "U" ? 4 : 1;
  const isText = kind === "U" || kind === "S";
  const known = isText || KINDS[`${kind}${digits}`];
  if (!known || !fortran || shape === undefined) throw new Unusable("own-npy-kind", { name });
  const dims = shape.split(",").flatMap((each) => (each.trim() ? [parseInt(each, 10)] : []));
  if (dims.length > MOST_AXES) throw new Unusable("own-npy-kind", { name });
  return { order, kind, size: Number(digits) * letters, fortran: fortran === "True", dims };
}

/** @param {Uint8Array} bytes @param {number} count @param {number} size bytes of each @param {"U" | "S"} kind @param {boolean} big */
function texts(bytes, count, size, kind, big) {
  const view = new DataView(bytes.buffer);
  const step = kind === "U" ? 4 : 1;
  return Array.from({ length: count }, (_, index) => {
    let text = "";
    for (let at = index * size; at < (index + 1) * size; at += step) {
      const code = kind === "U" ? view.getUint32(at, !big) : bytes[at];
      text += code && code <= 0x10ffff ? String.fromCodePoint(code) : "\0";
    }
    return text.replace(/\0+$/, "");
  });
}

/** Turn the bytes of each element round. @param {Uint8Array} bytes @param {number} size */
function swap(bytes, size) {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/**
 * What is stored with its first axis fastest, as everything else here has it: with its last axis fastest.
 *
 * @template {{length: number, [index: number]: any, slice(): any}} Data
 * @param {Data} data
 * @param {number[]} dims
 * @returns {Data}
 */
function reordered(data, dims) {
  const to = data.slice();
  const place = dims.map(() => 0);
  const steps = dims.map((_, axis) => dims.slice(0, axis).reduce((a, b) => a * b, 1));
  for (let at = 0; at < data.length; at++) {
    to[at] = data[place.reduce((sum, each, axis) => sum + each * steps[axis], 0)];
    for (let axis = dims.length - 1; axis >= 0 && ++place[axis] === dims[axis]; axis--)
      place[axis] = 0;
  }
  return to;
}
