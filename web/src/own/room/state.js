/** How far a job is, and what became of it. */

import { html } from "lit";
import { has, say } from "../../shared/messages.js";
import { sentence } from "./sentences.js";

/** @typedef {import("./work.js").What} What */

/** Jobs that no button of their own ends. */
const OWN = new Set(["open", "read"]);

/** @param {import("./work.js").Work} work @param {What} what */
export function state(work, what) {
  const { busy, trouble, ended } = work;
  const running = busy?.what === what ? busy : null;
  const isWrong = !running && trouble?.what === what;
  const text = running
    ? phaseWords(running)
    : isWrong
      ? sentence(trouble.problem)
      : ended === what
        ? say(`own-ended-${what}`)
        : "";
  return html`<div class="own-state">
    ${
      running
        ? html`<progress
            max="1"
            .value=${running.done}
            aria-label=${say("own-progress")}
          ></progress>`
        : ""
    }
    <p class=${isWrong ? "own-problem" : "own-phase"} .textContent=${text}></p>
    ${
      running && OWN.has(what)
        ? html`<button type="button" ?disabled=${running.stopping} @click=${() => work.cancel()}>
            ${say("own-cancel")}
          </button>`
        : ""
    }
  </div>`;
}

/** What became of the last job that did not do what it was to do; "": there was none. @param {import("./work.js").Work} work */
export function ending({ trouble, ended }) {
  if (trouble) return sentence(trouble.problem);
  return ended ? say(`own-ended-${ended}`) : "";
}

/** @param {import("./work.js").Busy} busy */
function phaseWords({ phase, done, stopping, what }) {
  if (stopping) return say("own-stopping");
  const code = `own-phase-${phase}`;
  const share = Math.round(100 * Math.min(1, Math.max(0, done)));
  return phase && has(code) ? say(code, { share }) : say(`own-doing-${what}`);
}
