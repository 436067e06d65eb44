/** Every function that a script finds in `window.hundredfold` refuses what is wrong, in words, before anything is done. */

import assert from "node:assert/strict";
import test from "node:test";
import { surface } from "../../web/src/console/console.js";
import { towerSurface } from "../../web/src/exhibits/tower/console.js";

/** What no function takes in any place; strings and numbers are left to WRONG. */
const NEVER = [
  NaN,
  Infinity,
  -1,
  0.5,
  true,
  [],
  [1],
  Symbol("s"),
  10n,
  () => {},
  new Date(0),
  new Map(),
];
const circle = {};
circle.inside = circle;

/** Right arguments of every function, and for each what is wrong in place of it: all that may not be guessed. */
const FUNCTIONS = {
  exhibits: { right: [], wrong: [] },
  device: { right: [], wrong: [] },
  run: {
    right: ["digits", { image: {} }, { where: "here", variant: null, repeats: 2 }],
    wrong: [
      [undefined, null, "", "Digits", "nothing", 3, {}],
      [
        undefined,
        null,
        "text",
        3,
        { at: NaN },
        { at: undefined },
        { deep: [{ at: 10n }] },
        { pixels: new Uint8Array(3) },
        circle,
      ],
      [
        null,
        "there",
        3,
        { place: "here" },
        { where: "HERE" },
        { where: null },
        { variant: "" },
        { variant: 3 },
        { variant: ["a"] },
        { repeats: "5" },
        { repeats: 0 },
        { repeats: NaN },
        { repeats: 1.5 },
        { repeats: 10_001 },
        { repeats: null },
      ],
    ],
  },
  measure: {
    right: ["digits", { image: {} }],
    wrong: [
      [undefined, null, "", "tower", 3],
      [undefined, null, "text", 3],
    ],
  },
  runAll: {
    right: [
      "digits",
      [{ image: {} }],
      { variant: null, signal: new AbortController().signal, onProgress() {} },
    ],
    wrong: [
      [undefined, null, "", "tower", 3],
      [undefined, null, "text", 3, {}, [3], [{ at: NaN }]],
      [
        null,
        "here",
        3,
        { where: "here" },
        { variant: "" },
        { signal: {} },
        { signal: null },
        { onProgress: 3 },
      ],
    ],
  },
  balance: { right: ["digits"], wrong: [[undefined, null, "", "tower", 3]] },
  bill: {
    right: ["tower", { per_month: 1000 }],
    wrong: [
      [undefined, null, "", "Digits", 3, {}],
      [
        undefined,
        null,
        "1000",
        1000,
        {},
        { per_month: "1000" },
        { per_month: -1 },
        { per_month: NaN },
        { per_month: 1e13 },
        { per_month: null },
        { per_month: 1, permonth: 2 },
        { per_month: 1, currency: "GBP" },
        { per_month: 1, country: "fra" },
        { per_month: 1, country: 3 },
        { per_month: 1, price_per_kwh: "0.2" },
        { per_month: 1, price_per_kwh: -0.2 },
        { per_month: 1, price_per_million_tokens: Infinity },
        { per_month: 1, tokens_per_request: [] },
      ],
    ],
  },
  ask: { right: [{ do: "exhibits" }], wrong: [[undefined, null, "exhibits", 3, { at: () => {} }]] },
  memory: { right: [], wrong: [] },
  boundMemory: { right: [8e8], wrong: [[undefined, null, "800", 0]] },
  terminate: { right: [], wrong: [] },
  "energy.choose": {
    right: [{ active_w: 7, idle_w: 5 }],
    wrong: [
      [
        undefined,
        null,
        "laptop",
        7,
        {},
        { active_w: "7" },
        { active_w: 7, idl_w: 5 },
        { active_w: NaN },
        { tdp_w: 15, threads: 2 },
        { profile: "" },
        { profile: "a", threads: 0 },
        { calibration: null },
      ],
    ],
  },
  "energy.calibrate": {
    right: [{ method: "plug", idle_w: 5, load_w: 12 }],
    wrong: [
      [
        undefined,
        null,
        {},
        "plug",
        { method: "plug" },
        { method: "guess", idle_w: 5, load_w: 12 },
        { idle_w: 5, load_w: 12 },
        { method: "plug", idle_w: "5", load_w: 12 },
        { method: "battery", capacity_wh: 50, idle: 3, load: 4 },
        { method: "plug", idle_w: 5, load_w: 12, date: "today" },
      ],
    ],
  },
  "energy.importCalibration": { right: ["{}"], wrong: [[undefined, null, "", 3, {}]] },
  "energy.deleteCalibration": { right: [], wrong: [] },
  "energy.restoreCalibration": { right: [], wrong: [] },
  "energy.chooseCountry": { right: ["FRA"], wrong: [[undefined, null, "fra", "France", 3, {}]] },
  "tower.start": {
    right: [{ seed: 7, blocks: 4 }],
    wrong: [
      [
        null,
        "hanoi",
        7,
        { sed: 7 },
        { seed: "7" },
        { seed: -1 },
        { blocks: 0 },
        { blocks: 7 },
        { task: "chess" },
        { start: "up" },
        { goal: 1 },
      ],
    ],
  },
  "tower.play": { right: [], wrong: [] },
  "tower.pause": { right: [], wrong: [] },
  "tower.step": { right: [], wrong: [] },
  ...Object.fromEntries(
    ["tower.push", "tower.here.push", "tower.there.push"].map((name) => [
      name,
      {
        right: [1, 0.3],
        wrong: [
          [undefined, null, "1", 6, 1.5, {}],
          [undefined, null, "0.3", 0.61, {}],
        ],
      },
    ]),
  ),
  ...Object.fromEntries(
    ["here", "there"].flatMap((where) =>
      ["step", "finished", "resume"].map((verb) => [
        `tower.${where}.${verb}`,
        { right: [], wrong: [] },
      ]),
    ),
  ),
  "offline.off": { right: [], wrong: [] },
  "offline.on": { right: [], wrong: [] },
  "offline.counters": { right: [], wrong: [] },
  "offline.use": { right: [], wrong: [] },
};
/** Settable fields, with what is right and what is wrong. */
const FIELDS = {
  "tower.speed": { right: 8, wrong: ["fast", "8", 0, null, undefined, {}] },
  "tower.smooth": { right: false, wrong: ["no", 0, 1, null, undefined, {}] },
};
/** What they take of NEVER after all. */
const TAKEN = { "tower.speed": [0.5], "tower.smooth": [true] };
const FRACTIONS = ["boundMemory", "tower.push", "tower.here.push", "tower.there.push"];

