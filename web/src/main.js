/** The only file that knows everyone: opens both sides and shows every exhibit. */

import { EXHIBITS } from "./exhibits/index.js";
import { PanelState, work } from "./energy/panel-state.js";
import { openBattery } from "./energy/battery.js";
import { deviceFacts } from "./energy/device-facts.js";
import { address } from "./shared/address.js";
import { speakChosen } from "./shared/language.js";
import { throttle } from "./shared/throttle.js";
import { crashGuard, stillStarting } from "./runtime/page/early.js";
import { Energy } from "./energy/energy.js";
import { openHere } from "./runtime/page/here.js";
import { offersToInstall } from "./offline/install.js";
import { LocalStore } from "./shared/local-store.js";
import { say } from "./shared/messages.js";
import { Offline } from "./offline/offline.js";
import { isRecorded, openRecorded } from "./recorded/recorded.js";
import { Carried } from "./compare/carried.js";
import { withLanguageModel } from "./compare/language-model.js";
import { idle, measureTimes } from "./compare/measure-times.js";
import { oneAtATime } from "./compare/one-at-a-time.js";
import { openTabs } from "./compare/tabs.js";
import { Side } from "./compare/side.js";
import { ofMany } from "./energy/of-many.js";
import { answerPanel, answerPower } from "./energy/visitor-asks.js";
import { openThere } from "./runtime/page/there.js";
import { Traffic } from "./offline/traffic.js";
import { ExhibitView } from "./compare/exhibit-view.js";
import { StatusBar } from "./offline/status-bar.js";
import { surface } from "./console/console.js";
import { ownSurface } from "./console/own.js";
import { mountOwn } from "./own/room/mount.js";

/** @typedef {import("./shared/result.js").Result} Result */

// Only then does this program wait: whoever embeds it finds window.hundredfold when the page has loaded.
const before = [speakChosen(), stillStarting()].filter((each) => each !== null);
if (before.length) await Promise.all(before);

/** The server hears of a drawing at most this often. */
const THERE_PAUSE_MS = 150;
/** The server is asked how it is metered at most this often. */
const POWER_PAUSE_MS = 3000;
/** Here it can follow every frame. */
const HERE_PAUSE_MS = 15;

/** What is shown of each exhibit. @type {Map<string, import("./compare/exhibit-element.js").ExhibitElement>} */
const tabs = new Map();
/** @type {Side[]} */
const heres = [];
/** @type {Side[]} */
const theres = [];
/** Of each exhibit that is asked. @type {ExhibitView[]} */
const views = [];
/** @type {Map<string, PanelState>} */
const balances = new Map();
const ids = EXHIBITS.map(({ id }) => id);
/** @type {import("./energy/battery.js").Battery | null} */
let battery = null;
/** Some work for this device, the same wherever its power is measured: also where its exhibit is not shown. */
const LOAD = () => {
  const asked = EXHIBITS.find((panel) => !panel.view);
  if (!asked?.example) throw new Error(say("page-no-model"));
  return work((request) => here.ask(request), asked.id, asked.example());
};

/** Who asks does so at every answer, and without it the defaults count. */
const describePower = throttle(async () => {
  energy.server = await there.power().catch(() => energy.server);
  for (const balance of balances.values()) balance.refresh();
}, POWER_PAUSE_MS);

const traffic = new Traffic(address("api/"));
const here = openHere({
  onStatus(status) {
    for (const side of heres) side.report(status);
    if (status.phase === "ready") void describeDevice();
    if (status.phase === "ready") void counted();
  },
  forget: (url) => offline.forget(url),
  onMoved: (moved) => traffic.enter("else", moved),
});
/** Where this copy of the site has no server: what one answered. */
const recorded = isRecorded() ? openRecorded() : null;
const there =
  recorded ??
  openThere({
    onState({ online, text }) {
      for (const side of theres) side.report({ phase: online ? "ready" : "lost", text });
      for (const view of played.values()) view.online = online;
      if (online) void describeExhibits(there.exhibits());
      if (online) void describePower();
    },
    onMoved: (moved) => traffic.enter("asked", moved),
  });
const energy = new Energy(
  (request) => here.ask(request),
  new LocalStore("hundredfold"),
  async () => {
    here.counted = energy.choice;
    await Promise.all([...balances.values()].map((balance) => balance.refreshNow()));
    for (const view of tabs.values()) view.requestUpdate();
  },
);

energy.near &&= !recorded;

const statusBar = new StatusBar();
const offline = new Offline({
  onChange: () => void tellOffline(),
  idle: () => here.idle(),
  carry: () => carried.keep(views),
  starts: () => here.ready,
  traffic,
});
traffic.watch(() => void tellOffline());

