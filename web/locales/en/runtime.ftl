# runtime: Python and the engine, which compute on this device, and the way to the server: how far they are, and what goes wrong.

# While the side here is started; stands beside how much of it is there.
runtime-fetching = Fetching Python and the engine
runtime-starting = Starting Python and the engine
runtime-ready = Python is ready
# Threads are those of a program. $why is one of the next two, which are also shown alone, with a point.
runtime-one-thread = Started with one thread, because { $why }.
runtime-why-starting = it stopped while it was starting
# A tab of the browser.
runtime-why-last-time = a tab stopped while it was starting the last time

# Models have names. "this tab" is one of the browser.
runtime-stands-in = { $used } stands in for { $wanted }: this tab stopped while that was being loaded. Choose it again to try it once more.
# The same for another reason, which $text tells in English.
runtime-stood-in = { $used } stands in for { $wanted }. In English: “{ $text }”.
runtime-stands-in-for-others = { $used } stands in for { $wanted }: its answers on this device are not those recorded for it.
# $model is the name of one.
runtime-no-agent = { $model } gives other answers on this device than recorded, so it is not used. Try another browser.
runtime-no-variant = { $model } and all larger models of its exhibit give other answers on this device than recorded. Use the server’s answer, or another browser.

# Why it was started again. $reason is one of the messages from here on that have no point at their end.
runtime-starting-again = { $reason }; starting it again
# What was asked meanwhile has no answer; the next one follows it.
runtime-run-lost = This run was lost
runtime-run-again = { $reason }. Run it again.
runtime-memory = Its memory had grown to { $megabytes } MB
# $why is what the browser says, or one of the three after the next.
runtime-stopped = Python stopped ({ $why })
runtime-stopped-times = Python stopped { $times } times ({ $why })
runtime-why-ended = it was ended
runtime-why-silent = it gave no sign of life
runtime-why-unloaded = its program could not be loaded

# Why it could not be started. $reason is what the browser says, or one of the runtime-file-… messages.
runtime-unloaded-python = Python could not be loaded ({ $reason })
runtime-unloaded-engine = The engine could not be loaded ({ $reason })
runtime-unloaded-models = The list of models could not be loaded ({ $reason })
runtime-file-status = { $url }: the server answered { $status }
runtime-file-damaged = { $url } is not the file that was built
runtime-file-no-pack = it is not a pack
# For a quicker start.
runtime-kept-broken = What this device kept of Python does not work any more
runtime-silent = Nothing arrived for { $seconds } seconds
runtime-many-stops = Starting Python took this tab down more than once, so it is not started by itself. The server answers meanwhile
runtime-no-simd = This browser can not compute with vectors (WebAssembly SIMD), which the small models need: Chrome and Edge have that from version 91, Firefox from 89, Safari from 16.4
runtime-no-wasm = WebAssembly is switched off in this browser, as lockdown modes do, and the small models need it: allow it for this site
# $reason is what the browser says.
runtime-no-worker = This browser can not compute in the background ({ $reason }), which the small models need
# Comes before one of the above, which one of the next two follows.
runtime-nothing-runs = Nothing runs on this device
runtime-advice = Reload the page; if that does not help, try a current Chrome, Firefox, Edge or Safari.
runtime-changed = Something between this device and the server changes files on their way, as some proxies and virus scanners do: another network may help.

# Why there is no answer here; the next one follows it. $error is what Python or the browser says.
runtime-python-failed = Python failed
runtime-python-again = { $error }. Try again.
# Where nothing more is known.
runtime-again = Try again.

# The server is lost, and back. The device is the visitor's, where the small model answers.
runtime-there-lost-alone = The server can not be reached; this device goes on alone
runtime-there-off-alone = The network is switched off; this device goes on alone
runtime-there-back = The server is back
# What was asked of it has no answer: each title, and what follows it.
runtime-there-lost = The server can not be reached
runtime-there-looking = The page keeps looking for it; this device goes on alone.
runtime-there-off = The network is off
runtime-there-switch = Switch it on to ask the server.
runtime-there-failed = The server failed
runtime-there-silent = It answered { $status } without saying why. Try again in a moment.

# Other titles, where something tells in English what went wrong, which follows in runtime-in-english. English itself shows none of them.
runtime-in-english = In English: “{ $text }”.
runtime-here-failed = This device found no answer
runtime-here-422 = This can not be used
runtime-there-404 = The server does not have this
runtime-there-413 = This is too large for the server
runtime-there-422 = The server can not use this
runtime-there-429 = The server was asked too often
runtime-there-503 = The server is busy
runtime-there-504 = The server took too long

# Of a language model on the server: what to do, after a title.
llm-not-recorded = No language model runs on this server: what was recorded is there for the ready-made inputs only. Choose one of them.
llm-full = Others are waiting for the language model. Try again in a moment.
llm-late = The language model did not answer in time. Send a shorter text, or try again.
# $why says it in English.
llm-lost = The language model is not there at the moment ({ $why }). Try again in a moment, or choose another model.
llm-nonsense = The language model said nothing that can be used ({ $why }). Try another text, or choose another model.
