/** What all elements of the page are made from: Lit without a shadow root, so that one stylesheet reaches everything. */

import { LitElement } from "lit";

export class LightElement extends LitElement {
  createRenderRoot() {
    return this;
  }
}
