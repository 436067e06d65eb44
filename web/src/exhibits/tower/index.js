/** Build a tower: two agents on the same table, one that thinks here and one that only acts there. */

import "./tower-view.js";

/** @type {import("../index.js").ExhibitPanel} */
export const tower = {
  id: "tower",
  label: "Build a tower",

  view(sides) {
    const view = /** @type {import("./tower-view.js").TowerView} */ (
      document.createElement("tower-view")
    );
    view.sides = sides;
    return view;
  },
};
