/** Sort a mail: a field to paste one into, and whether it is spam, with what its words added to that. */

import { html } from "lit";
import { say } from "../../shared/messages.js";
import { textExhibit } from "../../text/exhibit.js";

export const exhibit = textExhibit({
  id: "mail",
  labels: ["ham", "spam"],
  messages: {
    field: "mail-field",
    hint: "mail-hint",
    choose: "mail-choose",
    things: "mail-things",
    opening: "mail-opening",
    notFetched: "mail-not-fetched",
    many: "mail-many",
    nothing: "mail-nothing",
    sure: "mail-sure",
    scores: "mail-scores",
  },
  named: (label) => say(`mail-label-${label}`),
  solid: "spam",
  example:
    "Minutes of Tuesday\n\nHi all, here is what we agreed on Tuesday. Priya orders the two desks, Tom asks the landlord " +
    "about the window, and we meet again on the 14th at ten. Please tell me if I got anything wrong. Thanks, Ruth",
  accept: ".eml,.txt,message/rfc822,text/plain",
  rows: 6,
  samples: async () => (await import("./samples.js")).MAILS,
  results: () => ({
    summary: say("mail-errors"),
    fetch: () => import("./mail-errors.js"),
    show: (ladder) => html`<mail-errors .ladder=${ladder}></mail-errors>`,
  }),
});
