/** What was tried on the way to the smaller model, one click away. */

import { html } from "lit";
import { fixed, size, time, words } from "../../shared/format.js";
import { has, number, say } from "../../shared/messages.js";
import { sentence } from "./sentences.js";

const MOST_ROWS = 100;
const COLUMNS = ["method", "floats", "bytes", "time", "loss", "holds"];

/** @param {import("./work.js").Outcome} made */
export function tried({ small }) {
  const all = small.tried ?? [];
  if (!all.length) return "";
  return html`<details>
    <summary .textContent=${say("own-tried", { count: all.length })}></summary>
    <div class="own-bounded" tabindex="0" role="region" aria-label=${say("own-tried-table")}>
      <table class="facts">
        <thead>
          <tr>
            ${COLUMNS.map((name) => html`<th scope="col">${say(`own-tried-${name}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${all.slice(0, MOST_ROWS).map(row)}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** @param {import("./told.js").Tried} each */
function row({ method, bytes, floats, loss, holds, model_ms, why }) {
  return html`<tr>
    <th scope="row" .textContent=${methodName(method)}></th>
    <td .textContent=${number(floats.length)}></td>
    <td .textContent=${words(size(bytes))}></td>
    <td .textContent=${words(time(model_ms))}></td>
    <td .textContent=${loss === null ? "–" : fixed(loss, 1)}></td>
    <td .textContent=${why ? sentence(why) : say(holds ? "own-tried-yes" : "own-tried-no")}></td>
  </tr>`;
}

/** @param {string} method */
export function methodName(method) {
  const code = `own-method-name-${method}`;
  return has(code) ? say(code) : method;
}
