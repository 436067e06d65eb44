/** How both agents did in many episodes: success against energy as a chart, the table beside the paper's, and the study. */

import { html, svg } from "lit";
import { address } from "../../shared/address.js";
import { LightElement } from "../../shared/light-element.js";

/**
 * @typedef {{value: number, low: number, high: number}} Share
 * @typedef {{low: number, mid: number, high: number}} Ends
 * @typedef {{episodes: number, share: Share, joules_per_episode: Ends, joules_per_success: Ends | null,
 *   failures_by_reason: Record<string, number>, steps: number, model_calls: number, compute_ms: number}} Task
 * @typedef {{name: string, training: {seconds: number, joules: Ends}, tasks: Record<string, Task>}} Agent
 * @typedef {{machine: string, made: string, agents: {here: Agent, there: Agent},
 *   paper: {rows: {what: string, end_to_end: string, neuro_symbolic: string}[]},
 *   study: Record<string, {level: number, here: Share, there: Share}[]>}} Results
 */

const ADDRESS = address("models/tower/results.json");
const NAMES = /** @type {Record<string, string>} */ ({
  single: "one move",
  3: "3 blocks",
  4: "4 blocks",
  5: "5 blocks",
  6: "6 blocks",
});
/** As they are drawn and listed; an object puts numbers first. */
const ORDER = ["single", "3", "4", "5", "6"];
const PAPER = /** @type {Record<string, string>} */ ({
  single: "success, single move",
  3: "success, 3 blocks",
  4: "success, 4 blocks",
});
const SIDES = /** @type {const} */ (["here", "there"]);
const WIDTH = 640;
const HEIGHT = 300;
const PLOT = { left: 44, right: 626, top: 14, bottom: 256 };

export class TowerResults extends LightElement {
  static properties = { results: { state: true }, problem: { state: true } };

  constructor() {
    super();
    /** @type {Results | null} */
    this.results = null;
    this.problem = "";
  }

  async firstUpdated() {
    try {
      const response = await fetch(ADDRESS);
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      this.results = await response.json();
    } catch (problem) {
      this.problem = `The results could not be loaded: ${/** @type {Error} */ (problem).message}.`;
    }
  }

  render() {
    const { results } = this;
    if (!results)
      return html`<p
        class="tower-results-none"
        .textContent=${this.problem || "Loading the results."}
      ></p>`;
    const { episodes } = results.agents.here.tasks["3"];
    return html`
      <section class="tower-results" aria-labelledby="tower-results-title">
        <h3 id="tower-results-title">How often, and for how much?</h3>
        <p>
          Each agent in ${episodes} episodes of each kind that neither was trained on. The lines are
          ranges: upright, where the true share of successes lies with 95&nbsp;% confidence; across,
          what an episode’s computing may have taken.
        </p>
        ${chart(results)} ${table(results)}
        <p class="tower-machine">
          Both ran on one machine: ${results.machine} Energy is of the computing alone; the
          simulated table and camera do not count. ${results.made}.
        </p>
        <details>
          <summary>With a worse camera than they were trained with</summary>
          <div class="tower-study">
            ${study(results, "noise", "Grain of the picture")}
            ${study(results, "light", "Light and colours astray")}
            <p>One move with three blocks. 1 is what both were trained with.</p>
          </div>
        </details>
        <details>
          <summary>What is different from the paper</summary>
          <p>
            Nearly everything but the idea. The paper’s robot has an arm with many joints and a
            physics engine; here a gripper moves up, down and sideways over a flat table. Its
            end-to-end model has billions of parameters and was tuned on a graphics card for 40
            hours; this one has three million and learned for little over an hour on two processor
            cores, from demonstrations of this table alone. So compare the two agents on this page
            with each other, and the paper’s two with each other.
          </p>
        </details>
      </section>
    `;
  }
}

/** @param {Results} results */
function chart({ agents }) {
  const spots = SIDES.flatMap((where) =>
    ORDER.map((key) => ({ where, key, task: agents[where].tasks[key] })),
  );
  const ends = spots.flatMap(({ task }) => [
    task.joules_per_episode.low,
    task.joules_per_episode.high,
  ]);
  const first = Math.floor(Math.log10(Math.min(...ends)));
  const last = Math.ceil(Math.log10(Math.max(...ends)));
  const x = (/** @type {number} */ joules) =>
    PLOT.left + ((Math.log10(joules) - first) / (last - first)) * (PLOT.right - PLOT.left);
  const y = (/** @type {number} */ share) => PLOT.bottom - share * (PLOT.bottom - PLOT.top);
  const decades = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return html`<figure class="tower-chart">
    <svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      role="img"
      aria-label="Success against energy; the table below has the figures"
    >
      ${[0, 0.5, 1].map(
        (
          share,
        ) => svg`<line class="grid" x1=${PLOT.left} x2=${PLOT.right} y1=${y(share)} y2=${y(share)} />
          <text x=${PLOT.left - 6} y=${y(share) + 4} text-anchor="end">${100 * share}%</text>`,
      )}
      ${decades.map(
        (
          power,
        ) => svg`<line class="grid" x1=${x(10 ** power)} x2=${x(10 ** power)} y1=${PLOT.top} y2=${PLOT.bottom} />
          <text x=${x(10 ** power)} y=${PLOT.bottom + 18} text-anchor="middle">${unit(10 ** power)}</text>`,
      )}
      <text class="axis" x=${PLOT.right} y=${HEIGHT - 6} text-anchor="end">
        energy of an episode
      </text>
      ${spots.map(({ where, key, task: { share, joules_per_episode: joules } }) => {
        const [left, middle, right] = [joules.low, joules.mid, joules.high].map(x);
        return svg`<g class="spot ${where}">
          <line x1=${left} x2=${right} y1=${y(share.value)} y2=${y(share.value)} />
          <line x1=${middle} x2=${middle} y1=${y(share.low)} y2=${y(share.high)} />
          ${
            where === "here"
              ? svg`<circle cx=${middle} cy=${y(share.value)} r="5" />`
              : svg`<rect x=${middle - 5} y=${y(share.value) - 5} width="10" height="10" />`
          }
          <text x=${middle + 8} y=${y(share.value) + (where === "here" ? 17 : -8)}>${key === "single" ? "one move" : key}</text>
        </g>`;
      })}
    </svg>
    <figcaption>
      <span class="here">● here</span> <span class="there">■ there</span>; a number is that of the
      tower’s blocks
    </figcaption>
  </figure>`;
}

