/** A field for a number with its unit: says what it is for, and in the same place what is wrong with it. */

import { html } from "lit";

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
          type="number"
          inputmode="decimal"
          step="any"
          autocomplete="off"
          min=${least}
          max=${most}
          value=${rest.value ?? ""}
          ?required=${!rest.optional}
          aria-invalid=${wrong ? "true" : "false"}
          aria-describedby="${id}-note"
        />
        ${unit}
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
  for (const input of form.querySelectorAll("input")) {
    const { valid } = input.validity;
    values[input.name] = valid && input.value !== "" ? input.valueAsNumber : null;
    if (!valid) wrong[input.name] = advice(input);
  }
  return { values, wrong };
}

/** @param {HTMLElement} element whose first field with something wrong gets the focus */
export function focusWrong(element) {
  /** @type {HTMLElement | null} */ (element.querySelector("[aria-invalid=true]"))?.focus();
}

/** The core's words as a sentence. @param {string} text */
export function sentence(text) {
  if (!text) return "";
  const end = /[.!?]$/.test(text) ? "" : ".";
  return `${text[0].toUpperCase()}${text.slice(1)}${end}`;
}

/** @param {unknown} error */
export function reason(error) {
  return sentence(error instanceof Error ? error.message : String(error));
}

/** @param {HTMLInputElement} input */
function advice({ validity, min, max }) {
  if (validity.badInput) return "Type a number, such as 7.5.";
  if (validity.valueMissing) return "Type a number here first.";
  return `Type a number from ${min} to ${max}.`;
}
