/** The room's door on the page: its program is fetched when somebody opens it, by hand, by a link or by its address. */

const HASH = "#own";

/**
 * @param {import("./own-room.js").Parts} parts what the room needs of the page
 * @param {HTMLElement | null} [section] where it is; null: not on this page, as in an embedded exhibit
 */
export function mountOwn(parts, section = document.querySelector("#own")) {
  const details = section?.querySelector("details");
  const place = section?.querySelector(".own-place");
  if (!section || !details || !place) return;
  const told = /** @type {HTMLElement} */ (section.querySelector(".own-coming"));
  let opened = false;
  /** A visitor came for it, and is on their way. */
  let wanted = false;
  const open = async () => {
    if (opened) return;
    opened = true;
    told.hidden = false;
    try {
      const { openRoom } = await import("./own-room.js");
      openRoom(/** @type {HTMLElement} */ (place), parts);
      told.remove();
      if (wanted) section.scrollIntoView(); // what is above may have grown since
      wanted = false;
    } catch {
      opened = false; // the network may be there when it is opened again
      told.textContent = told.dataset.lost ?? "";
    }
  };
  const come = () => {
    wanted = !opened;
    details.open = true;
    section.scrollIntoView();
  };
  details.addEventListener("toggle", () => void (details.open && open()));
  if (details.open) void open();
  addEventListener("hashchange", () => location.hash === HASH && come());
  if (location.hash === HASH) come();
  // The exhibit that is shown stays: to the tabs, this address would mean the first one.
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (
    document.querySelectorAll(`a[href="${HASH}"]`)
  ))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.pushState(null, "", HASH);
      come();
      details.querySelector("summary")?.focus({ preventScroll: true });
    });
}
