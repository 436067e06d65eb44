/** Files out of what was chosen or dropped, those of folders too, each with its path. */

import { Unusable } from "./unusable.js";

/** @typedef {import("./read.js").Found} Found */

const MOST_FILES = 20_000;

/** @param {Iterable<File> | null | undefined} files @returns {Found[]} */
export function chosen(files) {
  return [...(files ?? [])]
    .filter(({ name }) => !name.startsWith("."))
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .sort(byPath);
}

/** To be called at once when it is dropped: afterwards the browser knows nothing of it. @param {DataTransfer | null} transfer @returns {Promise<Found[]>} */
export async function dropped(transfer) {
  const files = [...(transfer?.files ?? [])];
  const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  if (!entries.some(({ isDirectory }) => isDirectory)) return chosen(files);
  /** @type {Found[]} */
  const found = [];
  for (const entry of entries) await walk(entry, found);
  return found.sort(byPath);
}

/** @param {FileSystemEntry} entry @param {Found[]} found */
async function walk(entry, found) {
  if (entry.name.startsWith(".")) return;
  if (found.length >= MOST_FILES) throw new Unusable("own-files-many", { most: MOST_FILES });
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) =>
      /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject),
    );
    found.push({ file, path: entry.fullPath.replace(/^\//, "") });
    return;
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!part.length) return;
    for (const each of part) await walk(each, found);
  }
}

/** @param {Found} one @param {Found} other */
function byPath({ path: one }, { path: other }) {
  return one < other ? -1 : 1;
}
