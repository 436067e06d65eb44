/** What went wrong with an answer, which is told in English, in the language that is spoken. */

import { has, say, spoken } from "../../shared/messages.js";

/** How titles are called that say what a status means; others end in "failed". */
const TITLES = { here: "runtime-here-", there: "runtime-there-" };

/**
 * An answer as it is, or where it is a problem, that problem in the visitor's words: a message of its own where it names
 * one, else what its status means, and the English behind that.
 *
 * @param {any} answer
 * @param {"here" | "there"} where
 */
export function understood(answer, where) {
  const { status, detail = "", code = "", values } = answer;
  if (typeof status !== "number" || spoken() === "en") return answer;
  const known = has(code);
  // A part of this page sent what can not be used, and knows best what to say of it.
  if (where === "here" && status < 500 && !known) return answer;
  const title = `${TITLES[where]}${status}`;
  return {
    ...answer,
    title: say(has(title) ? title : `${TITLES[where]}failed`),
    detail: known ? say(code, values) : inEnglish(detail),
  };
}

/** @param {string} text */
function inEnglish(text) {
  return text ? say("runtime-in-english", { text: text.replace(/\.$/, "") }) : say("runtime-again");
}
