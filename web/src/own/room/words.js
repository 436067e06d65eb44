/** The room's messages, which come with its program. */

import { has, learn, spoken } from "../../shared/messages.js";

const CATALOGUES = import.meta.glob("../../../locales/*/own.ftl", {
  query: "?raw",
  import: "default",
});

if (!has("own-drop"))
  learn(/** @type {string} */ (await CATALOGUES[`../../../locales/${spoken()}/own.ftl`]()));
