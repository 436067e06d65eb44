/** One exhibit at a time: the address's hash says which, and links lead from one to the other. */

/**
 * @param {Map<string, HTMLElement>} rooms by id; the first one is shown when the address names none
 * @param {HTMLElement | null} nav with a link to each; null: there is one room only
 * @param {(id: string) => void} onShow
 */
export function openRooms(rooms, nav, onShow) {
  const show = () => {
    const asked = location.hash.slice(1);
    const [first] = rooms.keys();
    const id = rooms.has(asked) ? asked : first;
    for (const [name, room] of rooms) room.hidden = name !== id;
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (
      document.querySelectorAll("[data-room]")
    ))
      part.hidden = part.dataset.room !== id;
    for (const link of nav?.querySelectorAll("a") ?? []) {
      if (link.hash === `#${id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    onShow(id);
  };
  addEventListener("hashchange", show);
  show();
}