/** A page whose parts write down what was asked of them. */
function page({ embedded = null, tower = true } = {}) {
  const done = [];
  const does =
    (name, answer) =>
    async (...given) => {
      done.push([name, ...given]);
      return answer;
    };
  const episode = () => ({
    now: { blocks: [] },
    step: does("step"),
    push: does("push"),
    finished: does("finished"),
    resume: does("resume"),
  });
  const match = {
    here: episode(),
    there: episode(),
    scene: { seed: 1 },
    speed: 1,
    smooth: true,
    start: does("start"),
    play: does("play"),
    pause: does("pause"),
    step: does("step"),
    push: does("push", true),
    hold: () => {},
  };
  const parts = {
    here: {
      ready: Promise.resolve(),
      run: does("run"),
      ask: does("ask"),
      exhibits: async () => ({ exhibits: await does("exhibits")() }),
      device: does("device"),
      memory: does("memory"),
      terminate: does("terminate"),
    },
    there: { run: does("run there") },
    energy: {
      problem: null,
      deleted: {},
      countries: [{ code: "FRA" }],
      choose: does("choose"),
      calibrate: does("calibrate"),
      importCalibration: does("importCalibration"),
      deleteCalibration: does("deleteCalibration"),
      restoreCalibration: does("restoreCalibration"),
      chooseCountry: does("chooseCountry"),
    },
    offline: {
      update: true,
      switchOff: does("off"),
      switchOn: does("on"),
      counters: does("counters"),
      useUpdate: does("use"),
    },
    ids: ["digits", "tower"],
    balances: new Map([["digits", { told: null, measure: does("measure") }]]),
    own: {
      tower: towerSurface(
        () => (tower ? match : undefined),
        async () => {},
      ),
    },
    bill: does("bill"),
    runAll: does("runAll"),
    counted: async () => {},
    alone: (act) => act(),
    embedded,
  };
  return { hundredfold: surface(parts), parts, match, done };
}

/** Every function and every field that can be set, by its dotted name. */
function found(value, name = "") {
  return Object.entries(Object.getOwnPropertyDescriptors(value)).flatMap(
    ([key, { value, get, set }]) => {
      const path = name ? `${name}.${key}` : key;
      if (set) return [{ path, field: true }];
      if (get) return [];
      if (typeof value === "function") return [{ path, field: false }];
      return found(value, path);
    },
  );
}

