/** Draw a digit: a paper to draw on, and an answer from 0 to 9 with how likely each one is. */

import { html, render } from "lit";
import "../ui/drawing-pad.js";
import "../ui/sample-row.js";
import { scoreBars } from "../ui/score-bars.js";
import { toImage } from "../ui/strokes.js";
import { SAMPLES } from "./digits/samples.js";

/** @typedef {import("../ui/drawing-pad.js").DrawingPad} DrawingPad */

const SIDE = 84;
const NAMES = [..."0123456789"];

/** @type {import("./index.js").AskedView} */
export const digits = {
  id: "digits",
  label: "Draw a digit",
  things: "digits",

  mount(root, ask) {
    const pad = () => /** @type {DrawingPad} */ (root.querySelector("drawing-pad"));
    const drawn = () => ask(pad().blank ? null : { image: pad().image(SIDE) });
    render(
      html`
        <drawing-pad hint="Draw a digit, 0 to 9" @drawing=${drawn}></drawing-pad>
        <sample-row
          label="Or choose a drawing"
          .samples=${SAMPLES}
          @sample=${(/** @type {CustomEvent} */ { detail }) => pad().play(detail.strokes)}
        ></sample-row>
      `,
      root,
    );
  },

  example: () => ({ image: toImage(SAMPLES[3].strokes, SIDE) }),

  render(result) {
    const label = result?.output.label ?? null;
    return html`
      ${
        label === null
          ? html`<p class="answer-label answer-none">nothing drawn yet</p>`
          : html`<p class="answer-label">${label}</p>`
      }
      ${scoreBars(NAMES, label === null ? null : result?.output.scores, "How likely each digit is")}
    `;
  },

  name: ({ label }) => (label === null ? null : `${label}`),
};
