/** A page is loaded anew when another version took over, and only then. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { Offline } from "../../web/src/offline/offline.js";
import { Traffic } from "../../web/src/offline/traffic.js";

/** A worker that has done all it is asked. */
const worker = () => ({
  state: "activated",
  addEventListener: () => {},
  postMessage({ do: what }, [port]) {
    port.postMessage({
      done: what === "fill" ? { complete: true } : { off: false, since: 0 },
    });
    port.close();
  },
});

/** Opens a page in the hands of a service worker, or none; `change(worker)` gives it to one and tells of it. */
async function opened(t, controller) {
  const active = worker();
  const container = Object.assign(new EventTarget(), {
    controller,
    ready: Promise.resolve(),
    register: async () => Object.assign(new EventTarget(), { active }),
  });
  let reloads = 0;
  const put = (name, value) => {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    t.after(() =>
      before ? Object.defineProperty(globalThis, name, before) : delete globalThis[name],
    );
  };
  put("navigator", { serviceWorker: container });
  put("isSecureContext", true);
  put("location", { reload: () => (reloads += 1) });
  put("fetch", async () => ({ ok: true, json: async () => ({ build: "1" }) }));
  const offline = new Offline({
    onChange() {},
    idle: async () => {},
    carry() {},
    starts: async () => {},
    traffic: new Traffic("/api/"),
  });
  return {
    offline,
    active,
    container,
    reloads: () => reloads,
    async told() {
      container.dispatchEvent(new Event("controllerchange"));
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test("the first service worker came for this page, and another one is a new version", async (t) => {
  const page = await opened(t, null);
  await page.offline.start();
  await page.offline.ready;
  page.container.controller = page.active;
  await page.told();
  assert.equal(page.reloads(), 0);
  page.container.controller = worker();
  await page.told();
  assert.equal(page.reloads(), 1);
});

test("a browser may tell of the first one when it is there already", async (t) => {
  const page = await opened(t, null);
  page.container.ready = Promise.resolve().then(() => {
    page.container.controller = page.active;
  });
  await page.offline.start();
  await page.told();
  assert.equal(page.reloads(), 0, "a page that somebody uses already");
});

test("a page that was opened from what is kept is loaded anew for a new version", async (t) => {
  const page = await opened(t, worker());
  await page.offline.start();
  page.container.controller = page.active;
  await page.told();
  assert.equal(page.reloads(), 1);
});
