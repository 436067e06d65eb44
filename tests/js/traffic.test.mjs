/** What reached the network is counted once, whoever tells of it, and since the switch apart. */

import assert from "node:assert/strict";
import test from "node:test";
import { Traffic } from "../../web/src/offline/traffic.js";

const SERVER = "https://host.example/api/";
const at = (ms) => performance.timeOrigin + ms;
const recorded = (name, startTime, transferSize) => ({
  name,
  startTime,
  transferSize,
});
const asked = (ms, sent_bytes, received_bytes) => ({
  at: at(ms),
  requests: 1,
  sent_bytes,
  received_bytes,
});

test("nothing moved, nothing counted", () => {
  const traffic = new Traffic(SERVER);
  assert.deepEqual(traffic.told(false), {
    requests: 0,
    sent_bytes: 0,
    received_bytes: 0,
  });
  assert.ok(!traffic.recorded([recorded("https://host.example/kept.js", 1, 0)]));
  assert.deepEqual(traffic.told(false), {
    requests: 0,
    sent_bytes: 0,
    received_bytes: 0,
  });
});

test("an answer of the server counts once: when it is told of, and when the browser has recorded it", () => {
  const traffic = new Traffic(SERVER);
  traffic.enter("asked", asked(5, 40, 900));
  assert.deepEqual(traffic.told(false), {
    requests: 1,
    sent_bytes: 40,
    received_bytes: 900,
  });
  traffic.recorded([recorded(`${SERVER}v1/run`, 5, 1200)]);
  assert.deepEqual(traffic.told(false), {
    requests: 1,
    sent_bytes: 40,
    received_bytes: 1200,
  });
});

test("what nobody told of is counted too", () => {
  const traffic = new Traffic(SERVER);
  traffic.recorded([
    recorded(`${SERVER}v1/run`, 5, 1200),
    recorded("https://host.example/", 0, 300),
  ]);
  assert.deepEqual(traffic.told(false), {
    requests: 2,
    sent_bytes: 0,
    received_bytes: 1500,
  });
});

test("since the switch counts what was asked for after it", () => {
  const traffic = new Traffic(SERVER);
  traffic.enter("asked", asked(5, 40, 900));
  traffic.switched(at(10));
  traffic.recorded([recorded(`${SERVER}v1/run`, 5, 1200)]);
  assert.deepEqual(traffic.told(true), {
    requests: 0,
    sent_bytes: 0,
    received_bytes: 0,
  });
  traffic.enter("asked", asked(20, 41, 901));
  assert.deepEqual(traffic.told(true), {
    requests: 1,
    sent_bytes: 41,
    received_bytes: 901,
  });
  assert.equal(traffic.told(false).requests, 2);
});
