/** How both agents did in many episodes: success against energy as a chart, the table beside the paper's, and the study. */

import { html, svg } from "lit";
import { meterWords } from "../../compare/meter-words.js";
import { ResultsElement } from "../../shared/results-element.js";
import { number, say } from "../../shared/messages.js";
import { exact, said } from "../../shared/said.js";
import { failure } from "./told.js";

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

export class TowerResults extends ResultsElement {
  constructor() {
    super("tower");
  }

  /** @param {Results} results */
  shown(results) {
    const { episodes } = results.agents.here.tasks["3"];
    return html`
      <section class="tower-results" aria-labelledby="tower-results-title">
        <h3 id="tower-results-title">${say("tower-results")}</h3>
        <p>${say("tower-results-how", { episodes })}</p>
        ${chart(results)} ${table(results)}
        <p class="tower-machine">
          ${say("tower-machine")} ${machine(results)} ${say("tower-machine-alone")} ${results.made}.
        </p>
        <details>
          <summary>${say("tower-study")}</summary>
          <div class="tower-study">
            ${study(results, "noise", say("tower-study-noise"))}
            ${study(results, "light", say("tower-study-light"))}
            <p>${say("tower-study-kind")}</p>
          </div>
        </details>
        <details>
          <summary>${say("tower-paper")}</summary>
          <p>${say("tower-paper-how")}</p>
        </details>
      </section>
    `;
  }
}

/** Its name and how energy was counted on it; as it is where that is not known. @param {Results} results */
function machine({ machine }) {
  const end = machine.indexOf(". ") + 1;
  const meter = machine.slice(end).trim();
  const known = meterWords(meter);
  return html`${exact(machine.slice(0, end))}
  ${known ? said(known) : html`<span lang="en">${meter}</span>`}`;
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
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${say("tower-chart")}>
      ${[0, 0.5, 1].map(
        (
          share,
        ) => svg`<line class="grid" x1=${PLOT.left} x2=${PLOT.right} y1=${y(share)} y2=${y(share)} />
          <text x=${PLOT.left - 6} y=${y(share) + 4} text-anchor="end">${tick(share)}</text>`,
      )}
      ${decades.map(
        (
          power,
        ) => svg`<line class="grid" x1=${x(10 ** power)} x2=${x(10 ** power)} y1=${PLOT.top} y2=${PLOT.bottom} />
          <text x=${x(10 ** power)} y=${PLOT.bottom + 18} text-anchor="middle">${unit(10 ** power)}</text>`,
      )}
      <text class="axis" x=${PLOT.right} y=${HEIGHT - 6} text-anchor="end">
        ${say("tower-chart-energy")}
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
          <text x=${middle + 8} y=${y(share.value) + (where === "here" ? 17 : -8)}>${key === "single" ? say("tower-table-single") : key}</text>
        </g>`;
      })}
    </svg>
    <figcaption>
      <span class="here">● ${say("tower-results-here")}</span>
      <span class="there">■ ${say("tower-results-there")}</span>; ${say("tower-chart-number")}
    </figcaption>
  </figure>`;
}

/** @param {Results} results */
function table({ agents: { here, there }, paper }) {
  const known = new Map(paper.rows.map((row) => [row.what, row]));
  return html`<div
    class="tower-table-scroll"
    tabindex="0"
    role="region"
    aria-label=${say("tower-table")}
  >
    <table class="facts">
      <thead>
        <tr>
          <th scope="col">${say("tower-table-success")}</th>
          <th scope="col" class="here">${say("tower-results-here")}</th>
          <th scope="col">${say("tower-results-there")}</th>
          <th scope="col">${say("tower-table-paper")}</th>
        </tr>
      </thead>
      <tbody>
        ${ORDER.map((key) => {
          const row = known.get(PAPER[key]);
          return html`<tr>
            <th scope="row">${kind(key)}</th>
            <td>${share(here.tasks[key].share)}</td>
            <td>
              ${share(there.tasks[key].share)}<br /><small>${reason(there.tasks[key])}</small>
            </td>
            <td>${row ? `${row.neuro_symbolic}, ${row.end_to_end}` : ""}</td>
          </tr>`;
        })}
        <tr>
          <th scope="row">${say("tower-table-training")}</th>
          <td>${ends(here.training.joules)}</td>
          <td>${ends(there.training.joules)}</td>
          <td>${number(0.85)} MJ, ${number(68.5)} MJ</td>
        </tr>
        <tr>
          <th scope="row">${say("tower-table-for-success")}</th>
          <td>${ends(here.tasks["3"].joules_per_success)}</td>
          <td>${ends(there.tasks["3"].joules_per_success)}</td>
          <td>${number(0.87)} kJ, ${number(23)} kJ</td>
        </tr>
      </tbody>
    </table>
  </div>`;
}

/** @param {string} key */
function kind(key) {
  if (key === "single") return say("tower-table-single");
  const blocks = Number(key);
  return say(blocks > 3 ? "tower-table-unshown" : "tower-table-blocks", { blocks });
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
          <text x="34" y=${y(part) + 4} text-anchor="end">${tick(part)}</text>`,
      )}
      ${rows.map(({ level }) => svg`<text x=${x(level)} y="150" text-anchor="middle">${number(level)}</text>`)}
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
  const each = rows.map(({ level, here, there }) =>
    say("tower-study-at", {
      level: number(level),
      here: percent(here.value),
      there: percent(there.value),
    }),
  );
  return say("tower-study-told", { label, each: each.join("; ") });
}

/** @param {Share} share */
function share({ value, low, high }) {
  return `${percent(value)} (${say("tower-range", { low: percent(low), high: percent(high) })})`;
}

/** @param {number} share */
function percent(share) {
  return `${number(Number((100 * share).toFixed(share > 0 && share < 1 ? 1 : 0)))}\u00a0%`;
}

/** @param {number} share */
function tick(share) {
  return number(share, { style: "percent" });
}

/** The reason that most failures have. @param {Task} task */
function reason({ failures_by_reason: reasons }) {
  const [most] = Object.entries(reasons).sort((one, other) => other[1] - one[1]);
  return most ? say("tower-table-mostly", { why: failure(most[0]) }) : "";
}

/** @param {Ends | null} joules */
function ends(joules) {
  return joules
    ? `${unit(joules.mid)} (${say("tower-range", { low: unit(joules.low), high: unit(joules.high) })})`
    : say("tower-table-never");
}

/** @param {number} joules */
function unit(joules) {
  const [factor, name] = joules >= 1e3 ? [1e-3, "kJ"] : joules >= 1 ? [1, "J"] : [1e3, "mJ"];
  const value = Number((joules * factor).toPrecision(2));
  return `${number(value, { maximumSignificantDigits: 2, useGrouping: false })}\u00a0${name}`;
}

customElements.define("tower-results", TowerResults);
