/** One sample as a picture, drawn as the model gets it: small ones with their pixels, so that nothing is smoothed away. */

import { html } from "lit";
import { LightElement } from "../../shared/light-element.js";

/** On a side; of larger pictures no pixel is seen. */
const SMALL = 96;

export class SamplePicture extends LightElement {
  static properties = { seen: { attribute: false }, label: {} };

  constructor() {
    super();
    /** @type {import("../samples/shown.js").Seen | null} */
    this.seen = null;
    /** What somebody hears who does not see it. */
    this.label = "";
  }

  render() {
    const { width = 1, height = 1 } = this.seen ?? {};
    return html`<canvas
      class=${Math.max(width, height) <= SMALL ? "own-pixels" : ""}
      width=${width}
      height=${height}
      role="img"
      aria-label=${this.label}
    ></canvas>`;
  }

  updated() {
    const { seen } = this;
    const paper = this.querySelector("canvas")?.getContext("2d");
    if (seen && paper) paper.putImageData(new ImageData(seen.rgba, seen.width, seen.height), 0, 0);
  }
}

customElements.define("sample-picture", SamplePicture);
