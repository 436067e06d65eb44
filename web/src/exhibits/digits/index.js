/** Draw a digit: a paper to draw on, and an answer from 0 to 9 with how likely each one is. */

import { html, render } from "lit";
import { about } from "./about.js";
import "./drawing-pad.js";
import "./sample-row.js";
import { scoreBars } from "../../compare/score-bars.js";
import { toImage } from "./strokes.js";
import { SAMPLES, SIDE } from "./samples.js";

/** @typedef {import("./drawing-pad.js").DrawingPad} DrawingPad */

const NAMES = [..."0123456789"];

/** @param {HTMLElement} root */
const pad = (root) => /** @type {DrawingPad} */ (root.querySelector("drawing-pad"));

/** @type {Omit<import("../index.js").AskedView, "id" | "label"> & {about: typeof about}} */
export const exhibit = {
  about,
  things: "digits",

  mount(root, ask) {
    const drawn = () => ask(pad(root).blank ? null : { image: pad(root).image(SIDE) });
    render(
      html`
        <drawing-pad hint="Draw a digit, 0 to 9" @drawing=${drawn}></drawing-pad>
        <sample-row
          label="Or choose a drawing"
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
          ? html`<p class="answer-label answer-none">nothing drawn yet</p>`
          : html`<p class="answer-label" translate="no" .textContent=${label}></p>`
      }
      ${scoreBars(NAMES, label === null ? null : result?.output.scores, "How likely each digit is")}
    `;
  },

  name: ({ label }) => (label === null ? null : `${label}`),
};
