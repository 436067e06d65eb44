/** What the core and its records tell of the tower in English, in the page's language; what is not known stays as it is. */

import { say } from "../../shared/messages.js";

/** Why an episode failed, as world.py and models/tower/results.json say it. */
const FAILURES = /** @type {Record<string, string>} */ ({
  "a larger block came to rest on a smaller one": "tower-why-larger",
  "a block was dropped": "tower-why-dropped",
  "a block toppled off its edge": "tower-why-toppled",
  "a block came to rest outside the areas": "tower-why-outside",
  "it ran out of steps": "tower-why-timeout",
});
/** Why a push is refused, as world.py says it. */
const REFUSALS = /** @type {Record<string, string>} */ ({
  "a block is falling, or it is all over: wait, or begin another episode": "tower-refused-falling",
  "the gripper is in the way: choose another place, or wait": "tower-refused-gripper",
  "a block would lie on a smaller one, on an edge or outside: choose another place":
    "tower-refused-place",
});
export const KNOWN = { FAILURES, REFUSALS };

/** @param {string} text */
export function failure(text) {
  return FAILURES[text] ? say(FAILURES[text]) : text;
}

/** Why a push was refused. @param {any} problem */
export function refused({ detail, message }) {
  return REFUSALS[detail] ? say(REFUSALS[detail]) : message;
}
