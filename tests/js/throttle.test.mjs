/** Who asks while work may not be done again yet is served later, once for all. */

import assert from "node:assert/strict";
import test, { mock } from "node:test";
import { throttle } from "../../web/src/shared/throttle.js";
import { turns } from "./clock.mjs";

test("the last one who asks is served too", async (t) => {
  const clock = turns(t);
  const work = mock.fn(async () => {});
  const ask = throttle(work, 3000);
  await ask();
  assert.equal(work.mock.callCount(), 1);
  const late = Promise.all([ask(), ask()]);
  await clock.pass(2900);
  assert.equal(work.mock.callCount(), 1);
  await clock.pass(200);
  await late;
  assert.equal(work.mock.callCount(), 2, "once for both");
  await clock.pass(10_000);
  await ask();
  assert.equal(work.mock.callCount(), 3);
});
