/** How samples are read: what is proposed, and can be changed. */

import { html } from "lit";
import { numberField, readNumbers } from "../../energy/calibrate/calibration-field.js";
import { isNumbers, useOf } from "../samples/table.js";
import { isWhole, sized, VALUES } from "../samples/picture-plan.js";
import { say } from "../../shared/messages.js";

/** @typedef {import("../samples/picture-plan.js").Plan} Plan */

const CHANNELS = ["red", "green", "blue"];
const SIDE = { least: 4, most: 1024 };
/** What a mean or a deviation can be, for values from 0 to 1. */
const MOST = 1000;

/** @param {Plan} plan @param {Record<string, string>} wrong */
export function picturePlan(plan, wrong) {
  const { width, height, channels, layout, dtype, free } = plan;
  const size = say("own-plan-size", { width, height, channels });
  return html`
    <p
      .textContent=${plan.dims.length === 3 ? `${size} ${say(`own-plan-layout-${layout}`)}` : size}
    ></p>
    <div class="own-fields">
      ${free[0] ? sideField("width", width, wrong) : ""}
      ${free[1] ? sideField("height", height, wrong) : ""}
      ${choice("fit", ["crop", "stretch"], plan.fit)}
      ${channels === 3 ? choice("order", ["rgb", "bgr"], plan.order) : ""}
      ${isWhole(dtype) ? "" : choice("values", VALUES, plan.values)}
      ${choice("invert", ["no", "yes"], plan.invert ? "yes" : "no")}
      ${
        plan.values === "own"
          ? plan.mean.flatMap((_, at) => [
              moment("mean", at, plan.mean[at], channels, wrong),
              moment("std", at, plan.std[at], channels, wrong),
            ])
          : ""
      }
    </div>
  `;
}

/**
 * @param {HTMLFormElement} form
 * @param {Plan} before
 * @returns {{plan: Plan | null, wrong: Record<string, string>}} null: something in it can not be used
 */
export function readPlan(form, before) {
  const { values, wrong } = readNumbers(form);
  if (Object.keys(wrong).length) return { plan: null, wrong };
  const chosen = new FormData(form);
  const get = (/** @type {string} */ name, /** @type {string} */ other) =>
    `${chosen.get(name) ?? other}`;
  const width = Math.round(values.width ?? before.width);
  const height = Math.round(values.height ?? before.height);
  const list = (/** @type {"mean" | "std"} */ name) =>
    before[name].map((value, at) => values[`${name}-${at}`] ?? value);
  const plan = /** @type {Plan} */ ({
    ...before,
    fit: get("fit", before.fit),
    order: get("order", before.order),
    values: get("values", before.values),
    invert: get("invert", "no") === "yes",
    mean: list("mean"),
    std: list("std"),
  });
  const same = width === before.width && height === before.height;
  return { plan: same ? plan : sized(plan, width, height), wrong };
}

/** @param {import("../samples/read.js").Tables} given @param {import("../samples/picture-plan.js").Input[]} inputs */
export function tableChoice({ table, choice: { labels, text } }, inputs) {
  const use = useOf(table, inputs);
  const columns = table.names.map((name, at) => ({ name, at }));
  return html`
    <p
      .textContent=${say(`own-table-use-${use}`, { count: table.names.length - (labels < 0 ? 0 : 1) })}
    ></p>
    <div class="own-fields">
      <div class="power-field">
        <label for="own-labels">${say("own-table-labels")}</label>
        <select id="own-labels" name="labels">
          <option value="-1" .selected=${labels < 0}>${say("own-table-no-labels")}</option>
          ${columns.map(({ name, at }) => option(name, at, labels))}
        </select>
      </div>
      ${
        use === "text"
          ? html`<div class="power-field">
              <label for="own-text">${say("own-table-text")}</label>
              <select id="own-text" name="text">
                ${columns.filter(({ at }) => !isNumbers(table, at) || at === text).map(({ name, at }) => option(name, at, text))}
              </select>
            </div>`
          : ""
      }
    </div>
  `;
}

/** @param {string} name @param {number} at @param {number} chosen */
function option(name, at, chosen) {
  return html`<option
    value=${at}
    translate="no"
    .selected=${at === chosen}
    .textContent=${name}
  ></option>`;
}

/** @param {string} name @param {string[]} all @param {string} chosen */
function choice(name, all, chosen) {
  return html`<div class="power-field">
    <label for="own-plan-${name}">${say(`own-plan-${name}`)}</label>
    <select id="own-plan-${name}" name=${name}>
      ${all.map(
        (each) =>
          html`<option
            value=${each}
            .selected=${each === chosen}
            .textContent=${say(`own-plan-${name}-${each}`)}
          ></option>`,
      )}
    </select>
  </div>`;
}

/** @param {"width" | "height"} name @param {number} value @param {Record<string, string>} wrong */
function sideField(name, value, wrong) {
  return numberField({
    id: `own-plan-${name}`,
    name,
    label: say(`own-plan-${name}`),
    unit: say("own-plan-pixels"),
    hint: say("own-plan-open"),
    wrong: wrong[name],
    ...SIDE,
    value,
  });
}

/** @param {"mean" | "std"} name @param {number} at @param {number} value @param {number} channels @param {Record<string, string>} wrong */
function moment(name, at, value, channels, wrong) {
  const channel = channels === 3 ? CHANNELS[at] : "grey";
  return numberField({
    id: `own-plan-${name}-${at}`,
    name: `${name}-${at}`,
    label: say(`own-plan-${name}`, { channel }),
    unit: "",
    hint: say("own-plan-moment"),
    wrong: wrong[`${name}-${at}`],
    least: name === "std" ? 0.0001 : -MOST,
    most: MOST,
    value,
  });
}
