/** The bill's messages, which come with its program. */

import { has, learn, spoken } from "../shared/messages.js";

const CATALOGUES = import.meta.glob("../../locales/*/bill.ftl", {
  query: "?raw",
  import: "default",
});

if (!has("bill-often"))
  learn(/** @type {string} */ (await CATALOGUES[`../../locales/${spoken()}/bill.ftl`]()));
