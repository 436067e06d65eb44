/** Build a tower: two agents on the same table, one that thinks here and one that only acts there. */

import { towerSurface } from "./console.js";
import "./tower-view.js";

/** @type {Omit<import("../index.js").OwnView, "id" | "label">} */
export const exhibit = {
  console: (shown, counted) => ({ tower: towerSurface(() => shown()?.comparison, counted) }),

  view(sides) {
    const view = /** @type {import("./tower-view.js").TowerView} */ (
      document.createElement("tower-view")
    );
    view.sides = sides;
    return view;
  },
};
