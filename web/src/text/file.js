/** A file of text as letters, in whatever way they were written down, or which message says why it has none. */

/** @typedef {{text: string} | {problem: string}} Opened `problem` is the code of a message */

/** A larger one is not read at all. */
export const MOST_BYTES = 2_000_000;
/** A text has at most this share of control characters; pictures, archives and programs have ten times as many. */
const MOST_CONTROLS = 0.01;
/** Tab, line feed, vertical tab, form feed, carriage return, and what starts a change of letters in Japanese mails. */
const WRITTEN = new Set([9, 10, 11, 12, 13, 27]);
/** What a file of text may begin with, and what it is then written in. @type {[number[], string][]} */
const MARKS = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/** What Windows-1252 has where Latin-1 has control characters nobody writes, from 0x80 on. */
const WINDOWS = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** @param {File} file @returns {Promise<Opened>} */
export async function openFile(file) {
  if (file.size > MOST_BYTES) return { problem: "text-file-large" };
  try {
    return lettersOf(new Uint8Array(await file.arrayBuffer()), /\.eml$/i.test(file.name));
  } catch {
    return { problem: "text-file-unread" }; // a folder, or it was moved, or may not be read
  }
}

/**
 * Bytes as text: what their beginning says, else UTF-8 where they are that, else one letter a byte.
 *
 * @param {Uint8Array} bytes
 * @param {boolean} isMail a mail says in its headers what its bytes mean: each is kept as the letter of that number
 * @returns {Opened}
 */
export function lettersOf(bytes, isMail) {
  const [, marked] = MARKS.find(([mark]) => mark.every((byte, at) => bytes[at] === byte)) ?? [];
  if (!marked && isBinary(bytes)) return { problem: "text-file-binary" };
  const text = marked
    ? new TextDecoder(marked).decode(bytes)
    : (utf8(bytes) ?? single(bytes, isMail));
  return text.trim() ? { text } : { problem: "text-file-empty" };
}

/** @param {Uint8Array} bytes */
function isBinary(bytes) {
  let controls = 0;
  for (const byte of bytes) if ((byte < 32 && !WRITTEN.has(byte)) || byte === 127) controls += 1;
  return controls > MOST_CONTROLS * bytes.length;
}

/** null: they are something else. @param {Uint8Array} bytes */
function utf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {boolean} exact Latin-1, each byte the letter of its number, for which no browser has a decoder; else Windows-1252
 */
function single(bytes, exact) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  if (exact) return text;
  return text.replaceAll(/[\x80-\x9f]/g, (letter) => WINDOWS[letter.charCodeAt(0) - 0x80]);
}
