/** One side of the tower: its table, how it stands, and what it took so far. */

import { html } from "lit";
import { quantity } from "../../energy/energy-format.js";
import { below, clockStep } from "../../shared/clock.js";
import { fixed, NOTHING, size, time, words } from "../../shared/format.js";
import { LightElement } from "../../shared/light-element.js";
import { say } from "../../shared/messages.js";
import { said } from "../../shared/said.js";
import { failure } from "./told.js";
import "./tower-table.js";

/** @typedef {import("./episode.js").Episode} Episode */

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
    const { counts, facts, now } = episode;
    const stepMs = recorded ? 0 : clockStep();
    const tellable = isTellable(counts, where, stepMs);
    const moves = facts
      ? say("tower-moves-of", { moves: now?.moves ?? 0, fewest: facts.fewest_moves })
      : "–";
    return html`
      <h3>
        <strong class=${where}>${say(`tower-side-${where}`)}</strong>
        <small>${say(`tower-side-how-${where}`)}</small>
      </h3>
      <tower-table
        .episode=${episode}
        label=${say("tower-side-told", { side: where, told: says(episode, where) })}
      ></tower-table>
      <p class="tower-status" role="status">
        ${said(says(episode, where))}
        ${
          episode.phase === "lost" && !recorded
            ? html`<button
                @click=${() => this.dispatchEvent(new CustomEvent("resume", { bubbles: true }))}
                ?disabled=${!this.online}
                .textContent=${say("tower-go-on")}
              ></button>`
            : ""
        }
      </p>
      <dl class="tower-counts">
        ${row(say("tower-time"), words(time(counts.ms, stepMs)), say(where === "there" && !recorded ? "tower-time-way" : "tower-time-computing"))}
        ${row(say("tower-energy"), tellable ? joules(counts) : "–", tellable ? range(counts.joules) : "")}
        ${row(say("tower-calls"), fixed(counts.calls, 0), say(`tower-calls-${where}`))}
        ${row(say("tower-moves"), moves, facts ? say("tower-moves-fewest") : "")}
        ${recorded ? row(say("tower-sent"), NOTHING.number, say("tower-sent-recorded")) : sent(counts, where)}
      </dl>
      ${recorded ? html`<p class="tower-recorded" .textContent=${`${recorded}.`}></p>` : ""}
    `;
  }
}

/**
 * What this device computed is counted by its own clock, the server by a fine one.
 *
 * @param {Episode["counts"]} counts
 * @param {"here" | "there"} where
 * @param {number} stepMs of the clock
 */
export function isTellable(counts, where, stepMs) {
  return counts.counted && (where === "there" || below(counts.ms, stepMs) === null);
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
    where === "there"
      ? say("tower-sent-back", { size: words(size(received)) })
      : say("tower-sent-nothing");
  return row(say("tower-sent"), words(size(sent)), note);
}

/** @param {Episode["counts"]} counts */
function joules({ counted, joules: { mid } }) {
  return counted ? quantity(mid, "J") : "–";
}

/** @param {import("./episode.js").Joules} joules */
function range({ low, high }) {
  return say("tower-range", { low: quantity(low, "J"), high: quantity(high, "J") });
}

/** How a side stands, in a sentence. @param {Episode} episode @param {"here" | "there"} where */
export function says(episode, where) {
  const { phase, problem, now, facts } = episode;
  if (phase === "lost") return say("tower-stopped", { problem });
  if (phase === "starting") return say(`tower-starting-${where}`);
  if (now?.success) return say("tower-done", { moves: now.moves, fewest: facts.fewest_moves });
  if (now?.failure) return say("tower-failed", { why: failure(now.failure) });
  if (phase === "waiting")
    return where === "here" ? say("tower-thinking") : episode.busy || say("tower-waiting");
  return now?.held == null
    ? say("tower-reaching")
    : say("tower-carrying", { block: `b${now.held}` });
}

customElements.define("tower-side", TowerSide);
