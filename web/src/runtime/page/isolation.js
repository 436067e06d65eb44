/**
 * Isolates the page where its host's headers do not, as plain file servers: threads need it. The service worker adds the
 * headers to what it serves, so that one reload is enough.
 */

import { named } from "../../shared/address.js";
import { registered, serviceWorkers } from "../../shared/registration.js";

const TRIED = named("hundredfold.isolating");
/** The service worker is a small file: when it takes longer, one thread now is better than more of them later. */
const PATIENCE_MS = 5000;

/**
 * What to wait for before anything is started; null: nothing, as the page is isolated, or can not be. It does not settle
 * when the page is loaded anew.
 *
 * @returns {Promise<void> | null}
 */
export function isolating() {
  const able = self === top && isSecureContext && serviceWorkers();
  return !crossOriginIsolated && able && first() ? isolate() : null;
}

/** Tried once in this tab, whatever came of it; where that can not be kept, never: it might reload for ever. */
function first() {
  try {
    if (sessionStorage.getItem(TRIED)) return false;
    sessionStorage.setItem(TRIED, "yes");
    return true;
  } catch {
    return false;
  }
}

async function isolate() {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([registered().then(controlled), late]).catch(() => {}); // then it is one thread
  if (!navigator.serviceWorker.controller) return;
  const { pathname, hash } = location;
  const folder = pathname.replace(/\/index\.html$/, "/"); // which is what the service worker keeps
  if (folder === pathname) location.reload();
  else location.replace(folder + hash);
  await new Promise(() => {});
}

/** Settles when the page is in the service worker's hands. @param {unknown} registration @returns {Promise<unknown>} */
function controlled(registration) {
  const { serviceWorker } = navigator;
  if (!registration || serviceWorker.controller) return Promise.resolve();
  return new Promise((resolve) =>
    serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
  );
}
