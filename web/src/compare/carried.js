/** What a visitor made outlasts a reload, and a change of language: kept for this tab until its exhibit is shown again. */

const NAME = "carried";

export class Carried {
  /** @param {import("../shared/local-store.js").LocalStore} store of this tab */
  constructor(store) {
    this.store = store;
  }

  /** Keep what was made in these; of those that were not shown yet, what was kept before. @param {Iterable<import("./exhibit-view.js").ExhibitView>} views */
  keep(views) {
    const kept = { ...this.store.get(NAME) };
    for (const { panel, stage, mounted } of views)
      if (panel && mounted) kept[panel.id] = panel.made(stage);
    this.store.set(NAME, kept);
  }

  /** @param {import("./exhibit-view.js").ExhibitView} view */
  restore({ panel, stage }) {
    const { [panel?.id ?? ""]: made, ...others } = this.store.get(NAME) ?? {};
    this.store.set(NAME, others);
    if (made) panel?.restore(stage, made);
  }
}
