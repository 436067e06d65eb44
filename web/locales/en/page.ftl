# What stands on the page before any of its program runs.
page-title = Hundredfold: how small can it be and still be right?
page-heading = How small can it be and still be right?
page-preview = One drawn digit, answered by the small model here and the large one there.
# Names the row of tabs.
page-exhibits = Exhibits
page-before = This is where you try it, in a moment.
page-before-late = Should this stay here, the program of this page did not start: it may have been held back or lost on the way. Reload the page, or try a current Chrome, Firefox, Edge or Safari. The text below does without it.
page-no-script = Trying it needs JavaScript, which is switched off in this browser. The text below does without.
page-privacy = Drawings and texts are not kept, visitors are not counted, and this page asks no other website for anything.
page-method = How we measure
page-documentation = Documentation
page-interface = The server’s interface
page-language = Language
page-embed-description = One exhibit of Hundredfold, to be shown in another page.
page-embed-before-late = Should this stay here, the program of this page did not start: it may have been held back or lost on the way. Reload the page, or try a current Chrome, Firefox, Edge or Safari.
page-embed-no-script = This needs JavaScript, which is switched off.
# Comes after "Hundredfold:".
page-embed-says = the small model runs in this page, on your device.
# Said where the page's program did not start; $s is the name of a file, or what the browser says.
page-watch-file = A page that is opened as a file can not start its program: it needs a web server. In the folder of this page, “python3 -m http.server” is one.
page-watch-sandbox = The page around this one shows it in a sandboxed frame, in which its program does not start. Open it on its own, or allow that frame both: allow-scripts allow-same-origin.
page-watch-old = This browser is too old for the program of this page: use a current Chrome, Firefox, Edge or Safari.
page-watch-lost = A part of this page’s program could not be loaded ({ $s }): reload the page. If that does not help, something holds it back, as an extension or a filter between this browser and the server may do.
page-watch-unread = This browser is too old for the program of this page, which it can not read ({ $s }): use a current Chrome, Firefox, Edge or Safari.
page-watch-stopped = The program of this page stopped while it was starting ({ $s }): reload the page. If that does not help, try a current Chrome, Firefox, Edge or Safari.
