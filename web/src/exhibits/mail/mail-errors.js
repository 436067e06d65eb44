/** Both mistakes of every model that sorts mail: as curves, as a table, and each point of them in numbers. */

import { html, svg } from "lit";
import { ResultsElement } from "../../shared/results-element.js";
import { percent, words } from "../../shared/format.js";
import { list, number, say } from "../../shared/messages.js";
import { exact, said } from "../../shared/said.js";
import { line, rows, scale } from "./error-curve.js";

/**
 * @typedef {import("./error-curve.js").Errors & {hard_good_taken_for_spam?: Share}} Errors
 * @typedef {import("./error-curve.js").Scale} Scale
 * @typedef {import("./error-curve.js").Share} Share
 * @typedef {Record<string, Record<string, Errors>>} Results by model, and by the mails that it was asked about
 * @typedef {{id: string, where: "here" | "there", errors: Errors, shape: string, style: string}} Model
 */

/** What tells the models apart without colour: the mark where they decide, and how their line is drawn. */
const SHAPES = ["M-5 -5H5V5H-5Z", "M0 -11L11 0L0 11L-11 0Z", "M0 -4A4 4 0 1 1 0 4A4 4 0 1 1 0 -4Z"];
const STYLES = ["plain", "dotted", "dashed"];
const TEST = "test";

export class MailErrors extends ResultsElement {
  static properties = { ladder: { attribute: false } };

  constructor() {
    super("mail");
    /** @type {import("../../shared/result.js").Ladder | null} */
    this.ladder = null;
  }

  /** @param {Results} results */
  shown(results) {
    const models = this.#models(results);
    const { good_taken_for_spam: good, spam_missed: spam } = models[0].errors;
    return html`
      <p>${say("mail-errors-how", { good: good.n, spam: spam.n })}</p>
      ${chart(models)} ${table(models)} ${hard(results)}
      <details>
        <summary>${say("mail-errors-points")}</summary>
        ${points(models)}
      </details>
    `;
  }

  /** @param {Results} results @returns {Model[]} */
  #models(results) {
    const baselines = this.ladder?.variants.filter(({ role }) => role === "baseline") ?? [];
    return Object.entries(results).map(([id, { [TEST]: errors }], index) => ({
      id,
      where: baselines.some((each) => each.id === id) ? "there" : "here",
      errors,
      shape: SHAPES[index % SHAPES.length],
      style: STYLES[index % STYLES.length],
    }));
  }
}

/** @param {Model[]} models */
function chart(models) {
  const on = scale(models.map(({ errors }) => errors));
  return html`<figure class="mail-errors-chart">
    <p class="mail-errors-axis" aria-hidden="true">${say("mail-errors-missed")}</p>
    <svg class="mail-errors-plot" role="img" aria-label=${say("mail-errors-chart")}>
      ${on.missed.map(({ share, at }) => {
        const y = `${100 - at}%`;
        return svg`<line class="grid" x1="0" x2="100%" y1=${y} y2=${y} />
          <text x="-8" y=${y} dy="0.35em" text-anchor="end">${tick(share)}</text>`;
      })}
      ${on.lost.map(({ share, at, named }) => {
        const x = `${at}%`;
        return svg`<line class="grid" x1=${x} x2=${x} y1="0" y2="100%" />
          ${named ? svg`<text x=${x} y="100%" dy="1.5em" text-anchor="middle">${tick(share)}</text>` : ""}`;
      })}
      <svg viewBox="0 0 100 100" preserveAspectRatio="none">
        ${models.map(
          ({ where, style, errors }) =>
            svg`<polyline class="${where} ${style}" points=${line(errors.curve, on)} />`,
        )}
      </svg>
      ${models.map((model) => decided(model, on))}
    </svg>
    <p class="mail-errors-axis mail-errors-across" aria-hidden="true">${say("mail-errors-lost")}</p>
    <figcaption>
      ${models.map(
        ({ id, where, style, shape }) =>
          html`<span class="mail-errors-key ${where}">
            <svg viewBox="0 0 60 24" aria-hidden="true">
              <line class=${style} x1="0" x2="60" y1="12" y2="12" />
              <path class=${style} transform="translate(30 12)" d=${shape} />
            </svg>
            ${exact(id)}
          </span>`,
      )}
    </figcaption>
  </figure>`;
}

