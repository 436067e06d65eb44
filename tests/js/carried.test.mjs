/** What was made in several exhibits is kept for each of them alone, and of those that were not opened, as it was. */

import assert from "node:assert/strict";
import test from "node:test";
import { Carried } from "../../web/src/compare/carried.js";

function tab() {
  const kept = new Map();
  return { get: (name) => kept.get(name) ?? null, set: (name, value) => kept.set(name, value) };
}

function view(id, made, mounted = true) {
  const shown = { id, restored: undefined, made: () => made };
  const panel = {
    id,
    made: () => made,
    restore: (_, given) => {
      shown.restored = given;
    },
  };
  return Object.assign(shown, { panel, stage: {}, mounted });
}

test("each exhibit gets back its own, whichever is opened first", () => {
  const store = tab();
  new Carried(store).keep([view("digits", [[1]]), view("mail", "dear")]);
  const after = new Carried(store);
  const mail = view("mail");
  const digits = view("digits");
  after.restore(mail);
  after.restore(digits);
  assert.deepEqual([digits.restored, mail.restored], [[[1]], "dear"]);
});

test("what was restored is not restored again", () => {
  const store = tab();
  new Carried(store).keep([view("digits", [[1]])]);
  new Carried(store).restore(view("digits"));
  const again = view("digits");
  new Carried(store).restore(again);
  assert.equal(again.restored, undefined);
});

test("an exhibit that was not opened keeps what another page carried here", () => {
  const store = tab();
  new Carried(store).keep([view("digits", [[1]]), view("mail", "dear")]);
  const carried = new Carried(store);
  const digits = view("digits", [[2]]);
  carried.restore(digits);
  carried.keep([digits, view("mail", undefined, false)]);
  const mail = view("mail");
  new Carried(store).restore(mail);
  assert.equal(mail.restored, "dear");
});
