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

/** Whether an element is seen, and not in a part of the page that is hidden. @param {Element} element */
function isShown(element) {
  return element.getClientRects().length > 0;
}

/**
 * Whether a key that the whole document hears is Ctrl+Z for what this element holds: the element is shown, and what has
 * the focus is not a text, which has an undo of its own, nor another exhibit.
 *
 * @param {KeyboardEvent} event
 * @param {Element} element in an exhibit
 */
export function isUndo(event, element) {
  const { key, code, ctrlKey, metaKey, shiftKey, altKey, isComposing, defaultPrevented } = event;
  if (!(ctrlKey || metaKey) || shiftKey || altKey || isComposing || defaultPrevented) return false;
  // By its place only where the layout has no Latin letters: elsewhere another letter may lie there.
  const isZ = /^[a-z]$/i.test(key) ? key.toLowerCase() === "z" : code === "KeyZ";
  return isZ && isShown(element) && !isElsewhere(event.target, element);
}

/** @param {EventTarget | null} target @param {Element} element */
function isElsewhere(target, element) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, input:not([type=radio], [type=file])"))
    return true;
  const exhibit = target.closest("#exhibits > *");
  return exhibit !== null && !exhibit.contains(element);
}
