/*
 * Says why the page's program did not start, where it did not. A plain script of its own, in words that old browsers
 * know: modules are not loaded from files, nor in sandboxed frames, nor by browsers without them.
 */
(function () {
  "use strict";
  /** So long a program may take from its first error to showing something after all. */
  var PATIENCE_MS = 1500;
  var why = "";
  /** What it may have to say, in the language of the page; %s is what it is about. */
  var words = document.currentScript.dataset;

  /** What can be told without knowing the error; "" when nothing can. */
  function surroundings() {
    if (location.protocol === "file:") return words.file;
    if (window.origin === "null") return words.sandbox;
    if (!("noModule" in document.createElement("script"))) return words.old;
    return "";
  }

  function tell() {
    var before = document.getElementById("before");
    if (!before) return; // the program is there
    before.textContent = surroundings() || why;
    var late = document.getElementById("before-late");
    if (late) late.parentNode.removeChild(late);
  }

  /** @param {string} text the first one counts: what comes after it may come of it */
  function say(text) {
    if (why) return;
    why = text;
    setTimeout(tell, PATIENCE_MS);
  }

  addEventListener(
    "error",
    function (event) {
      var script = event.target;
      if (script instanceof HTMLScriptElement)
        say(words.lost.replace("%s", script.src.replace(/.*\//, "")));
      else if (event.error instanceof SyntaxError) say(words.unread.replace("%s", event.message));
      else if (event.message) stopped(event.message);
    },
    true,
  );
  addEventListener("unhandledrejection", function (event) {
    stopped(String(event.reason));
  });

  /** @param {string} message */
  function stopped(message) {
    say(words.stopped.replace("%s", message));
  }

  addEventListener("DOMContentLoaded", function () {
    if (surroundings()) say("-");
  });
})();
