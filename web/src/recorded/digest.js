/**
 * A name for an input, by which an answer that was recorded for it is found; publish/record.py makes the same.
 *
 * SHA-256 is written out, since browsers offer theirs on https and the computer that serves the page only, and a copy of
 * this site may be served in a classroom without.
 */

/**
 * JSON with sorted keys and every number as the 16 hex digits of its float64: Python and JavaScript write numbers
 * differently.
 *
 * @param {any} value as JSON.parse returns it
 * @returns {string}
 */
export function canonical(value) {
  if (typeof value === "number") return float64(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

/** @param {object} input @param {string} variant its id */
export function recordKey(input, variant) {
  return `${sha256(new TextEncoder().encode(canonical(input)))}|${variant}`;
}

/** @param {number} value */
function float64(value) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value + 0); // -0 is 0
  return hex(view.getUint32(0)) + hex(view.getUint32(4));
}

/** The first 32 bits of what follows the point of roots of primes: FIPS 180-4 makes its constants so. */
const PRIMES = firstPrimes(64);
const START = PRIMES.slice(0, 8).map((prime) => fraction(prime, 2));
const ROUND = PRIMES.map((prime) => fraction(prime, 3));

/**
 * SHA-256 (FIPS 180-4) in hex.
 *
 * @param {Uint8Array} bytes
 */
export function sha256(bytes) {
  const blocks = (bytes.length + 72) >> 6;
  const padded = new DataView(new ArrayBuffer(blocks << 6));
  new Uint8Array(padded.buffer).set(bytes);
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32((blocks << 6) - 8, Math.floor(bytes.length / 2 ** 29));
  padded.setUint32((blocks << 6) - 4, bytes.length << 3);
  const state = Int32Array.from(START);
  for (let block = 0; block < blocks; block++) mix(state, padded, block << 6);
  return [...state].map(hex).join("");
}

/** Take 64 bytes into the state. @param {Int32Array} state @param {DataView} bytes @param {number} offset */
function mix(state, bytes, offset) {
  const words = new Int32Array(64);
  for (let i = 0; i < 16; i++) words[i] = bytes.getInt32(offset + 4 * i);
  for (let i = 16; i < 64; i++) {
    const [old, late] = [words[i - 15], words[i - 2]];
    const one = turn(old, 7) ^ turn(old, 18) ^ (old >>> 3);
    const two = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    words[i] = words[i - 16] + one + words[i - 7] + two;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const six = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (h + six + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] += word;
}

/** @param {number} word @param {number} bits to the right */
function turn(word, bits) {
  return (word >>> bits) | (word << (32 - bits));
}

/** @param {number} word */
function hex(word) {
  return (word >>> 0).toString(16).padStart(8, "0");
}

/** @param {number} count */
function firstPrimes(count) {
  /** @type {number[]} */
  const primes = [];
  for (let n = 2; primes.length < count; n++)
    if (primes.every((prime) => n % prime)) primes.push(n);
  return primes;
}

/**
 * floor(2^32 times the root's fraction), in whole numbers, so that no engine rounds it otherwise.
 *
 * @param {number} prime
 * @param {2 | 3} power square or cube root
 */
function fraction(prime, power) {
  const wanted = BigInt(prime) << BigInt(32 * power);
  let root = 0n;
  for (let bit = 1n << 40n; bit; bit >>= 1n)
    if ((root + bit) ** BigInt(power) <= wanted) root += bit;
  return Number(root & 0xffffffffn);
}
