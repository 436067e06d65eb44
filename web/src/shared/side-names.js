/** How a visitor knows the two sides. */

import { say } from "./messages.js";

export const NAMES = { here: named("here"), there: named("there") };

/** The place of a side whose answers were recorded. */
export const recordedPlace = () => say("shared-recorded");

/** @param {"here" | "there"} where */
function named(where) {
  return {
    get title() {
      return say(`shared-side-${where}`);
    },
    get place() {
      return say(`shared-place-${where}`);
    },
  };
}
