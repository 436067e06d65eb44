/** Tells when the page's colours change: what was drawn on a canvas is then drawn anew. */

const QUERIES = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

/** @param {() => void} act @returns {() => void} ends it */
export function onColours(act) {
  const lists = QUERIES.map((query) => matchMedia(query));
  for (const list of lists) list.addEventListener("change", act);
  return () => lists.forEach((list) => list.removeEventListener("change", act));
}