const at = (root, path) => path.split(".").reduce((part, name) => part[name], root);

/** The message of what is thrown or rejected, at once or later; fails when nothing is. */
async function refusal(act, what) {
  try {
    await act();
  } catch (error) {
    assert.equal(error.name, "ArgumentError", `${what}: ${error.stack}`);
    return error.message;
  }
  return assert.fail(`${what} was taken`);
}

/** One sentence that begins with what it is about. */
function assertSentence(message, path) {
  assert.match(message, /^[a-zA-Z.]+( = )?\(.*\.$/s, message);
  assert.ok(message.startsWith(path), message);
  assert.doesNotMatch(
    message,
    /undefined is not|is not a function|Cannot read|\[object|\n/,
    message,
  );
}

test("every function and field is known here", () => {
  const names = found(page().hundredfold);
  const of = (field) => names.filter((each) => each.field === field).map(({ path }) => path);
  assert.deepEqual(of(false).sort(), Object.keys(FUNCTIONS).sort());
  assert.deepEqual(of(true).sort(), Object.keys(FIELDS).sort());
});

for (const [path, { right, wrong }] of Object.entries(FUNCTIONS)) {
  test(`${path} takes what is right`, async () => {
    const { hundredfold, done } = page();
    await at(hundredfold, path)(...right);
    assert.ok(done.length || path === "boundMemory" || path === "balance");
  });

  test(`${path} refuses what is wrong`, async () => {
    const { hundredfold, done } = page();
    const call = at(hundredfold, path);
    const never = NEVER.filter((value) => value !== 0.5 || !FRACTIONS.includes(path));
    for (const [index, values] of wrong.entries())
      for (const value of [...values, ...never]) {
        const given = right.with(index, value);
        const message = await refusal(() => call(...given), `${path} with ${String(value)}`);
        assertSentence(message, path);
      }
    for (const extra of [undefined, null, {}, 3])
      assertSentence(await refusal(() => call(...right, extra), path), path);
    assert.deepEqual(done, [], "nothing was done");
  });
}

for (const [path, { right, wrong }] of Object.entries(FIELDS))
  test(`${path} is set to what is right alone`, async () => {
    const { hundredfold, match } = page();
    const [whole, name] = path.split(".");
    hundredfold[whole][name] = right;
    assert.equal(match[name], right);
    const never = NEVER.filter((value) => !(TAKEN[path] ?? []).includes(value));
    for (const value of [...wrong, ...never]) {
      const message = await refusal(() => {
        hundredfold[whole][name] = value;
      }, path);
      assertSentence(message, path);
    }
    assert.equal(match[name], right);
  });

test("a scripted run here waits for the device to count with, and one there does not", async () => {
  const { parts } = page();
  let settle;
  const waited = new Promise((resolve) => (settle = resolve));
  const told = [];
  const hundredfold = surface({
    ...parts,
    counted: () => waited,
    here: { ...parts.here, run: async () => told.push("here") },
    there: { run: async () => told.push("there") },
  });
  const here = hundredfold.run("digits", {});
  await hundredfold.run("digits", {}, { where: "there" });
  assert.deepEqual(told, ["there"]);
  settle();
  await here;
  assert.deepEqual(told, ["there", "here"]);
});

test("what the core refuses of a device is refused with its field", async () => {
  const { hundredfold, parts } = page();
  parts.energy.problem = { field: "tdp_w", detail: "a TDP is at least 1 W" };
  const message = await refusal(() => hundredfold.energy.choose({ tdp_w: 0.5 }), "choose");
  assert.equal(message, "energy.choose: tdp_w: a TDP is at least 1 W.");
});

test("what is not on an embedded page says where it is", async () => {
  const { hundredfold } = page({ embedded: "digits", tower: false });
  for (const act of [
    () => hundredfold.tower.start(),
    () => hundredfold.tower.here.finished(),
    () => hundredfold.offline.off(),
  ])
    await assert.rejects(act, /open the site itself/);
});

test("a scene that the core refuses is not kept", async () => {
  const { hundredfold, match } = page();
  match.start = async (change) => {
    match.scene = { ...match.scene, ...change };
    Object.assign(match.here, {
      phase: "lost",
      problem: "start and goal must be two different areas",
    });
  };
  await assert.rejects(() => hundredfold.tower.start({ goal: "left" }), /two different areas/);
  assert.deepEqual(match.scene, { seed: 1 });
});
