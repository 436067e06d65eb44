/** One side of the tower: its table, how it stands, and what it took so far. */

import { html } from "lit";
import { quantity } from "../../energy/energy-format.js";
import { below, clockStep } from "../../shared/clock.js";
import { fixed, NOTHING, size, time, words } from "../../shared/format.js";
import { LightElement } from "../../shared/light-element.js";
import { said } from "../../shared/said.js";
import "./tower-table.js";

/** @typedef {import("./episode.js").Episode} Episode */

const WHO = {
  here: { name: "Here", how: "sees, thinks, then acts" },
  there: { name: "There", how: "one large network does it all" },
};

/** Says `resume`. Whoever changes the episode asks for an update. */
export class TowerSide extends LightElement {
  static properties = {
    episode: { attribute: false },
    where: {},
    online: { type: Boolean },
    recorded: {},
  };

  constructor() {
    super();
    /** @type {Episode | undefined} */
    this.episode = undefined;
    /** @type {"here" | "there"} */
    this.where = "here";
    this.online = true;
    /** When and where this side was recorded; empty: it acts now. */
    this.recorded = "";
  }

  draw() {
    /** @type {import("./tower-table.js").TowerTable | null} */ (
      this.querySelector("tower-table")
    )?.draw();
  }

  render() {
    const { episode, where, recorded } = this;
    if (!episode) return "";
    const { name, how } = WHO[where];
    const { counts, facts, now } = episode;
    const stepMs = recorded ? 0 : clockStep();
    // What this device computed is counted by its own clock, the server by a fine one.
    const tellable = counts.counted && (where === "there" || below(counts.ms, stepMs) === null);
    const moves = facts ? `${now?.moves ?? 0} of ${facts.fewest_moves}` : "–";
    return html`
      <h3><strong class=${where}>${name}</strong> <small>${how}</small></h3>
      <tower-table .episode=${episode} label=${`${name}: ${says(episode, where)}`}></tower-table>
      <p class="tower-status" role="status">
        ${said(says(episode, where))}
        ${
          episode.phase === "lost" && !recorded
            ? html`<button
                @click=${() => this.dispatchEvent(new CustomEvent("resume", { bubbles: true }))}
                ?disabled=${!this.online}
              >
                Go on
              </button>`
            : ""
        }
      </p>
      <dl class="tower-counts">
        ${row("Time", words(time(counts.ms, stepMs)), where === "there" && !recorded ? "the way there and back included" : "computing")}
        ${row("Energy", tellable ? joules(counts) : "–", tellable ? range(counts.joules) : "")}
        ${row("Model calls", fixed(counts.calls, 0), where === "there" ? "one for 8 steps" : "small ones")}
        ${row("Moves", moves, facts ? "the fewest that can do it" : "")}
        ${recorded ? row("Sent", NOTHING.number, "nothing: it was recorded") : sent(counts, where)}
      </dl>
      ${recorded ? html`<p class="tower-recorded" .textContent=${`${recorded}.`}></p>` : ""}
    `;
  }
}

/** @param {string} what @param {string} value @param {string} note */
function row(what, value, note) {
  return html`<div>
    <dt>${what}</dt>
    <dd>
      <strong translate="no" .textContent=${value}></strong> <small .textContent=${note}></small>
    </dd>
  </div>`;
}

/** @param {Episode["counts"]} counts @param {"here" | "there"} where */
function sent({ sent, received }, where) {
  const note =
    where === "there" ? `${words(size(received))} came back` : "nothing leaves this device";
  return row("Sent", words(size(sent)), note);
}

/** @param {Episode["counts"]} counts */
function joules({ counted, joules: { mid } }) {
  return counted ? quantity(mid, "J") : "–";
}

/** @param {import("./episode.js").Joules} joules */
function range({ low, high }) {
  return `${quantity(low, "J")} to ${quantity(high, "J")}`;
}

/** How a side stands, in a sentence. @param {Episode} episode @param {"here" | "there"} where */
export function says(episode, where) {
  const { phase, problem, now, facts } = episode;
  if (phase === "lost") return `Stopped. ${problem}`;
  if (phase === "starting")
    return where === "here" ? "Getting its small networks." : "Getting ready.";
  if (now?.success) return `Done in ${now.moves} moves, of which ${facts.fewest_moves} are needed.`;
  if (now?.failure) return `Failed: ${now.failure}.`;
  if (phase === "waiting")
    return where === "here" ? "Thinking." : episode.busy || "Waiting for the server.";
  return now?.held == null ? "Reaching for a block." : `Carrying b${now.held}.`;
}

customElements.define("tower-side", TowerSide);
