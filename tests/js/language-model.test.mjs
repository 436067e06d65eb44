/** A language model beside the ladder is shown as one more variant there, with nothing made up of it. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { withLanguageModel } from "../../web/src/compare/language-model.js";
import { loss } from "../../web/src/compare/verdict.js";
import { Side } from "../../web/src/compare/side.js";

const LADDER = {
  default: { here: "small", there: "big" },
  variants: [{ id: "big" }],
};
const MODEL = {
  id: "language-model",
  bytes: 1e9,
  macs: 5,
  accuracy: null,
  recipe: "asked",
};

test("it stands on top, and runs there only", () => {
  const { variants, language_model } = withLanguageModel(LADDER, MODEL);
  assert.deepEqual(
    variants.map(({ id }) => id),
    ["language-model", "big"],
  );
  assert.deepEqual(variants[0].runs, ["there"]);
  assert.equal(variants[0].accuracy, null);
  assert.equal(language_model, MODEL);
});

test("without one, and told again, the ladder stays as it is", () => {
  assert.equal(withLanguageModel(LADDER, null), LADDER);
  assert.equal(withLanguageModel(null, MODEL), null);
  const once = withLanguageModel(LADDER, MODEL);
  assert.equal(withLanguageModel(once, MODEL), once);
});

test("of one that was asked about a part of the test set, only shares are compared", () => {
  const variant = (id, value, n) => ({ id, accuracy: { value, n } });
  assert.equal(
    loss(variant("small", 0.9, 2000), variant("asked", 0.8, 500), "mails"),
    "Of 100 test mails, the model here gets 10.0 fewer wrong than the one there, which was asked about 500.",
  );
  assert.match(loss(variant("small", 0.8, 9), variant("big", 0.9, 9), "mails"), /^Of 9 test mails/);
});

test("a side shows what was recorded where its answer was, or all are", () => {
  const side = new Side("there", async () => ({}), {
    pauseMs: 0,
    onChange() {},
  });
  assert.equal(side.recorded, false);
  side.result = { recorded: true };
  assert.equal(side.recorded, true);
  side.result = null;
  side.alone = true;
  assert.equal(side.recorded, true);
});
