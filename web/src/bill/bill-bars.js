/** The totals: each way's electricity, money and CO2 equivalent with their ranges, and the electricity drawn on one axis. */

import { html, svg } from "lit";
import { co2e, electricity, money, scaled } from "./bill-format.js";
import { axis } from "../energy/energy-axis.js";
import { mark } from "../energy/energy-bars.js";
import { quantity } from "../energy/energy-format.js";
import { say } from "../shared/messages.js";

/** @typedef {import("./month.js").Month} Month */
/** @typedef {import("./month.js").MonthWay} MonthWay */
/** @typedef {import("../shared/result.js").Figure} Figure */

/** kWh in larger units. */
const LARGE = /** @type {[number, string][]} */ ([
  [1e9, "TWh"],
  [1e6, "GWh"],
  [1e3, "MWh"],
]);

/** @param {Month} told @param {import("./ways.js").Ways} known */
export function bars(told, { first, light }) {
  const scale = axis(told.ways.flatMap(({ energy }) => energy ?? []));
  return html`<figure class="bill-ways">
    <p
      class="bill-total"
      role="status"
      .textContent=${say("bill-total", { times: told.per_month })}
    ></p>
    <p class="bill-light" .textContent=${light ? say("bill-light") : ""}></p>
    ${told.ways.map((way) => row(way, scale, first))}
    <div class="energy-axis" aria-hidden="true">
      ${scale.ticks
        .filter(({ named }) => named)
        .map(
          ({ value, at }) =>
            html`<span translate="no" .style=${`left: ${at}`} .textContent=${tick(value)}></span>`,
        )}
    </div>
    <figcaption>${say("bill-caption")}</figcaption>
  </figure>`;
}

/** Its side, and what answers there, in words. @param {MonthWay} way */
export function name({ where, variant }) {
  const place = say(`bill-place-${where}`);
  return {
    title: say(`bill-way-${where}`),
    place: variant ? say("bill-place", { place, variant }) : place,
  };
}

/** @param {MonthWay} way @param {import("../energy/energy-axis.js").Axis} scale @param {string} first */
function row(way, scale, first) {
  const { where, energy, money: paid, co2e: emitted } = way;
  const { title, place } = name(way);
  return html`<div class="bill-way ${where}" data-where=${where} data-variant=${way.variant ?? ""}>
    <p class="bill-name">${title} <small .textContent=${place}></small></p>
    ${
      energy && paid && emitted
        ? html`<dl>
            ${cell(say("bill-electricity"), energy, electricity)}
            ${cell(say(where === "hosted" ? "bill-tokens-paid" : "bill-electricity-paid"), paid, money)}
            ${cell(say("bill-co2e"), emitted, co2e)}
          </dl>`
        : html`<p class="bill-first" .textContent=${say(first)}></p>`
    }
    <svg aria-hidden="true">
      ${scale.ticks.map(({ at }) => svg`<line class="tick" x1=${at} x2=${at} y1="0" y2="100%" />`)}
      ${energy?.high ? mark(energy, scale) : ""}
    </svg>
  </div>`;
}

/** @param {string} label @param {Figure} figure @param {(figure: Figure) => import("./bill-format.js").Told} say */
function cell(label, figure, say) {
  const { unit, low, mid, high } = figure;
  const { about, ends } = say(figure);
  return html`<div data-figure=${unit} data-low=${low} data-mid=${mid} data-high=${high}>
    <dt>${label}</dt>
    <dd>
      <strong translate="no" .textContent=${about}></strong>
      <small .textContent=${ends}></small>
    </dd>
  </div>`;
}

/** Short, so that the last one has room on a phone. @param {number} kwh */
function tick(kwh) {
  const [size, name] = LARGE.find(([each]) => kwh >= each) ?? [];
  if (size) return quantity(kwh / size, `${name}`);
  const { mid, unit } = scaled({ low: kwh, mid: kwh, high: kwh, unit: "kWh" });
  return quantity(mid, unit);
}
