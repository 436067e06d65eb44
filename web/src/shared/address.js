/** Where this site lies: at the root of a server or in any folder of one. Scripts are built into its assets/. */

const script = import.meta.url;

/** @param {string} path from the site's folder, without a slash in front */
export function address(path) {
  return new URL(`../${path}`, script).href;
}

/**
 * A name in what the browser keeps: all that one host serves shares one storage, and there may be another copy of this
 * site in another of its folders. The service worker makes the same (offline/service-worker/site.js).
 *
 * @param {string} name
 */
export function named(name) {
  return `${name}@${new URL(address("")).pathname}`;
}
