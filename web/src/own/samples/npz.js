/** The arrays of a .npz: a zip of .npy files, stored or deflated. Sizes that lie, and bombs, are refused. */

import { readNpy } from "./npy.js";
import { Unusable } from "./unusable.js";

/** What the arrays of one file may hold in all. */
export const MOST_BYTES = 512 * 2 ** 20;
const MOST_ENTRIES = 1000;
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const MOST_COMMENT = 65_535;
/** Sizes of which zip writes this stand elsewhere, as numpy has them for streams: in a record of 64 bits. */
const ELSEWHERE = 0xffffffff;
const SIZES_64 = 1;
const STORED = 0;
const DEFLATED = 8;

/** @typedef {{name: string, method: number, packed: number, size: number, at: number}} Entry */

/**
 * @param {Uint8Array} bytes
 * @param {string} name of the file, for what is said of it
 * @returns {Promise<Record<string, import("./npy.js").Tensor>>} by their keys
 */
export async function readNpz(bytes, name) {
  const entries = list(bytes, name).filter((entry) => entry.name.endsWith(".npy"));
  if (!entries.length) throw new Unusable("own-npz-empty", { name });
  if (entries.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES)
    throw new Unusable("own-samples-large", { name });
  /** @type {Record<string, import("./npy.js").Tensor>} */
  const arrays = Object.create(null);
  for (const entry of entries) {
    const key = entry.name.slice(0, -".npy".length);
    arrays[key] = readNpy(await unpack(bytes, entry, name), `${name}: ${key}`);
  }
  return arrays;
}

/** The central directory. @param {Uint8Array} bytes @param {string} name @returns {Entry[]} */
function list(bytes, name) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const broken = () => new Unusable("own-npz-broken", { name });
  let end = bytes.length - END_BYTES;
  const first = Math.max(0, end - MOST_COMMENT);
  while (end >= first && view.getUint32(end, true) !== END) end -= 1;
  if (end < first || end < 0) throw broken();
  const count = view.getUint16(end + 10, true);
  if (count > MOST_ENTRIES) throw broken();
  let at = view.getUint32(end + 16, true);
  /** @type {Entry[]} */
  const entries = [];
  try {
    for (let index = 0; index < count; index++) {
      if (view.getUint32(at, true) !== ENTRY) throw broken();
      const [letters, extra, comment] = [28, 30, 32].map((place) =>
        view.getUint16(at + place, true),
      );
      const after = at + 46 + letters;
      let [packed, size, place] = [20, 24, 42].map((each) => view.getUint32(at + each, true));
      for (let field = after; field < after + extra; field += 4 + view.getUint16(field + 2, true)) {
        if (view.getUint16(field, true) !== SIZES_64) continue;
        let value = field + 4;
        const next = () => Number(view.getBigUint64((value += 8) - 8, true));
        if (size === ELSEWHERE) size = next();
        if (packed === ELSEWHERE) packed = next();
        if (place === ELSEWHERE) place = next();
      }
      entries.push({
        name: new TextDecoder().decode(bytes.subarray(at + 46, after)),
        method: view.getUint16(at + 10, true),
        packed,
        size,
        at: place,
      });
      at = after + extra + comment;
    }
  } catch (error) {
    throw error instanceof Unusable ? error : broken(); // it ends before it should
  }
  return entries;
}

/** @param {Uint8Array} bytes @param {Entry} entry @param {string} name @returns {Promise<Uint8Array>} */
async function unpack(bytes, { method, packed, size, at }, name) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const broken = () => new Unusable("own-npz-broken", { name });
  if (at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL) throw broken();
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + packed > bytes.length) throw broken();
  const body = bytes.subarray(start, start + packed);
  if (method === STORED) return body;
  if (method !== DEFLATED) throw broken();
  return inflate(body, size).catch(() => {
    throw broken();
  });
}

/** No more than it said it would be, whatever is in it. @param {Uint8Array} body @param {number} size */
async function inflate(body, size) {
  const whole = new Uint8Array(size);
  let at = 0;
  const stream = new Blob([/** @type {any} */ (body)])
    .stream()
    .pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    // It throws where there is more than was said.
    whole.set(part.value, at);
    at += part.value.length;
  }
  if (at < size) throw new RangeError("less than it said");
  return whole;
}
