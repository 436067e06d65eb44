/** The browser's offer to install the site as an app; only some browsers make one. On a phone it stays theirs. */

/**
 * @param {(offered: boolean) => void} onChange told when there is an offer, and when it is gone
 * @returns {() => void} takes the offer, once
 */
export function offersToInstall(onChange) {
  /** @type {(Event & {prompt: () => Promise<unknown>}) | null} */
  let offer = null;
  const changed = (/** @type {typeof offer} */ latest) => {
    offer = latest;
    onChange(offer !== null);
  };
  addEventListener("beforeinstallprompt", (event) => {
    if (matchMedia("(max-width: 40rem)").matches) return; // a phone's browser says it in less room
    event.preventDefault(); // or the browser covers the page with its own
    changed(/** @type {NonNullable<typeof offer>} */ (event));
  });
  addEventListener("appinstalled", () => changed(null));
  return () => {
    void offer?.prompt();
    changed(null);
  };
}
