/** Draw a digit: a paper to draw on, and an answer from 0 to 9 with how likely each one is. */

import { html, render } from "lit";
import "./drawing-pad.js";
import "./sample-row.js";
import { scoreBars } from "../../compare/score-bars.js";
import { say } from "../../shared/messages.js";
import { toImage } from "./strokes.js";
import { SAMPLES, SIDE } from "./samples.js";

/** @typedef {import("./drawing-pad.js").DrawingPad} DrawingPad */

const NAMES = [..."0123456789"];

/** @param {HTMLElement} root */
const pad = (root) => /** @type {DrawingPad} */ (root.querySelector("drawing-pad"));

/** @type {Omit<import("../index.js").AskedView, "id" | "label">} */
export const exhibit = {
  get things() {
    return say("digits-things");
  },

  mount(root, ask) {
    const drawn = () => ask(pad(root).blank ? null : { image: pad(root).image(SIDE) });
    render(
      html`
        <drawing-pad hint=${say("digits-hint")} @drawing=${drawn}></drawing-pad>
        <sample-row
          label=${say("digits-samples")}
          .samples=${SAMPLES}
          @sample=${(/** @type {CustomEvent} */ { detail }) => pad(root).play(detail.strokes)}
        ></sample-row>
      `,
      root,
    );
  },

  made: (root) => pad(root).strokes,

  restore: (root, made) => void pad(root).updateComplete.then(() => pad(root).show(made)),

  example: () => ({ image: toImage(SAMPLES[3].strokes, SIDE) }),

  render(result) {
    const label = result?.output.label ?? null;
    return html`
      ${
        label === null
          ? html`<p class="answer-label answer-none">${say("digits-nothing")}</p>`
          : html`<p class="answer-label" translate="no" .textContent=${label}></p>`
      }
      ${scoreBars(NAMES, label === null ? null : result?.output.scores, say("digits-scores"))}
    `;
  },

  name: ({ label }) => (label === null ? null : `${label}`),
};
