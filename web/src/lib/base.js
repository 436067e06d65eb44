/** Where this site lies: at the root of a server or in any folder of one. Scripts are built into its assets/. */

const script = import.meta.url;

/** @param {string} path from the site's folder, without a slash in front */
export function address(path) {
  return new URL(`../${path}`, script).href;
}
