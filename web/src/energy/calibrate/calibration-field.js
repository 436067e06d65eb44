/** A field for a number with its unit: says what it is for, and in the same place what is wrong with it. */

import { html } from "lit";
import { has, say } from "../../shared/messages.js";
import { toType, typedNumber } from "../../shared/typed-number.js";

/** The core takes no more: py_src/hundredfold/energy/devices.py. */
export const MOST_W = 2000;

/**
 * @typedef {object} Field
 * @property {string} id of the input, unique on the page
 * @property {string} name of the input in its form
 * @property {string} label
 * @property {string} unit
 * @property {string} hint what to type
 * @property {string} [wrong] what is wrong with what was typed; stands in for the hint
 * @property {number} least
 * @property {number} most
 * @property {boolean} [optional]
 * @property {number | null} [value] to begin with; what a visitor typed stays
 */

/** @param {Field} field */
export function numberField({ id, name, label, unit, hint, wrong = "", least, most, ...rest }) {
  return html`
    <div class="power-field">
      <label for=${id} .textContent=${label}></label>
      <span>
        <input
          id=${id}
          name=${name}
          inputmode="decimal"
          autocomplete="off"
          data-unit=${unit}
          data-least=${least}
          data-most=${most}
          value=${typeof rest.value === "number" ? toType(rest.value) : ""}
          ?required=${!rest.optional}
          aria-invalid=${wrong ? "true" : "false"}
          aria-describedby="${id}-note"
        />
        <span translate="no">${unit}</span>
      </span>
      <p
        id="${id}-note"
        class=${wrong ? "power-wrong" : "power-hint"}
        .textContent=${wrong || hint}
      ></p>
    </div>
  `;
}

/**
 * What stands in a form's fields, and what is wrong with each that can not be used.
 *
 * @param {HTMLFormElement} form of number fields
 * @returns {{values: Record<string, number | null>, wrong: Record<string, string>}}
 */
export function readNumbers(form) {
  /** @type {Record<string, number | null>} */
  const values = {};
  /** @type {Record<string, string>} */
  const wrong = {};
  for (const { name, value, required, dataset } of form.querySelectorAll("input")) {
    const { unit = "", least, most } = dataset;
    const asked = { unit, least: Number(least), most: Number(most), optional: !required };
    const typed = typedNumber(value, asked);
    values[name] = typed.value;
    if (typed.wrong) wrong[name] = typed.wrong;
  }
  return { values, wrong };
}

/** @param {HTMLElement} element whose first field with something wrong gets the focus */
export function focusWrong(element) {
  /** @type {HTMLElement | null} */ (element.querySelector("[aria-invalid=true]"))?.focus();
}

/**
 * The core's words as a sentence: those of the catalogue where a refusal has a message in it.
 *
 * @param {string | import("../calibration.js").Refusal} told
 */
export function sentence(told) {
  if (!told) return "";
  const { code, values, detail } =
    typeof told === "string" ? { code: "", values: {}, detail: told } : told;
  const text = code && has(code) ? say(code, values) : detail;
  const end = /[.!?]$/.test(text) ? "" : ".";
  return `${text[0].toUpperCase()}${text.slice(1)}${end}`;
}

/** @param {unknown} error */
export function reason(error) {
  return sentence(error instanceof Error ? error.message : String(error));
}
