/** One exhibit at a time: the address's hash says which, and links lead from one to the other. */

/**
 * @param {Map<string, HTMLElement>} tabs by id; the first one is shown when the address names none
 * @param {HTMLElement | null} nav with a link to each; null: there is one only
 * @param {(id: string) => void} onShow
 * @returns {() => void} shows what the address says once more: there are more of them than before
 */
export function openTabs(tabs, nav, onShow) {
  const show = () => {
    const [asked] = location.hash.slice(1).split("?"); // behind it stands what was chosen there
    const [first] = tabs.keys();
    const id = tabs.has(asked) ? asked : first;
    for (const [name, tab] of tabs) tab.hidden = name !== id;
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (
      document.querySelectorAll("[data-exhibit]")
    ))
      part.hidden = part.dataset.exhibit !== id;
    for (const link of nav?.querySelectorAll("a") ?? []) {
      if (link.hash === `#${id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    onShow(id);
  };
  addEventListener("hashchange", show);
  show();
  return show;
}
