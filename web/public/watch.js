/*
 * Says why the page's program did not start, where it did not. A plain script of its own, in words that old browsers
 * know: modules are not loaded from files, nor in sandboxed frames, nor by browsers without them.
 */
(function () {
  "use strict";
  /** So long a program may take from its first error to showing something after all. */
  var PATIENCE_MS = 1500;
  var why = "";

  /** What can be told without knowing the error; "" when nothing can. */
  function surroundings() {
    if (location.protocol === "file:")
      return (
        "A page that is opened as a file can not start its program: it needs a web server. " +
        "In the folder of this page, “python3 -m http.server” is one."
      );
    if (window.origin === "null")
      return (
        "The page around this one shows it in a sandboxed frame, in which its program does not start. " +
        "Open it on its own, or allow that frame both: allow-scripts allow-same-origin."
      );
    if (!("noModule" in document.createElement("script")))
      return "This browser is too old for the program of this page: use a current Chrome, Firefox, Edge or Safari.";
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
        say(
          "A part of this page’s program could not be loaded (" +
            script.src.replace(/.*\//, "") +
            "): reload the page. If that does not help, something holds it back, as an extension or a filter " +
            "between this browser and the server may do.",
        );
      else if (event.error instanceof SyntaxError)
        say(
          "This browser is too old for the program of this page, which it can not read (" +
            event.message +
            "): use a current Chrome, Firefox, Edge or Safari.",
        );
      else if (event.message) stopped(event.message);
    },
    true,
  );
  addEventListener("unhandledrejection", function (event) {
    stopped(String(event.reason));
  });

  /** @param {string} message */
  function stopped(message) {
    say(
      "The program of this page stopped while it was starting (" +
        message +
        "): reload the page. If that does not help, try a current Chrome, Firefox, Edge or Safari.",
    );
  }

  addEventListener("DOMContentLoaded", function () {
    if (surroundings()) say("-");
  });
})();
