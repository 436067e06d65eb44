/**
 * Lets go of this address when something else is there by now: else whoever visited once would never see it.
 *
 * A lost server, one that fails or is busy, and a wall in between (a captive portal, a login) must not take what is kept
 * for offline use. So only an answer that the place itself gives counts: the list of builds is not there (404, 410), and
 * neither is a page of ours, twice in some seconds. An error, a redirection or one page for every address proves nothing:
 * then what is kept stays, and from then on pages are asked for there first.
 */

import { change, isDoubted, isOff, network, stopWriting } from "./network.js";
import { address, isOurs, scope, worker } from "./site.js";

const AGAIN_MS = 3000;
const PATIENCE_MS = 8000;
/** In every page of ours. */
const MARK = /name="?application-name"?\s+content="?Hundredfold\b/i;

/** @type {Promise<void> | null} */
let looking = null;

/** Look whether this is still our place, and leave if not. */
export function look() {
  return (looking ??= compare().finally(() => (looking = null)));
}

async function compare() {
  const first = await who();
  if (first === "us" && isDoubted()) await change({ doubt: false });
  if (first === "us" || first === "unknown") return;
  await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  const second = await who();
  if (first === "another" && second === "another") await leave();
  else if (second === "another" || second === "perhaps") await change({ doubt: true });
}

/** Who answers at this address. @returns {Promise<"us" | "another" | "perhaps" | "unknown">} */
async function who() {
  const list = await kind(address("build.json"), isList);
  if (list === "ours") return "us";
  if (list === "unknown") return "unknown";
  const page = await kind(scope, isPage);
  if (page === "ours") return "us"; // being published, perhaps
  if (page === "unknown") return "unknown";
  return list === "gone" && page !== "elsewhere" ? "another" : "perhaps";
}

/**
 * What kind of answer there is.
 *
 * @param {string} url
 * @param {(text: string) => boolean} isIt
 * @returns {Promise<"ours" | "gone" | "other" | "elsewhere" | "unknown">}
 */
async function kind(url, isIt) {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const options = /** @type {const} */ ({ cache: "no-store", redirect: "manual", signal });
    const response = await network(new Request(url, options));
    if (response.type === "opaqueredirect") return "elsewhere";
    if (response.status === 404 || response.status === 410) return "gone";
    if (!response.ok) return "unknown";
    return isIt(await response.text()) ? "ours" : "other";
  } catch {
    return "unknown";
  }
}

/** @param {string} text */
function isList(text) {
  try {
    return typeof JSON.parse(text).build === "string";
  } catch {
    return false;
  }
}

/** @param {string} text */
function isPage(text) {
  return MARK.test(text);
}

async function leave() {
  if (isOff()) return;
  stopWriting();
  await worker.registration.unregister();
  await Promise.all((await caches.keys()).filter(isOurs).map((name) => caches.delete(name)));
  for (const client of await worker.clients.matchAll({ type: "window" }))
    void client.navigate(client.url).catch(() => {}); // it is closed already, or shows something else
}

/**
 * What is at this address now, if it is not ours; null: what is kept will do.
 *
 * @param {Request} request of a page
 * @returns {Promise<Response | null>}
 */
export async function whatIsThere(request) {
  try {
    const late = new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
    // Not what the browser's own cache has: that may be ours still.
    const asked = new Request(request.url, {
      cache: "no-cache",
      redirect: "manual",
      headers: { Accept: request.headers.get("Accept") ?? "*/*" },
    });
    const response = await Promise.race([network(asked), /** @type {Promise<never>} */ (late)]);
    if (response.type === "opaqueredirect") return response;
    if (response.status === 404 || response.status === 410) return response;
    if (!response.ok || isPage(await response.clone().text())) return null;
    return response;
  } catch {
    return null;
  }
}