const root = /** @type {HTMLElement} */ (document.getElementById("exhibits"));
/** One exhibit alone, in a page of somebody else's; null: all of them, on the site itself. */
const embedded = document.documentElement.dataset.embed ?? null;
/** @type {Map<string, ReturnType<import("./exhibits/index.js").OwnView["view"]>>} */
const played = new Map();
const alone = oneAtATime(() => [...played.values(), ...balances.values()]);
const carried = new Carried(new LocalStore("hundredfold", () => sessionStorage));
Object.assign(window, {
  hundredfold: surface({
    here,
    there,
    energy,
    offline,
    ids,
    balances,
    own: Object.assign({ own: ownSurface(openOwn) }, ...EXHIBITS.map(addsToConsole)),
    bill: async (id, options) => {
      const { monthly } = await import("./bill/bill.js");
      const known = await /** @type {any} */ (tabs.get(id)).ways();
      return monthly(
        (request) => here.ask(request),
        energy,
        id,
        known,
        /** @type {any} */ (options),
      );
    },
    runAll: async (id, inputs, options) => {
      const { runAll } = await import("./mailbox/run-all.js");
      const ask = (/** @type {object} */ request) => here.ask(request);
      return runAll(id, inputs, { ...options, ask, energyOf: (done) => ofMany(energy, id, done) });
    },
    counted,
    alone,
    embedded,
  }),
});
for (const panel of EXHIBITS) {
  if (embedded && panel.id !== embedded) continue;
  tabs.set(panel.id, panel.view ? play(panel) : show(panel));
}
if (tabs.size) root.replaceChildren(...tabs.values());
const showAgain = openTabs(tabs, document.querySelector("nav"), (id) => {
  tabs.get(id)?.requestUpdate(); // a link may open what is closed
  for (const [name, view] of tabs) void (name === id ? view.open() : view.leave());
});
void describeExhibits(there.exhibits().catch(() => here.exhibits()));

const exhibits = () => there.exhibits().catch(() => here.exhibits());
mountOwn({ openOwn, moved: () => traffic.told(false), example: { id: EXHIBITS[0].id, exhibits } });

document.querySelector(".masthead")?.append(statusBar);
statusBar.offline = offline;
statusBar.addEventListener(
  "switch",
  () => void (offline.off ? offline.switchOn() : offline.switchOff()),
);
statusBar.addEventListener("update", () => void offline.useUpdate());
const install = offersToInstall((offered) => {
  statusBar.installable = offered;
});
statusBar.addEventListener("install", install);
// Keeping the site must not hold up its first answer; one exhibit in another page keeps nothing.
if (!embedded) void here.ready.catch(() => {}).then(() => requestIdle(() => void offline.start()));

// Whoever goes on in another language finds what they drew, and the exhibit that they looked at.
document.querySelector(".languages")?.addEventListener("click", ({ target }) => {
  carried.keep(views);
  if (target instanceof HTMLAnchorElement) target.hash = location.hash;
});

/** What inspects and shrinks a visitor's own models, fetched when it is first asked for. */
async function openOwn() {
  const { openOwn } = await import("./own/client.js");
  const device = () => counted().then(() => here.counted);
  return openOwn({ device, onMoved: (moved) => traffic.enter("else", moved) });
}

/** @param {import("./exhibits/index.js").ExhibitPanel} panel @returns {object} */
function addsToConsole(panel) {
  return (panel.view && panel.console?.(() => played.get(panel.id), counted)) ?? {};
}

/** @param {string} id of an exhibit that is played @returns {import("./exhibits/index.js").Sides} */
function sides(id) {
  return {
    ask: (request) => here.ask(request),
    device: async () => {
      await counted();
      return here.counted;
    },
    runThere: async (id, input, variant) => {
      const result = await there.run(id, input, { variant });
      Object.assign(tabs.get(id) ?? {}, { server: result.runtime });
      return result;
    },
    recorded:
      recorded &&
      (async () => ({ says: await recorded.says(), scenes: await recorded.scenes(id) })),
  };
}

/** @param {import("./exhibits/index.js").OwnView} panel */
function play(panel) {
  const view = panel.view(sides(panel.id));
  played.set(panel.id, view);
  equip(view, LOAD);
  return view;
}

/** @param {import("./exhibits/index.js").AskedView} panel */
function show(panel) {
  const view = new ExhibitView();
  const update = () => view.requestUpdate();
  const changed = () => {
    update();
    balances.get(panel.id)?.refresh();
    // Before, it had no worker, or did not know yet what the models draw.
    if (sides.there.result && (!energy.server?.meter || energy.server.learning))
      void describePower();
  };
  const sides = {
    here: new Side("here", (input, variant) => here.run(panel.id, input, { variant }), {
      pauseMs: HERE_PAUSE_MS,
      onChange: changed,
    }),
    there: new Side(
      "there",
      (input, variant) => there.run(panel.id, input, { variant, following: true }),
      {
        pauseMs: THERE_PAUSE_MS,
        onChange: changed,
      },
    ),
  };
  const balance = new PanelState(panel.id, sides, {
    ask: (request) => here.ask(request),
    energy,
    onChange: update,
    runThere: (input, variant, repeats) => there.run(panel.id, input, { variant, repeats }),
    once: () => ({
      downloaded_bytes: here.totalBytes + modelBytes(view),
      started_s: here.startedS,
    }),
  });
  balances.set(panel.id, balance);
  sides.there.phase = "ready";
  sides.there.alone = recorded !== null;
  sides.here.text = say("page-starting");
  heres.push(sides.here);
  theres.push(sides.there);
  views.push(view);
  Object.assign(view, {
    panel,
    sides,
    battery,
    balance,
    carried,
    progress: idle(""),
    moved: () => traffic.told(false),
  });
  equip(view, () => balance.work(sides.here.input ?? panel.example()));
  answerPanel(view, { energy, alone }, balance);
  view.addEventListener("choose", (event) => {
    const { where, variant } = /** @type {CustomEvent} */ (event).detail;
    sides[/** @type {"here" | "there"} */ (where)].choose(variant);
  });
  view.addEventListener("retry", (event) => retry(/** @type {CustomEvent} */ (event).detail));
  view.addEventListener("measure", () => measureTimes(view, [sides.here, sides.there], alone));
  return view;
}

