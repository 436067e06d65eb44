/** The service worker of the newest version is registered where the server tells of one. */

import assert from "node:assert/strict";
import test from "node:test";
import { registered } from "../../web/src/shared/registration.js";

/** A browser with a service worker that is there already, and a host that answers so. */
function browser(t, host) {
  const asked = [];
  const here = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  const serviceWorker = {
    register: async (script, options) => ({ script, ...options }),
    getRegistration: async (scope) => (scope.endsWith("/") ? { kept: scope } : undefined),
  };
  Object.defineProperty(globalThis, "navigator", { value: { serviceWorker }, configurable: true });
  t.after(() => {
    delete globalThis.navigator;
    if (here) Object.defineProperty(globalThis, "navigator", here);
  });
  t.mock.method(globalThis, "fetch", async (url, options) => {
    asked.push({ url, ...options });
    return host();
  });
  return { asked, serviceWorker };
}

test("each version is a script of its own, for the whole site", async (t) => {
  const { asked } = browser(t, () => Response.json({ build: "0123abcd" }));
  const { script, scope, updateViaCache } = await registered();
  assert.match(script, /\/sw\.js\?build=0123abcd$/);
  assert.ok(script.startsWith(scope) && scope.endsWith("/"));
  assert.equal(updateViaCache, "all", "the browser need not ask for it again");
  assert.equal(asked.length, 1);
  assert.match(asked[0].url, /\/build\.json$/);
  assert.equal(asked[0].cache, "no-store", "a kept answer would hide a new version");
});

for (const [what, host] of [
  ["no network", () => Promise.reject(new TypeError("no network"))],
  ["a host that has none", () => new Response("", { status: 404 })],
  ["an answer that is none", () => new Response("<html>")],
])
  test(`with ${what} the one that is there goes on`, async (t) => {
    browser(t, host);
    const found = await registered();
    assert.ok(found.kept.endsWith("/"));
  });

test("with no network and none there, there is none", async (t) => {
  const { serviceWorker } = browser(t, () => new Response("", { status: 503 }));
  serviceWorker.getRegistration = async () => undefined;
  assert.equal(await registered(), null);
});
