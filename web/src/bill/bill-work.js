/** The work: each total as the product that it is, and every input with its source. */

import { html } from "lit";
import { EACH, PEOPLE } from "./bill-fields.js";
import { name } from "./bill-bars.js";
import { co2e, electricity, inLine, moneyToTheEnd, oneAnswer } from "./bill-format.js";
import { figureItem } from "../energy/energy-working.js";
import { number, say } from "../shared/messages.js";

/** @typedef {import("./month.js").Month} Month */
/** @typedef {import("../shared/result.js").Figure} Figure */

/** @param {Month} told */
export function work(told) {
  const { prices, grids, stated } = told;
  // Where its operator states none, the server's electricity is that of the hosted one.
  const inputs = [
    ...Object.values(prices),
    grids.here,
    ...(stated ? [grids.there] : []),
    grids.hosted,
  ];
  return html`<div class="bill-work energy-working">
    <h3>${say("bill-work")}</h3>
    <p>${say("bill-work-says")}</p>
    ${told.ways.map((way) => (way.energy ? product(told, way) : ""))}
    <h4>${say("bill-inputs")}</h4>
    <ul>
      <li>
        <p class="line">
          <span class="label">${say("figures-times-in-a-month")}</span>
          <span class="value" translate="no" .textContent=${number(told.per_month)}></span>
        </p>
        <p class="source" .textContent=${chosen(told.per_month)}></p>
      </li>
      ${inputs.map((figure) => figureItem(figure, false))}
    </ul>
  </div>`;
}

/** @param {Month} told @param {import("./month.js").MonthWay} way */
function product({ per_month, prices, grids }, way) {
  const { where, answer, energy, money: paid, co2e: emitted } = way;
  if (!answer || !energy || !paid || !emitted) return "";
  const { title, place } = name(way);
  const [times, electric] = [number(per_month), inLine(electricity(energy))];
  const lines = [
    say("bill-product", { parts: parts(inLine(oneAnswer(answer)), times), result: electric }),
    say("bill-product", {
      parts:
        where === "hosted"
          ? parts(
              times,
              tokens(prices.tokens),
              say("bill-per-million", { price: price(prices.million_tokens) }),
            )
          : parts(electric, say("bill-per-kwh", { price: price(prices.kwh) })),
      result: inLine(moneyToTheEnd(paid)),
    }),
    say("bill-product", {
      parts: parts(electric, grid(grids[where])),
      result: inLine(co2e(emitted)),
    }),
  ];
  const own = where === "there" && answer.inputs.waiting ? say("bill-waiting") : "";
  return html`
    <h4 class=${where}>${title} <small .textContent=${place}></small></h4>
    ${lines.map((line) => html`<p class="bill-product" .textContent=${line}></p>`)}
    <p class="bill-note" .textContent=${own}></p>
    <ul>
      ${figureItem(answer, true)}
    </ul>
  `;
}

/** Where "how often" comes from. @param {number} times */
function chosen(times) {
  const { who = "other" } = PEOPLE.find((each) => each.times === times) ?? {};
  return say("bill-chosen", { who, each: EACH });
}

/** @param {...string} each */
const parts = (...each) => each.join(" × ");

/** @param {Figure} figure */
const price = (figure) => inLine(moneyToTheEnd(figure));

/** @param {Figure} figure */
function tokens({ low, mid, high }) {
  const about = say("bill-tokens", { count: mid });
  return low === high
    ? about
    : say("bill-with-range", {
        about,
        ends: say("energy-ends", { from: number(low), to: number(high) }),
      });
}

/** @param {Figure} figure in g CO2e/kWh */
function grid({ low, mid, high }) {
  return say("bill-grid", { low: Math.round(low), mid: Math.round(mid), high: Math.round(high) });
}
