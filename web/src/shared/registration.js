/** The service worker of this site, wherever it lies. */

import { address } from "./address.js";

const PATIENCE_MS = 10_000;

/** What the browser has of service workers; null: none, or none for this page, as in sandboxed frames. */
export function serviceWorkers() {
  try {
    return navigator.serviceWorker ?? null;
  } catch {
    return null;
  }
}

/**
 * The registration, of the newest version where the server can be asked. Each version is a script of its own, which the
 * browser may keep: so it need not ask for it when the network is switched off.
 */
export async function registered() {
  const { serviceWorker } = navigator;
  const scope = address("");
  const told = await fetch(address("build.json"), {
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
    .then((response) => (response.ok ? response.json() : null))
    .catch(() => null);
  if (!told) return (await serviceWorker.getRegistration(scope)) ?? null;
  const options = /** @type {const} */ ({ scope, updateViaCache: "all" });
  return serviceWorker.register(address(`sw.js?build=${told.build}`), options);
}
