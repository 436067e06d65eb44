/** The tower: the same task on two tables, what goes on in the agent here, and how both did in many episodes. */

import { html } from "lit";
import { Comparison } from "./comparison.js";
import { ExhibitElement } from "../../compare/exhibit-element.js";
import { clockStep } from "../../shared/clock.js";
import { say } from "../../shared/messages.js";
import { refusal } from "../../shared/refusal.js";
import "./tower-results.js";
import { isTellable } from "./tower-side.js";
import "./tower-thoughts.js";

const SPEEDS = [1, 2, 4, 8];
const AREAS = ["left", "middle", "right"];
const MOST_SEEDS = 2 ** 31;

/** Shows a comparison; `open()` starts it the first time that a visitor comes here. */
export class TowerView extends ExhibitElement {
  static properties = {
    online: { type: Boolean },
    operators: { state: true },
    pushed: { state: true },
    begun: { state: true },
    recorded: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../index.js").Sides | undefined} */
    this.sides = undefined;
    /** @type {Comparison | undefined} */
    this.comparison = undefined;
    this.online = true;
    this.operators = "";
    this.pushed = { block: 0, area: 0 };
    /** Where there is no server: when the other side was recorded, and in which scenes. */
    this.recorded = { says: "", scenes: /** @type {Comparison["scene"][]} */ ([]) };
    this.begun = false;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
  }

