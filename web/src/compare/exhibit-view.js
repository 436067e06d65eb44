/** One exhibit: its paper between the two answers, the sentences and figures below, and everything else one click away. */

import { html } from "lit";
import "./all-figures.js";
import "./headline-figures.js";
import "../energy/energy-panel.js";
import { ExhibitElement } from "./exhibit-element.js";
import { say } from "../shared/messages.js";
import { perSecond, spentHere, spentThere } from "../energy/of-many.js";
import { refusal } from "../shared/refusal.js";
import "./side-answer.js";
import "./side-note.js";
import { agreement, loss, speed } from "./verdict.js";

/** @typedef {import("./side.js").Side} Side */
/** @typedef {import("../exhibits/index.js").AskedView} ExhibitPanel */

/**
 * Says `retry` with the side, `choose` {where, variant}, `measure` and `cancel`. Whoever changes a side asks for an update.
 */
export class ExhibitView extends ExhibitElement {
  static properties = {
    panel: { attribute: false },
    sides: { attribute: false },
    progress: { attribute: false },
    mounted: { state: true },
  };

  constructor() {
    super();
    /** @type {ExhibitPanel | undefined} */
    this.panel = undefined;
    /** @type {{here: Side, there: Side} | undefined} */
    this.sides = undefined;
    /** @type {import("./all-figures.js").Progress} */
    this.progress = { done: 0, runs: 0, running: false, text: "" };
    /** @type {import("../energy/panel-state.js").PanelState | undefined} */
    this.balance = undefined;
    /** @type {import("./carried.js").Carried | undefined} */
    this.carried = undefined;
    /** What this page moved over the network so far. @type {() => {requests: number, sent_bytes: number}} */
    this.moved = () => ({ requests: 0, sent_bytes: 0 });
    /** What a second of answers here adds. @type {import("../energy/breakdown.js").Sheet | null} */
    this.second = null;
    /** A visitor was here. */
    this.mounted = false;
  }

  /** It is there, with what a visitor works with, when they first come: before, it costs nothing. */
  async open() {
    const { panel, sides, mounted } = this;
    if (!panel || !sides || mounted) return;
    this.mounted = true;
    await this.updateComplete;
    panel.mount(this.stage, (input) => {
      for (const side of [sides.here, sides.there]) side.ask(input);
    });
    this.carried?.restore(this);
  }

  /** Where the exhibit puts what a visitor works with. */
  get stage() {
    return /** @type {HTMLElement} */ (this.querySelector(".stage"));
  }

  async ways() {
    const { balance } = this;
    const { answerWays } = await import("../bill/ways.js");
    return balance ? answerWays(balance) : super.ways();
  }

  render() {
    const { panel, sides } = this;
    if (!panel || !sides || !this.mounted) return "";
    const [here, there] = [this.#standing(sides.here), this.#standing(sides.there)];
    return html`
      <section class="exhibit" aria-labelledby="${panel.id}-title">
        <h2 id="${panel.id}-title" class="visually-hidden">${panel.label}</h2>
        ${refusal(this.refused)}
        <div class="triptych">
          <div class="stage"></div>
          ${this.#answer(sides.here)} ${this.#answer(sides.there)}
        </div>
        ${this.#note(sides.here)} ${this.#note(sides.there)}
        <div class="verdict">
          <p role="status" .textContent=${agreement(sides.here, sides.there, panel.name)}></p>
          <p .textContent=${speed(sides.here, sides.there)}></p>
        </div>
        <headline-figures .here=${here} .there=${there} things=${panel.things}></headline-figures>
        <p
          class="loss"
          .textContent=${here.variant && there.variant ? loss(here.variant, there.variant, panel.things) : ""}
        ></p>
        ${this.#energy(sides)}
        <div class="disclosures">
          ${this.balance ? this.bill(panel.id, this.balance.ask, [this.balance.told]) : ""}
          ${this.disclosure(
            say("compare-all-figures"),
            () =>
              html`<all-figures
                .here=${here}
                .there=${there}
                .progress=${this.progress}
                ?able=${sides.here.input !== null && sides.here.phase === "ready"}
                @measure=${this.pass}
                @cancel=${this.pass}
              ></all-figures>`,
          )}
          ${this.#results(panel)}
          ${this.models(
            panel.id,
            { here: here.variant?.id ?? "", there: there.variant?.id ?? "" },
            panel.models,
          )}
          ${this.#many(panel)} ${this.#asked(panel)} ${this.power(panel.id)}
          ${this.ran(sides.there.recorded, sides.there.result?.runtime ?? null)}
          ${this.snippet(panel.id, panel.label)}
        </div>
      </section>
    `;
  }

  /** @param {{here: Side, there: Side}} sides */
  #energy({ here, there }) {
    const { panel, balance, energy } = this;
    if (!panel || !balance || !energy) return "";
    const { basis, running, done, text, secondsAsked } = balance;
    return html`<energy-panel
      name="${panel.id}-energy"
      .balance=${balance.told}
      .state=${{ basis, running, done, text, secondsAsked }}
      .countries=${energy.countries}
      .country=${energy.country}
      .boundary=${energy.boundary}
      ?near=${energy.near}
      ?recorded=${there.recorded}
      ?answered=${here.times.recent.length > 0 && there.times.recent.length > 0}
      ?able=${here.input !== null && here.phase === "ready" && energy.choice !== null}
      @measure-energy=${this.pass}
      @cancel-energy=${this.pass}
      @choose-country=${this.pass}
      @choose-boundary=${this.pass}
    ></energy-panel>`;
  }

