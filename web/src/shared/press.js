/** Presses on an element, by a mouse, a finger or a pen: one at a time, and each ends, also where no browser says so. */

/**
 * The newest press counts: it ends one before it, by another finger or by one whose end was never told.
 *
 * @param {HTMLElement} element
 * @param {object} act
 * @param {(event: PointerEvent) => boolean} act.begin false: this press is not for us
 * @param {(event: PointerEvent) => void} act.move
 * @param {(event: PointerEvent | null) => void} act.end null: it was broken off, and where is not known
 */
export function followPresses(element, { begin, move, end }) {
  /** @type {number | null} */
  let pointer = null;
  let watch = new AbortController();

  /** @param {PointerEvent | null} event */
  const stop = (event) => {
    if (pointer === null) return;
    pointer = null;
    watch.abort();
    end(event);
  };
  const breakOff = () => stop(null);
  /** @param {"pointermove" | "pointerup" | "pointercancel" | "lostpointercapture"} type @param {(event: PointerEvent) => void} act */
  const on = (type, act) =>
    element.addEventListener(type, (event) => event.pointerId === pointer && act(event));

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    breakOff();
    if (!begin(event)) return;
    event.preventDefault();
    pointer = event.pointerId;
    watch = new AbortController();
    const { signal } = watch;
    addEventListener("blur", breakOff, { signal });
    document.addEventListener("visibilitychange", breakOff, { signal });
    try {
      element.setPointerCapture(pointer);
    } catch {
      // it was lifted already
    }
  });
  // A move without a button: it was let go where nobody told.
  on("pointermove", (event) => (event.buttons ? move(event) : breakOff()));
  on("pointerup", stop);
  on("pointercancel", breakOff);
  on("lostpointercapture", breakOff);
}