  connectedCallback() {
    super.connectedCallback();
    if (!this.sides || this.comparison) return;
    const comparison = new Comparison(this.sides, () => this.#changed());
    comparison.smooth = !this.still.matches;
    comparison.onFrame = () => this.#each((side) => side.draw());
    this.comparison = comparison;
    this.addEventListener("choose", (event) => {
      comparison.variant = /** @type {CustomEvent} */ (event).detail.variant;
      void this.#again({});
    });
  }

  /** A visitor comes here: begin, and play unless they would rather have things stand still. */
  async open() {
    this.comparison?.hold("hidden", false);
    if (this.begun || !this.comparison) return;
    this.begun = true;
    await Promise.all([this.comparison.start(), this.#learn()]);
    if (!this.still.matches) this.comparison.play();
    const { ask } = /** @type {import("../index.js").Sides} */ (this.sides);
    const told = await ask({ do: "play", exhibit: "tower", verb: "operators" }).catch(() => null);
    this.operators = told?.text ?? say("tower-learned-lost");
  }

  /** Others are measured. @param {boolean} on */
  rest(on) {
    this.comparison?.hold("measuring", on);
  }

  /** A visitor looks at something else, which this must not disturb. */
  leave() {
    this.comparison?.hold("hidden", true);
  }

  /** What each agent computed with in the episode that is to be seen, once that is over. */
  async ways() {
    const stepMs = this.recorded.says ? 0 : clockStep();
    const ways = /** @type {const} */ (["here", "there"]).map((where) => {
      const episode = this.comparison?.[where];
      const tellable = episode?.over && isTellable(episode.counts, where, stepMs);
      return { where, variant: null, answer: tellable ? computed(episode) : null };
    });
    const boundary = /** @type {const} */ ("marginal");
    return { boundary, first: "tower-bill-first", counted: "tower-bill-counted", ways };
  }

  render() {
    const { comparison } = this;
    if (this.refused) return html`<section class="exhibit">${refusal(this.refused)}</section>`;
    if (!comparison || !this.begun) return "";
    const { here, there, scene } = comparison;
    return html`
      <section class="exhibit tower" aria-labelledby="tower-title">
        <h2 id="tower-title" class="visually-hidden">${say("tower-label")}</h2>
        <p class="tower-task" .textContent=${task(here.facts?.instruction, scene.task)}></p>
        <div class="tower-tables" @push=${this.#push}>
          <tower-side
            where="here"
            .episode=${here}
            ?online=${true}
            @resume=${() => comparison.start()}
          ></tower-side>
          <tower-side
            where="there"
            .episode=${there}
            ?online=${this.online}
            recorded=${this.recorded.says}
            @resume=${() => there.resume()}
          ></tower-side>
        </div>
        ${this.#controls(comparison)}
        <tower-thoughts
          .thought=${here.thought}
          .asked=${there.asked}
          operators=${this.operators}
        ></tower-thoughts>
        <tower-results></tower-results>
        <div class="disclosures">
          ${this.sides ? this.bill("tower", this.sides.ask, [here.over, there.over, comparison.variant]) : ""}
          ${this.sides?.recorded ? "" : this.models("tower", { there: comparison.variant ?? this.ladder?.default.there ?? "" }, say("tower-models"), actsAlone)}
          ${this.power("tower")} ${this.ran(Boolean(this.recorded.says), this.server)}
          ${this.snippet("tower", say("tower-label"))}
        </div>
      </section>
    `;
  }

  /** @param {Comparison} comparison */
  #controls(comparison) {
    const { scene, running, over } = comparison;
    const numbers = (comparison.here.now?.blocks ?? []).map(([rank]) => rank).sort();
    return html`
      <div class="tower-controls">
        <button
          class="tower-play"
          @click=${() => (running ? comparison.pause() : comparison.play())}
          ?disabled=${over}
          .textContent=${say(running ? "tower-pause" : "tower-play")}
        ></button>
        <button @click=${() => comparison.step()} ?disabled=${over}>${say("tower-step")}</button>
        <button @click=${() => this.#again({})}>${say("tower-again")}</button>
        <button @click=${() => this.#again(this.#another())}>${say("tower-another")}</button>
        ${choice(
          say("tower-speed"),
          SPEEDS,
          comparison.speed,
          (value) => {
            comparison.speed = Number(value);
            this.requestUpdate();
          },
          (value) => `${value}×`,
        )}
        ${choice(say("tower-blocks"), [3, 4, 5, 6], scene.blocks, (value) => this.#again(this.#chosen({ blocks: Number(value) })))}
        ${choice(
          say("tower-kind"),
          ["hanoi", "single"],
          scene.task,
          (value) => this.#again(this.#chosen({ task: value })),
          (value) => say(`tower-kind-${value}`),
        )}
        ${
          scene.task === "hanoi"
            ? html`${choice(say("tower-from"), AREAS, scene.start, (start) => this.#again(this.#chosen(apart(scene, { start }))), area)}
              ${choice(say("tower-to"), AREAS, scene.goal, (goal) => this.#again(this.#chosen(apart(scene, { goal }))), area)}`
            : ""
        }
      </div>
      <div class="tower-push">
        <p>${say("tower-push")}</p>
        ${choice(
          say("tower-push-block"),
          numbers,
          this.pushed.block,
          (value) => {
            this.pushed = { ...this.pushed, block: Number(value) };
          },
          (value) => `b${value}`,
        )}
        ${choice(
          say("tower-push-area"),
          [0, 1, 2],
          this.pushed.area,
          (value) => {
            this.pushed = { ...this.pushed, area: Number(value) };
          },
          (value) => area(AREAS[value]),
        )}
        <button @click=${this.#pushChosen} ?disabled=${over}>${say("tower-push-do")}</button>
        <p class="tower-pushed" role="status" .textContent=${comparison.said}></p>
      </div>
    `;
  }

  async #learn() {
    const told = this.sides?.recorded?.().catch(() => null); // the other side itself says what is wrong
    this.recorded = (await told) ?? this.recorded;
  }

  /** Any scene; where there is no server, the next of those that were recorded. @returns {Partial<Comparison["scene"]>} */
  #another() {
    const { scenes } = this.recorded;
    const shown = scenes.findIndex(({ seed }) => seed === this.comparison?.scene.seed);
    return scenes.length
      ? scenes[(shown + 1) % scenes.length]
      : { seed: Math.floor(Math.random() * MOST_SEEDS) };
  }

  /** The scene as somebody chose it; if that was not recorded, but one with as many blocks and the same task, that. @param {Partial<Comparison["scene"]>} change */
  #chosen(change) {
    const wanted = { ...this.comparison?.scene, ...change };
    const alike = (/** @type {(keyof Comparison["scene"])[]} */ ...names) =>
      this.recorded.scenes.find((scene) => names.every((name) => scene[name] === wanted[name]));
    if (change.start || change.goal) return alike("blocks", "task", "start", "goal") ?? change;
    return alike("seed", "blocks", "task") ?? alike("blocks", "task") ?? change;
  }

  /** @param {Partial<Comparison["scene"]>} change */
  async #again(change) {
    const { comparison } = this;
    if (!comparison) return;
    const went = comparison.running || comparison.over;
    comparison.pause();
    await comparison.start(change);
    if (went && !this.still.matches) comparison.play();
  }

  /** @param {CustomEvent} event */
  #push({ detail: { block, x } }) {
    void this.comparison?.push(block, x);
  }

  #pushChosen() {
    const { comparison } = this;
    const ranks = comparison?.here.now?.blocks.map(([rank]) => rank) ?? [];
    const block = ranks.includes(this.pushed.block) ? this.pushed.block : Math.min(...ranks);
    const x = comparison?.here.facts?.table.areas[this.pushed.area];
    if (x !== undefined) void comparison?.push(block, x);
  }

  #changed() {
    this.requestUpdate();
    this.#each((side) => side.requestUpdate());
  }

  /** @param {(side: import("./tower-side.js").TowerSide) => void} act */
  #each(act) {
    for (const side of this.querySelectorAll("tower-side"))
      act(/** @type {import("./tower-side.js").TowerSide} */ (side));
  }
}

/**
 * @template {string | number} T
 * @param {string} label
 * @param {T[]} values
 * @param {T} chosen
 * @param {(value: string) => void} choose
 * @param {(value: T) => string} [name]
 */
function choice(label, values, chosen, choose, name = String) {
  return html`<label class="tower-choice">
    ${label}
    <select
      aria-label=${label}
      @change=${(/** @type {Event} */ { target }) => choose(/** @type {HTMLSelectElement} */ (target).value)}
    >
      ${values.map(
        (value) =>
          html`<option
            value=${value}
            ?selected=${value === chosen}
            .selected=${value === chosen}
            .textContent=${name(value)}
          ></option>`,
      )}
    </select>
  </label>`;
}

/** A tower goes somewhere else: who chooses one end as it is moves the other. @param {Comparison["scene"]} scene @param {{start?: string, goal?: string}} change */
function apart(scene, change) {
  const both = { ...scene, ...change };
  if (both.start !== both.goal) return change;
  const other = /** @type {string} */ (AREAS.find((area) => area !== both.start));
  return change.start ? { ...change, goal: other } : { ...change, start: other };
}

/** @param {import("./episode.js").Episode} episode that is over @returns {import("../../shared/result.js").Figure} */
function computed({ counts }) {
  const [label, source] = ["Computing for one episode", "added up over all its steps"];
  return { label, unit: "J", ...counts.joules, origin: "estimated", source, inputs: {} };
}

/** Whether a model is a whole agent, and not a part of the one here. @param {import("../../shared/result.js").Variant} variant */
const actsAlone = ({ runs }) => !runs.includes("here");

/** @param {string} name */
const area = (name) => say(`tower-area-${name}`);

/** @param {any} told @param {string} kind */
function task(told, kind) {
  if (kind === "single" && told?.onto)
    return say("tower-task-single", { block: `b${told.block}`, onto: told.onto });
  return say("tower-task-hanoi", { goal: told?.goal ?? "right" });
}

customElements.define("tower-view", TowerView);
