/** Brotli and gzip copies beside each file that gains from them; kept in a cache by content, as they take a while. */

import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const WORTH_IT = /\.(html|js|mjs|css|json|svg|txt|webmanifest|wasm|zip)$/;
const SMALLEST_BYTES = 1024;
/** Above this many bytes brotli's best quality takes minutes and gains a few per cent. */
const LARGE_BYTES = 1 << 20;

/** @type {Record<string, (content: Buffer) => Buffer>} */
const ENCODERS = {
  br: (content) =>
    brotliCompressSync(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: content.length > LARGE_BYTES ? 9 : 11,
        [constants.BROTLI_PARAM_LGWIN]: 22,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  gz: (content) => gzipSync(content, { level: 9 }),
};

/**
 * Write `<file>.br` and `<file>.gz` for each file under `folder`.
 *
 * @param {string} folder
 * @param {string} cache
 */
export function compressAll(folder, cache) {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (WORTH_IT.test(name)) compress(join(folder, name), cache);
  }
}

/**
 * Compress one file, from the cache if it is there; returns its size in bytes as brotli.
 *
 * @param {string} file
 * @param {string} cache
 */
export function compress(file, cache) {
  const content = readFileSync(file);
  let brotliBytes = content.length;
  if (content.length < SMALLEST_BYTES) return brotliBytes;
  mkdirSync(cache, { recursive: true });
  for (const [ending, encode] of Object.entries(ENCODERS)) {
    const kept = join(cache, `${sha256(content)}.${ending}`);
    if (!existsSync(kept)) {
      writeFileSync(`${kept}.part`, encode(content));
      renameSync(`${kept}.part`, kept);
    }
    copyFileSync(kept, `${file}.${ending}`);
    if (ending === "br") brotliBytes = readFileSync(kept).length;
  }
  return brotliBytes;
}

/** @param {Buffer} content */
export function sha256(content) {
  return createHash("sha256").update(content).digest("hex");
}