  /** Many inputs at once, out of a file. Its program is fetched when this is first opened. @param {ExhibitPanel} panel */
  #many({ id, many }) {
    const { balance, sides, moved } = this;
    if (!many || !balance || !sides) return "";
    const sheet = () => balance.told?.boundaries.marginal;
    const program = () => {
      const variant = sides.here.variant ?? this.ladder?.default.here ?? null;
      if (this.energy)
        void perSecond(this.energy, id, variant).then((second) => (this.second = second));
      return import("../mailbox/whole-mailbox.js");
    };
    return this.disclosure(
      many().summary,
      () =>
        html`<whole-mailbox
          exhibit=${id}
          .variant=${sides.here.variant}
          .ask=${balance.ask}
          .labels=${many().labels}
          .energy=${(/** @type {number} */ _, /** @type {number} */ seconds) => spentHere(this.second, seconds)}
          .rungs=${(/** @type {number} */ answers) => this.#rungs(sheet(), answers)}
          .moved=${moved}
        ></whole-mailbox>`,
      { program },
    );
  }

  /** A language model that is asked the same, and its program when this is first opened. @param {ExhibitPanel} panel */
  #asked({ id, things, many }) {
    const { balance, ladder } = this;
    const model = ladder?.language_model;
    if (!model || !balance) return "";
    const student = ladder.variants.find((variant) => variant.id === ladder.default.here);
    return this.disclosure(
      say("compare-asked"),
      () =>
        html`<asked-facts
          exhibit=${id}
          things=${things}
          .labels=${many?.().labels ?? {}}
          .model=${model}
          .student=${student}
          .ask=${balance.ask}
          @choose=${this.pass}
        ></asked-facts>`,
      { program: () => import("../language-model/asked-facts.js") },
    );
  }

  /** What else was measured of its models. Its program is fetched when this is first opened. @param {ExhibitPanel} panel */
  #results({ results }) {
    if (!results) return "";
    const { summary, fetch, show } = results();
    return this.disclosure(summary, () => show(this.ladder), { program: fetch });
  }

  /** @param {import("../energy/breakdown.js").Sheet | undefined} sheet @param {number} answers */
  #rungs(sheet, answers) {
    const name = this.sides?.there.result?.variant;
    const answer = sheet?.there?.total;
    return name && answer ? [{ name, words: spentThere(answer, answers) }] : [];
  }

  /** @param {Side} side */
  #answer(side) {
    const { render, further } = this.panel ?? {};
    return html`<side-answer
      .side=${side}
      .answer=${render}
      @further=${() => further && side.learn(further)}
    ></side-answer>`;
  }

  /** @param {Side} side */
  #note(side) {
    const retry = () => this.dispatchEvent(new CustomEvent("retry", { detail: side }));
    return html`<side-note .side=${side} @retry=${retry}></side-note>`;
  }

  /** @param {Side} side @returns {import("./headline-figures.js").Standing} */
  #standing(side) {
    const id = side.result?.variant ?? side.variant ?? this.ladder?.default[side.where];
    return { side, variant: this.ladder?.variants.find((variant) => variant.id === id) };
  }
}

customElements.define("exhibit-view", ExhibitView);