/** Where a model decides, with the ranges of both shares. @param {Model} model @param {Scale} on */
function decided({ where, shape, style, errors }, { x, y }) {
  const { good_taken_for_spam: lost, spam_missed: missed } = errors;
  const at = { x: `${x(lost.value)}%`, y: `${y(missed.value)}%` };
  return svg`<g class="spot ${where}">
    <line x1="${x(lost.low)}%" x2="${x(lost.high)}%" y1=${at.y} y2=${at.y} />
    <line x1=${at.x} x2=${at.x} y1="${y(missed.low)}%" y2="${y(missed.high)}%" />
    <svg x=${at.x} y=${at.y} overflow="visible"><path class=${style} d=${shape} /></svg>
  </g>`;
}

/** @param {Model[]} models */
function table(models) {
  const facts = html`<table class="facts">
    <thead>
      <tr>
        <th scope="col">${say("compare-row-model")}</th>
        <th scope="col">${say("mail-errors-lost")}</th>
        <th scope="col">${say("mail-errors-missed")}</th>
        <th scope="col">${say("mail-errors-none-lost")}</th>
      </tr>
    </thead>
    <tbody>
      ${models.map(
        ({ id, errors: { good_taken_for_spam: lost, spam_missed: missed, curve } }) =>
          html`<tr>
            <th scope="row">${exact(id)}</th>
            <td>${range(lost)}</td>
            <td>${range(missed)}</td>
            <td>${exact(share(curve[0].spam_missed))}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
  return scrolled(say("mail-errors-figures"), facts);
}

/** A table that a phone shows a part of. @param {string} label @param {unknown} facts */
function scrolled(label, facts) {
  return html`<div class="mail-errors-scroll" tabindex="0" role="region" aria-label=${label}>
    ${facts}
  </div>`;
}

/** Good mails that look like spam: the test may have none, and then others tell how often they are lost. @param {Results} results */
function hard(results) {
  if (Object.values(results).some(({ [TEST]: errors }) => errors.hard_good_taken_for_spam))
    return "";
  const each = Object.entries(results).flatMap(([id, parts]) =>
    Object.values(parts).flatMap(({ hard_good_taken_for_spam: lost }) =>
      lost ? [say("mail-errors-hard-of", { id, ...ends(lost), n: lost.n })] : [],
    ),
  );
  return each.length ? html`<p>${said(say("mail-errors-hard", { each: list(each) }))}</p>` : "";
}

/** @param {Model[]} models */
function points(models) {
  const [{ n }] = models.map(({ errors }) => errors.good_taken_for_spam);
  const facts = html`<table class="facts">
    <thead>
      <tr>
        <th scope="col" rowspan="2">${say("mail-errors-lost")}</th>
        <th scope="colgroup" colspan=${models.length}>${say("mail-errors-missed")}</th>
      </tr>
      <tr>
        ${models.map(({ id }) => html`<th scope="col">${exact(id)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows(models.map(({ errors }) => errors.curve)).map(
        ({ lost, missed }) =>
          html`<tr>
            <th scope="row" translate="no">${number(Math.round(lost * n))} (${share(lost)})</th>
            ${missed.map((each) => html`<td translate="no">${each === null ? "" : share(each)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
  return scrolled(say("mail-errors-points"), facts);
}

/** @param {Share} share */
function range(share) {
  return said(say("mail-errors-range", ends(share)));
}

/** @param {Share} of */
function ends({ value, low, high }) {
  return { share: share(value), low: share(low), high: share(high) };
}

/** With the digits that it deserves. @param {number} share */
function share(share) {
  return words(percent(share, share === 0 ? 0 : share < 0.01 ? 2 : 1));
}

/** @param {number} share */
function tick(share) {
  return words({ number: number(100 * share, { maximumFractionDigits: 5 }), unit: "%" });
}

customElements.define("mail-errors", MailErrors);
