/** Unpacks a pack (web/build/pack.py): its files as they lie in memory, without a copy. */

import { ToldError } from "./told.js";

/** @typedef {{path: string, bytes: Uint8Array<ArrayBuffer>}} Packed */
/** @typedef {{mkdirTree(path: string): void, writeFile(path: string, data: Uint8Array, options: object): void}} FileSystem */

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;

/**
 * The files of a pack.
 *
 * @param {ArrayBuffer} zip uncompressed
 * @param {string} folder
 * @returns {Packed[]}
 */
export function unpack(zip, folder) {
  const view = new DataView(zip);
  const text = new TextDecoder();
  const files = [];
  const end = zip.byteLength - END_BYTES; // the packer writes no comment behind it
  if (end < 0 || view.getUint32(end, true) !== END) throw notPack();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (view.getUint32(at, true) !== ENTRY || view.getUint16(at + 10, true) !== 0) throw notPack();
    const bytes = view.getUint32(at + 24, true);
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const path = `${folder}/${text.decode(new Uint8Array(zip, at + 46, name))}`;
    const header = view.getUint32(at + 42, true);
    const start =
      header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
    files.push({ path, bytes: new Uint8Array(zip, start, bytes) });
    at += 46 + name + extra + comment;
  }
  return files;
}

function notPack() {
  return new ToldError({ code: "runtime-file-no-pack" }, "it is not a pack");
}

/** Put files into Python's file system, which owns them from then on. @param {FileSystem} fs @param {Packed[]} files */
export function place(fs, files) {
  const made = new Set();
  for (const { path, bytes } of files) {
    const parent = path.slice(0, path.lastIndexOf("/"));
    if (!made.has(parent)) fs.mkdirTree(parent);
    made.add(parent);
    fs.writeFile(path, bytes, { canOwn: true });
  }
}
