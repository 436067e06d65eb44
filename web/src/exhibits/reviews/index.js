/** Weigh a review: a field for a sentence about a film, and whether it is for or against it, with what its words added. */

import { say } from "../../shared/messages.js";
import { textExhibit } from "../../text/exhibit.js";

export const exhibit = textExhibit({
  id: "reviews",
  labels: ["negative", "positive"],
  messages: {
    field: "reviews-field",
    hint: "reviews-hint",
    choose: "reviews-choose",
    things: "reviews-things",
    opening: "reviews-opening",
    notFetched: "reviews-not-fetched",
    many: "reviews-many",
    nothing: "reviews-nothing",
    sure: "reviews-sure",
    scores: "reviews-scores",
  },
  named: (label) => say(`reviews-label-${label}`),
  solid: "negative",
  example: "A patient, beautifully acted film that earns every one of its quiet tears.",
  accept: ".txt,text/plain",
  rows: 2,
  samples: async () => (await import("./samples.js")).SENTENCES,
});
