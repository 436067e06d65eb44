/** How a visitor knows the two sides. */

export const NAMES = {
  here: { title: "Here", place: "on your device" },
  there: { title: "There", place: "on the server" },
};

/** The place of a side whose answers were recorded. */
export const RECORDED = "as recorded";
