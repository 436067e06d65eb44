/** What a visitor chooses while the page still starts is not overwritten by what it would have proposed. */

import assert from "node:assert/strict";
import test from "node:test";
import { Energy } from "../../web/src/energy/energy.js";

const STORE = { get: () => null, set: () => true, kept: true };
const WATTS = { active_w: 7.5, idle_w: null };

for (const early of [true, false])
  test(`a choice ${early ? "before" : "while"} devices are listed stays`, async () => {
    globalThis.navigator ??= { hardwareConcurrency: 2 };
    globalThis.location ??= { hostname: "example.org" };
    const listed = Promise.withResolvers?.() ?? deferred();
    const answers = { devices: () => listed.promise, energy: () => ({}) };
    const energy = new Energy(
      async (request) => answers[request.do](),
      STORE,
      () => {},
    );
    if (early) void energy.choose(WATTS);
    const starting = energy.start({}, 2);
    if (!early) void energy.choose(WATTS);
    listed.resolve({ profiles: [], proposed: { id: "laptop" } });
    await starting;
    assert.deepEqual(energy.choice, WATTS);
  });

function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve) => (parts.resolve = resolve));
  return parts;
}
