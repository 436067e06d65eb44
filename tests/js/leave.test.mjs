/** What is kept is let go of when the place itself says that it is another's, and by no wall, fault or pause in between. */

import assert from "node:assert/strict";
import test from "node:test";

const SCOPE = "https://host.example/a/";
const OURS = {
  "build.json": [200, '{"build": "0123"}'],
  "": [200, page("Hundredfold")],
};
const GONE = [404, "<h1>Not found</h1>"];
const SOUP = [200, page("Soup")];
const AWAY = [302, ""];
const LOST = null;

function page(name) {
  return `<!doctype html><meta name="application-name" content="${name}" />`;
}

/** What was done of what leaving takes. */
const done = [];
const stores = new Map();
const noted = () => JSON.parse(stores.get(`hundredfold-state@/a/`) ?? "{}");
Object.assign(globalThis, {
  self: {
    site: { build: "0123", files: [] },
    registration: {
      scope: SCOPE,
      unregister: async () => done.push("unregistered"),
    },
    clients: {
      matchAll: async () => [
        {
          navigate: async () => done.push("shown"),
          postMessage() {},
          url: SCOPE,
        },
      ],
    },
  },
  PerformanceObserver: class {
    observe() {}
    takeRecords = () => [];
  },
  caches: {
    keys: async () => ["hundredfold-0123@/a/", "hundredfold-0123@/b/", "somebody's"],
    delete: async (name) => done.push(name),
    open: async (name) => ({
      match: async () => undefined,
      put: async (_, response) => stores.set(name, await response.text()),
    }),
  },
});
const { look } = await import("../../web/src/offline/service-worker/leave.js");

/** The answers of one look, by address; twice for two looks. */
async function looked(t, ...answers) {
  let list = -1;
  globalThis.fetch = async ({ url }) => {
    const name = url.slice(SCOPE.length);
    if (name === "build.json") list += 1;
    const told = answers[Math.min(list, answers.length - 1)][name];
    if (!told) throw new TypeError("Failed to fetch");
    const [status, text] = told;
    return status === 302
      ? Object.defineProperty(Response.error(), "type", {
          value: "opaqueredirect",
        })
      : new Response(text, { status });
  };
  done.length = 0;
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let over = false;
  const end = look().then(() => (over = true));
  while (!over) {
    await new Promise(setImmediate);
    t.mock.timers.tick(1000);
  }
  await end;
  t.mock.timers.reset();
}

const at = (list, home) => ({ "build.json": list, "": home });

for (const [what, ...answers] of [
  ["ours", OURS],
  ["a lost server", at(LOST, LOST)],
  ["one that lost its list and fails", at(GONE, [500, ""])],
  ["one that fails", at([503, ""], [503, ""])],
  ["a server that asks who it is", at([401, ""], [401, ""])],
  ["a site that is being published", at(GONE, OURS[""])],
  ["a moment between two versions", at(GONE, GONE), OURS],
  ["a server that is lost after a moment", at(GONE, GONE), at(LOST, LOST)],
])
  test(`nothing is let go of: ${what}`, async (t) => {
    await looked(t, ...answers);
    assert.deepEqual(done, []);
    assert.ok(!noted().doubt);
  });

for (const [what, answers] of [
  ["one page for every address", at(SOUP, SOUP)],
  ["a login elsewhere", at(AWAY, AWAY)],
  ["a list that is gone, and a page that is elsewhere", at(GONE, AWAY)],
])
  test(`it is doubted, and nothing is let go of: ${what}`, async (t) => {
    await looked(t, answers);
    assert.deepEqual(done, []);
    assert.ok(noted().doubt);
    await looked(t, OURS);
    assert.ok(!noted().doubt, "it is ours after all");
  });

for (const [what, answers] of [
  ["gone", at([410, ""], [404, ""])],
  ["another project", at(GONE, SOUP)],
])
  test(`it is let go of, and nothing else is: ${what}`, async (t) => {
    await looked(t, answers);
    assert.deepEqual(done, ["unregistered", "hundredfold-0123@/a/", "shown"]);
  });
