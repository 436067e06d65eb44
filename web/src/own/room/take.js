/** What a visitor takes away: files, and a page to print. */

/** A download is read by then. */
const READ_AFTER_MS = 10_000;

/** @param {BlobPart} content @param {string} type @param {string} name */
export function download(content, type, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), READ_AFTER_MS);
}

/** What a smaller model is called: "cat.onnx" becomes "cat.static-int8.onnx". @param {string} name @param {string} method */
export function smallName(name, method) {
  return `${name.replace(/\.onnx$/i, "")}.${method.replace(/[^\w.-]/g, "-")}.onnx`;
}

/** Print a room alone, with what can be opened in its outcome opened. @param {HTMLElement} room */
export function printed(room) {
  const closed = [...room.querySelectorAll(".own-outcome details:not([open])")];
  const others = [...document.querySelectorAll("details[open]")].filter(
    (each) => !each.contains(room) && !room.contains(each),
  );
  const set = (/** @type {Element[]} */ all, /** @type {boolean} */ open) =>
    all.forEach((each) => each.toggleAttribute("open", open));
  set(closed, true);
  set(others, false); // what is printed of them would be printed, too
  document.body.classList.add("own-printed");
  const after = () => {
    set(closed, false);
    set(others, true);
    document.body.classList.remove("own-printed");
  };
  addEventListener("afterprint", after, { once: true });
  print();
}
