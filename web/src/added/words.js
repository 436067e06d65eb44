/** The messages of exhibits that were added, which come with their program. */

import { has, learn, spoken } from "../shared/messages.js";

const CATALOGUES = import.meta.glob("../../locales/*/added.ftl", {
  query: "?raw",
  import: "default",
});

if (!has("added-lead"))
  learn(/** @type {string} */ (await CATALOGUES[`../../locales/${spoken()}/added.ftl`]()));
