/** Ctrl+Z, which the whole document hears, for what one exhibit holds. */

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
