/** What can be changed on a bill: how often, the prices, and where the electricity comes from. */

import { html } from "lit";
import { guard } from "lit/directives/guard.js";
import { sum } from "./bill-format.js";
import { MOST } from "./link.js";
import { numberField } from "../energy/calibrate/calibration-field.js";
import { named } from "../energy/energy-panel.js";
import { number, say } from "../shared/messages.js";

/** @typedef {import("./bill.js").Options} Options */

/** For each person, some 33 a day. */
export const EACH = 1000;
/** Whose month it is. */
export const PEOPLE = [
  { who: "person", times: EACH },
  { who: "school", times: 500 * EACH },
  { who: "firm", times: 10_000 * EACH },
];
const CURRENCIES = ["USD", "EUR"];
/** What the core assumes where nothing is typed, from the lowest to the highest: py_src/hundredfold/energy/bill.py. */
export const ASSUMED = {
  price_per_kwh: [0.1, 0.5],
  price_per_million_tokens: [0.1, 10],
  tokens_per_request: [200, 2000],
};

/** @param {string} exhibit @param {number} times @param {string} [wrong] */
export function timesField(exhibit, times, wrong) {
  return numberField({
    id: `${exhibit}-bill-per-month`,
    name: "per_month",
    label: say("bill-times"),
    unit: say("bill-times-unit"),
    hint: say("bill-people-note", { each: EACH, day: Math.round(EACH / 30) }),
    wrong,
    least: 0,
    most: MOST.per_month,
    value: times,
  });
}

/** @param {string} exhibit @param {string | undefined} chosen @param {(currency: string) => void} choose */
export function currencyField(exhibit, chosen, choose) {
  const id = `${exhibit}-bill-currency`;
  return html`<div class="power-field">
    <label for=${id}>${say("bill-currency")}</label>
    <select
      id=${id}
      @change=${(/** @type {Event} */ { target }) => choose(/** @type {HTMLSelectElement} */ (target).value)}
    >
      ${CURRENCIES.map(
        (code) =>
          html`<option value=${code} .selected=${code === chosen} translate="no">${code}</option>`,
      )}
    </select>
    <p class="power-hint">${say("bill-currency-note")}</p>
  </div>`;
}

/** @param {string} exhibit @param {Options} options @param {Record<string, string>} wrong */
export function priceFields(exhibit, options, wrong) {
  const currency = options.currency ?? CURRENCIES[0];
  const field = (/** @type {keyof typeof ASSUMED} */ name, /** @type {string} */ unit) => {
    const [low, high] = ASSUMED[name].map((value) =>
      unit === currency ? sum(value, currency) : number(value),
    );
    return numberField({
      id: `${exhibit}-bill-${name.replaceAll("_", "-")}`,
      name,
      label: say(`bill-${name.replaceAll("_", "-")}`),
      unit,
      hint: say("bill-assumed", { low, high }),
      wrong: wrong[name],
      least: 0,
      most: MOST[name],
      optional: true,
      value: options[name] ?? null,
    });
  };
  return [
    field("price_per_kwh", currency),
    field("price_per_million_tokens", currency),
    field("tokens_per_request", say("bill-tokens-unit")),
  ];
}

/**
 * @param {string} exhibit
 * @param {import("../energy/energy.js").Energy} energy
 * @param {(code: string) => void} choose
 */
export function countryField(exhibit, { countries, country }, choose) {
  const id = `${exhibit}-bill-country`;
  return html`<div class="power-field">
    <label for=${id}>${say("energy-country")}</label>
    <select
      id=${id}
      @change=${(/** @type {Event} */ { target }) => choose(/** @type {HTMLSelectElement} */ (target).value)}
    >
      ${guard(
        [countries, country],
        () =>
          html`<option value="" .selected=${!country}>${say("energy-country-world")}</option>
            ${named(countries).map(
              (each) =>
                html`<option
                  value=${each.code}
                  .selected=${each.code === country}
                  .textContent=${each.name}
                ></option>`,
            )}`,
      )}
    </select>
    <p class="power-hint">${say("bill-country-note")}</p>
  </div>`;
}
