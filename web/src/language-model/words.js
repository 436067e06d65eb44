/** What is told about a language model comes with its program. */

import { has, learn, spoken } from "../shared/messages.js";

const CATALOGUES = import.meta.glob("../../locales/*/language-model.ftl", {
  query: "?raw",
  import: "default",
});

if (!has("llm-right"))
  learn(/** @type {string} */ (await CATALOGUES[`../../locales/${spoken()}/language-model.ftl`]()));
