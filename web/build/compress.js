/** Brotli and gzip copies beside each file that gains from them; kept in a cache by content, as they take a while. */

import { createHash, randomUUID } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const WORTH_IT = /\.(html|js|css|json|svg|txt|wasm|zip)$/;
const SMALLEST_BYTES = 1024;
/** Above this many bytes the best quality takes so long that it is said. */
const LARGE_BYTES = 4 << 20;

/** @type {Record<string, (content: Buffer) => Promise<Buffer>>} */
const ENCODERS = {
  br: (content) =>
    promisify(brotliCompress)(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: content.length > LARGE_BYTES ? 24 : 22,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  gz: (content) => promisify(gzip)(content, { level: 9 }),
};

/**
 * Write `<file>.br` and `<file>.gz` for each file under `folder`, as many at once as Node has threads for.
 *
 * @param {string} folder
 * @param {string} cache
 */
export async function compressAll(folder, cache) {
  const names = await readdir(folder, { recursive: true });
  const worth = names.filter((name) => WORTH_IT.test(name));
  await Promise.all(worth.map((name) => compress(join(folder, name), cache)));
}

/**
 * Compress one file, from the cache if it is there; returns its size in bytes as brotli.
 *
 * @param {string} file
 * @param {string} cache
 */
export async function compress(file, cache) {
  const content = await readFile(file);
  let brotliBytes = content.length;
  if (content.length < SMALLEST_BYTES) return brotliBytes;
  await mkdir(cache, { recursive: true });
  for (const [ending, encode] of Object.entries(ENCODERS)) {
    const kept = join(cache, `${sha256(content)}.11.${ending}`);
    if (!(await exists(kept))) {
      const part = `${kept}.${randomUUID()}.part`; // another file may hold the same
      await writeFile(part, await encode(content));
      await rename(part, kept);
    }
    await copyFile(kept, `${file}.${ending}`);
    if (ending === "br") brotliBytes = (await stat(kept)).size;
  }
  return brotliBytes;
}

/** @param {import("node:crypto").BinaryLike} content */
export function sha256(content) {
  return createHash("sha256").update(content).digest("hex");
}

/** @param {string} path */
function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  );
}
