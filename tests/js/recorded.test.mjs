/** A site without a server answers from its record, and says in words what was not recorded. */

import "./english.mjs";
import assert from "node:assert/strict";
import test from "node:test";
import { recordKey } from "../../web/src/recorded/digest.js";
import { openRecorded } from "../../web/src/recorded/recorded.js";

const RESULT = {
  variant: "big",
  output: { label: 3 },
  timing: { total_ms: 12, network_ms: 4 },
  energy: { joules: 1 },
  bytes_sent: 99,
};
const INPUT = { image: "three" };

function record(change = {}) {
  return {
    made: "2026-01-31",
    machine: { cpu: "a processor", machine: "a machine" },
    power: { meter: "cpu" },
    ladders: { digits: { default: { there: "big" } } },
    refused: {},
    scenes: { tower: [{ seed: 1 }] },
    exhibits: {
      digits: { [recordKey(INPUT, "big")]: RESULT },
      tower: {},
    },
    ...change,
  };
}

/** The other side of a site whose host answers so. */
function opened(t, ...answers) {
  let asked = 0;
  t.mock.method(globalThis, "fetch", async () => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer : Response.json(answer);
  });
  return { there: openRecorded(), asked: () => asked };
}

test("a recorded answer is the server's, as it was then, without a network", async (t) => {
  const { there, asked } = opened(t, record());
  const told = await there.run("digits", { ...INPUT });
  assert.deepEqual(told.output, RESULT.output);
  assert.deepEqual(told.timing, { total_ms: 12, network_ms: null });
  assert.deepEqual([told.bytes_sent, told.recorded], [null, true]);
  assert.equal(told.notice, "Recorded on 31 January 2026, on a processor, a machine.");
  assert.equal(await there.run("digits", INPUT, { variant: "big" }), told, "the same object again");
  assert.equal(asked(), 1, "the record is read once");
});

test("where it was recorded is told as far as it is known", async (t) => {
  const { there } = opened(t, record({ machine: { cpu: null, machine: null } }));
  assert.equal(await there.says(), "Recorded on 31 January 2026, on an unknown machine");
});

test("what was not recorded is refused with what was", async (t) => {
  const { there } = opened(t, record());
  const refused = (exhibit, words) =>
    assert.rejects(there.run(exhibit, { image: "own" }), ({ status, detail }) => {
      assert.equal(status, 404);
      assert.match(detail, words);
      return true;
    });
  await refused("digits", /for the samples only/);
  await refused("tower", /some tasks that nobody disturbs/);
  await assert.rejects(there.run("digits", INPUT, { variant: "other" }), { status: 404 });
});

test("a drawing that goes on is asked again once before it is refused", async (t) => {
  const { there } = opened(t, record());
  const run = (image) => there.run("digits", { image }, { following: true });
  const own = run("own");
  await assert.rejects(own, ({ status, retryAfterS }) => status === 503 && retryAfterS > 0);
  await assert.rejects(run("own"), { status: 404 });
  await assert.rejects(run("another"), { status: 503 });
  await there.run("digits", INPUT, { following: true });
  await assert.rejects(run("another"), { status: 503 }, "it was answered in between");
});

test("a record that can not be read is said, and read anew when asked again", async (t) => {
  const gone = new Response("", { status: 404 });
  const { there } = opened(t, new TypeError("no network"), gone, record());
  await assert.rejects(there.exhibits(), {
    status: 0,
    title: "The recorded answers could not be loaded",
  });
  await assert.rejects(there.exhibits(), { status: 404, detail: "The host answered 404." });
  assert.deepEqual(Object.keys((await there.exhibits()).exhibits), ["digits"]);
});

test("episodes are those that were recorded", async (t) => {
  const { there } = opened(t, record());
  assert.deepEqual(await there.scenes("tower"), [{ seed: 1 }]);
  assert.deepEqual(await there.scenes("digits"), []);
  assert.deepEqual(await there.power(), { meter: "cpu" });
});

test("a variant that does not run there, and repeats, are refused and not overlooked", async (t) => {
  const variants = [
    { id: "big", runs: ["here", "there"] },
    { id: "small", runs: ["here"] },
  ];
  const ladders = { digits: { default: { there: "big" }, variants } };
  const { there } = opened(t, record({ ladders }));
  for (const variant of ["small", "huge"])
    await assert.rejects(there.run("digits", INPUT, { variant }), {
      status: 422,
      field: "variant",
      detail: `digits has no variant "${variant}" that runs there: choose one of big.`,
    });
  await assert.rejects(there.run("digits", INPUT, { repeats: 50 }), {
    status: 422,
    field: "repeats",
  });
  assert.equal((await there.run("digits", INPUT, { variant: "big", repeats: 1 })).recorded, true);
});
