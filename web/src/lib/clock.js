/** How finely this browser tells the time: 5 µs when the page is isolated, 100 µs or a millisecond when not. */

/** @type {number | undefined} */
let stepMs;

/** The smallest step that performance.now() was seen to take, in ms. */
export function clockStep() {
  stepMs ??= Math.min(...Array.from({ length: 5 }, one));
  return stepMs;
}

function one() {
  const start = performance.now();
  let now = start;
  while (now === start) now = performance.now();
  return now - start;
}
