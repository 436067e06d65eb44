/** Which of very many rows of one height are in sight. */

/**
 * @param {number} count of all rows
 * @param {number} top how far it is scrolled, in pixels
 * @param {number} height of what is in sight
 * @param {number} rowHeight
 * @param {number} spare rows above and below that are there before they are seen
 * @returns {{from: number, to: number}} places, the last not included
 */
export function inSight(count, top, height, rowHeight, spare) {
  const first = Math.floor(Math.max(0, top) / rowHeight) - spare;
  const after = Math.ceil((Math.max(0, top) + height) / rowHeight) + spare;
  const to = Math.min(count, Math.max(0, after));
  return { from: Math.max(0, Math.min(first, to)), to };
}