/** @param {Results} results */
function table({ agents: { here, there }, paper }) {
  const known = new Map(paper.rows.map((row) => [row.what, row]));
  return html`<div class="tower-table-scroll" tabindex="0" role="region" aria-label="All results">
    <table class="facts">
      <thead>
        <tr>
          <th scope="col">success</th>
          <th scope="col" class="here">here</th>
          <th scope="col">there</th>
          <th scope="col">the paper’s two, as reported</th>
        </tr>
      </thead>
      <tbody>
        ${ORDER.map((key) => {
          const row = known.get(PAPER[key]);
          return html`<tr>
            <th scope="row">${NAMES[key]}${Number(key) > 3 ? ", never shown" : ""}</th>
            <td>${share(here.tasks[key].share)}</td>
            <td>
              ${share(there.tasks[key].share)}<br /><small>${reason(there.tasks[key])}</small>
            </td>
            <td>${row ? `${row.neuro_symbolic}, ${row.end_to_end}` : ""}</td>
          </tr>`;
        })}
        <tr>
          <th scope="row">energy to train</th>
          <td>${ends(here.training.joules)}</td>
          <td>${ends(there.training.joules)}</td>
          <td>0.85 MJ, 68.5 MJ</td>
        </tr>
        <tr>
          <th scope="row">energy for a success, 3 blocks</th>
          <td>${ends(here.tasks["3"].joules_per_success)}</td>
          <td>${ends(there.tasks["3"].joules_per_success)}</td>
          <td>0.87 kJ, 23 kJ</td>
        </tr>
      </tbody>
    </table>
  </div>`;
}

/** @param {Results} results @param {string} kind @param {string} label */
function study(results, kind, label) {
  const rows = results.study[kind];
  const most = rows.at(-1)?.level ?? 1;
  const x = (/** @type {number} */ level) => 40 + (level / most) * 250;
  const y = (/** @type {number} */ part) => 130 - part * 116;
  return html`<figure>
    <figcaption>${label}</figcaption>
    <svg viewBox="0 0 310 160" role="img" aria-label=${told(rows, label)}>
      ${[0, 0.5, 1].map(
        (part) => svg`<line class="grid" x1="40" x2="290" y1=${y(part)} y2=${y(part)} />
          <text x="34" y=${y(part) + 4} text-anchor="end">${100 * part}%</text>`,
      )}
      ${rows.map(({ level }) => svg`<text x=${x(level)} y="150" text-anchor="middle">${level}</text>`)}
      ${SIDES.map(
        (where) => svg`<g class="spot ${where}">
          <polyline points=${rows.map((row) => `${x(row.level)},${y(row[where].value)}`).join(" ")} />
          ${rows.map(
            (row) =>
              svg`<line x1=${x(row.level)} x2=${x(row.level)} y1=${y(row[where].low)} y2=${y(row[where].high)} />`,
          )}
        </g>`,
      )}
    </svg>
  </figure>`;
}

/** @param {{level: number, here: Share, there: Share}[]} rows @param {string} label */
function told(rows, label) {
  const each = rows.map(
    (row) => `${row.level}: here ${percent(row.here.value)}, there ${percent(row.there.value)}`,
  );
  return `${label}. Success at ${each.join("; ")}.`;
}

/** @param {Share} share */
function share({ value, low, high }) {
  return `${percent(value)} (${percent(low)} to ${percent(high)})`;
}

/** @param {number} share */
function percent(share) {
  return `${Number((100 * share).toFixed(share > 0 && share < 1 ? 1 : 0))}\u00a0%`;
}

/** The reason that most failures have. @param {Task} task */
function reason({ failures_by_reason: reasons }) {
  const [most] = Object.entries(reasons).sort((one, other) => other[1] - one[1]);
  return most ? `most often ${most[0]}` : "";
}

/** @param {Ends | null} joules */
function ends(joules) {
  return joules
    ? `${unit(joules.mid)} (${unit(joules.low)} to ${unit(joules.high)})`
    : "it never succeeded";
}

/** @param {number} joules */
function unit(joules) {
  const [factor, name] = joules >= 1e3 ? [1e-3, "kJ"] : joules >= 1 ? [1, "J"] : [1e3, "mJ"];
  return `${Number((joules * factor).toPrecision(2))}\u00a0${name}`;
}

customElements.define("tower-results", TowerResults);
