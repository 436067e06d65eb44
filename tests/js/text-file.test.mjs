/** Files of text are read in whatever way they were written down; what is none is refused with a sentence. */

import assert from "node:assert/strict";
import test from "node:test";
import { lettersOf, MOST_BYTES, openFile } from "../../web/src/text/file.js";
import { has } from "../../web/src/shared/messages.js";
import "./english.mjs";
import { holds } from "./random.mjs";

const utf8 = (text) => new TextEncoder().encode(text);
const utf16 = (text, mark, littleEndian) => {
  const bytes = new DataView(new ArrayBuffer(2 * text.length + 2));
  [mark, ...Array.from(text, (letter) => letter.charCodeAt(0))].forEach((unit, at) =>
    bytes.setUint16(2 * at, unit, littleEndian),
  );
  return new Uint8Array(bytes.buffer);
};

test("UTF-8 with and without a mark, and UTF-16 of both orders, are the same text", () => {
  const text = "Grüße, 漢字\n";
  for (const bytes of [
    utf8(text),
    utf8(`\ufeff${text}`),
    utf16(text, 0xfeff, true),
    utf16(text, 0xfeff, false),
  ])
    assert.deepEqual(lettersOf(bytes, false), { text });
});

test("other bytes of a mail are kept as they are; in a file of text they are Windows' letters", () => {
  const bytes = Uint8Array.from([0x68, 0xe9, 0x21, 0x93, 0x80]);
  assert.deepEqual(lettersOf(bytes, true), { text: "h\xe9!\x93\x80" });
  assert.deepEqual(lettersOf(bytes, false), { text: "hé!“€" });
});

test("every byte of a mail that is not UTF-8 can be had back", () =>
  holds(40, (random) => {
    const bytes = Uint8Array.from([
      0xff,
      ...random.list(1, 20_000, () => random.whole(32, 126)),
      0xe9,
    ]);
    const { text } = lettersOf(bytes, true);
    assert.deepEqual(
      Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
      bytes,
    );
  }));

test("a picture and an archive are no text, and neither is UTF-16 without its mark", () => {
  holds(20, (random) => {
    const bytes = Uint8Array.from(random.list(500, 2000, () => random.whole(0, 255)));
    bytes[0] = 0x89;
    assert.deepEqual(lettersOf(bytes, false), { problem: "text-file-binary" });
  });
  const unmarked = utf16("a letter", 0xfeff, true).slice(2);
  assert.deepEqual(lettersOf(unmarked, false), { problem: "text-file-binary" });
});

test("a few control characters, and Japanese mails, are text all the same", () => {
  const text = `\u001b$B$3$s\u001b(B ${"a".repeat(200)}\u0001\f\v\t\r\n`;
  assert.deepEqual(lettersOf(utf8(text), true), { text });
});

test("each refusal is a sentence of the catalogue", async () => {
  const refused = [
    [new File([new Uint8Array(MOST_BYTES + 1)], "a.txt"), "text-file-large"],
    [new File([new Uint8Array(9)], "a.txt"), "text-file-binary"],
    [new File([" \n"], "a.txt"), "text-file-empty"],
    [new File([], "a.eml"), "text-file-empty"],
    [
      { size: 1, name: "folder", arrayBuffer: () => Promise.reject(new Error("gone")) },
      "text-file-unread",
    ],
  ];
  for (const [file, problem] of refused) {
    assert.deepEqual(await openFile(file), { problem });
    assert.ok(has(problem), problem);
  }
});

test("a mail is told by its name", async () => {
  const bytes = Uint8Array.from([0x61, 0x93]);
  assert.deepEqual(await openFile(new File([bytes], "A.EML")), { text: "a\x93" });
  assert.deepEqual(await openFile(new File([bytes], "a.txt")), { text: "a“" });
  assert.equal(
    (await openFile(new File(["a".repeat(MOST_BYTES)], "a.txt"))).text.length,
    MOST_BYTES,
  );
});