/**
 * What every exhibit's page has besides: whoever looks may choose what energy is counted with here, or measure it.
 *
 * @param {import("./compare/exhibit-element.js").ExhibitElement} view
 * @param {() => Promise<void>} load keeps this device busy for a moment
 */
function equip(view, load) {
  answerPower(view, { energy, alone }, load);
  view.addEventListener("weigh", () => weigh(view));
  view.addEventListener("all-threads", () => {
    crashGuard.forget();
    void here.restart(say("page-asked-threads")).catch(() => {});
  });
}

/** @param {Side} side */
function retry(side) {
  if (side.phase === "failed") void here.restart(say("page-asked-again")).catch(() => {});
  else side.ask(side.input);
}

/**
 * Both sides know the same facts; whichever comes first is shown.
 *
 * @param {Promise<import("./shared/result.js").Exhibits>} answer
 */
async function describeExhibits(answer) {
  const told = await answer.catch(() => null); // the side itself tells what is wrong with it
  if (!told) return;
  const describe = () => {
    for (const [id, view] of tabs) {
      const facts = told.exhibits[id];
      view.ladder = withLanguageModel(view.ladder ?? facts ?? null, facts?.language_model);
      const balance = balances.get(id);
      if (balance) balance.beside = view.ladder?.language_model ?? null;
      view.refused = told.refused[id] ?? "";
    }
  };
  describe();
  for (const [id, ladder] of Object.entries(told.exhibits))
    if (ladder.added && (!embedded || id === embedded)) await showAdded(id, ladder);
  describe();
}

/**
 * One that is not built in: whoever runs this site added it. The program of such is fetched when there is one.
 *
 * @param {string} id
 * @param {import("./shared/result.js").Ladder} ladder
 */
async function showAdded(id, ladder) {
  const added = await import("./added/panel.js").catch(() => null); // whoever describes them again tries again
  if (!added || tabs.has(id)) return;
  const facts = /** @type {import("./added/panel.js").AddedLadder} */ (ladder);
  const view = show(added.addedPanel(id, facts));
  view.hidden = true;
  tabs.set(id, view);
  ids.push(id);
  added.placeWords(id, facts, recorded !== null);
  if (tabs.size === 1) root.replaceChildren(view);
  else root.append(view);
  heres.at(-1)?.report(here.status);
  void here.ready.then(describeDevice, () => {});
  const [asked] = location.hash.slice(1).split("?");
  if (asked === id || tabs.size === 1) showAgain();
}

/** What the page takes, told when somebody looks. @param {import("./compare/exhibit-element.js").ExhibitElement} view */
async function weigh(view) {
  const wasm_bytes = await here.wasmMemory().catch(() => null); // it stopped: its side says so
  if (wasm_bytes === null) return;
  view.memory = { wasm_bytes, total_bytes: null };
  view.memory = await here.memory().catch(() => view.memory);
}

async function describeDevice() {
  const device = await here.device().catch(() => null); // it stopped: its side says so
  const says = document.getElementById("embed-says");
  if (says && device) says.textContent = device.isolated ? "" : say("page-one-thread");
  for (const view of tabs.values())
    Object.assign(view, { device, limits: { ...crashGuard.limits } });
}

/** @type {Promise<void> | null} */
let counting = null;

/** Settles when there is a device to count energy with, or none could be proposed: whoever asks next tries again. */
function counted() {
  return (counting ??= startEnergy().catch(() => void (counting = null)));
}

async function startEnergy() {
  void describePower();
  void openBattery()
    .catch(() => null)
    .then((found) => {
      battery = found;
      for (const view of tabs.values()) view.battery = battery;
    });
  const facts = await deviceFacts();
  const { threads } = await here.device();
  await energy.start(facts, threads);
}

let wasOff = false;

/** The status bar says it; and the other side is asked at once when the network is there again. */
async function tellOffline() {
  statusBar.offline = offline;
  if (offline.off !== wasOff) {
    wasOff = offline.off;
    there.look();
  }
  statusBar.counters = offline.off ? await offline.counters().catch(() => null) : null;
}

/** @param {() => void} work */
function requestIdle(work) {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 1000 });
  else setTimeout(work, 200);
}

/** @param {ExhibitView} view */
function modelBytes({ ladder }) {
  return ladder?.variants.find(({ id }) => id === ladder.default.here)?.bytes ?? 0;
}
