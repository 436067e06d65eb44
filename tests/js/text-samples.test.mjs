/** Ready-made texts: each has a button of its own, can be told from the others, and is what an export records. */

import assert from "node:assert/strict";
import test from "node:test";
import * as mail from "../../web/src/exhibits/mail/samples.js";
import * as reviews from "../../web/src/exhibits/reviews/samples.js";

for (const [id, samples, inputs, count, most] of [
  ["mail", mail.MAILS, mail.inputs(), 14, 1500],
  ["reviews", reviews.SENTENCES, reviews.inputs(), 12, 200],
]) {
  test(`the texts of ${id} have names and contents of their own`, () => {
    assert.equal(samples.length, count);
    assert.equal(new Set(samples.map(({ name }) => name)).size, count);
    assert.equal(new Set(samples.map(({ text }) => text)).size, count);
    for (const { name, text } of samples) {
      assert.ok(name.trim() === name && name.length > 0 && name.length <= 50, name);
      assert.ok(text.length <= most && text.trim() === text, name);
      assert.ok(text.startsWith(name.replace(/ …$/, "")), `${name} is how it begins`);
    }
  });

  test(`an export records every text of ${id}, as it is asked about`, () => {
    assert.deepEqual(
      inputs,
      samples.map(({ text }) => ({ text })),
    );
  });
}

test("a mail has a subject, and addresses in it lead nowhere", () => {
  for (const { name, text } of mail.MAILS) {
    assert.equal(text.split("\n\n")[0], name);
    for (const [, host] of text.matchAll(/https?:\/\/([^/\s]+)/g)) assert.match(host, /\.example$/);
  }
});
