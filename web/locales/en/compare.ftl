# compare: what an exhibit's page shows of both sides. "Here" is the small model on this device, "there" the big one on the server.

# In the place of an answer: it is on its way, or there is none.
compare-reading = reading …
compare-no-answer = no answer
# After a large number of megabytes that have been fetched: "6.6 of 35.5 MB".
compare-load-of = of { $all }
# Names the bar of that; $all is "35.5 MB".
compare-loading = Loading { $all }

# What to know about a side; "Here:" or "There:" comes before each.
compare-restarted = It stopped and was started again.
# In the place of what went wrong, where nothing more is known of it; what was told of it follows.
compare-went-wrong = Something went wrong
# Follows what went wrong. Models are chosen further down on the page.
compare-or-another = Or choose another model below.
# A button.
compare-try-again = Try again

# What both sides answered: "Same answer: 7."
compare-same-answer = Same answer: { $answer }.
compare-other-answers = Different answers: { $here } here, { $there } there. You know which is right.

# Which side was quicker; $ratio is a number above 1.
compare-quicker-here = Here was { $ratio } times quicker, counting the way to the server.
compare-quicker-there = There was { $ratio } times quicker, even counting the way to the server.
compare-as-quick = Both took about as long, counting the way to the server.
# Some browsers round their clock, to 100 ms for instance.
compare-unsure-here = Here was quicker; how much can not be told, as this browser’s clock has too large steps.
compare-unsure-there = There was quicker; how much can not be told, as this browser’s clock has too large steps.
compare-unsure = Which was quicker can not be told, as this browser’s clock has too large steps.
# There is no server: what one answered was recorded, on another day.
compare-recorded-here = Here was { $ratio } times quicker than the machine there was then. There was no way to a server, which would come on top.
compare-recorded-there = The machine there was { $ratio } times quicker then. There was no way to a server, which would come on top.
compare-recorded-as-quick = The machine there took about as long then. There was no way to a server, which would come on top.

# The table of three figures; its name is heard only.
compare-figures-caption = The figures that matter
compare-how-long = How long
# Below "How long".
compare-asking = from asking to the answer
compare-asking-recorded = from asking to the answer; there, computing alone, as recorded
compare-how-big = How big
compare-how-often = How often right
# Below "How often right": "of 10,000 test digits". $things is an exhibit's message, in the plural.
compare-tested = of { $n } test { $things }

# What the smaller model loses; $n test things as above.
compare-same-model = Both sides run the same model.
compare-loss-none = Of { $n } test { $things }, the model here gets exactly as many wrong as the one there.
compare-loss-more = Of { $n } test { $things }, the model here gets { $missed } more wrong than the one there.
# Where the one there was asked about a part of the test set only.
compare-share-none = Of 100 test { $things }, the model here gets as many wrong as the one there, which was asked about { $n }.
compare-share-more = Of 100 test { $things }, the model here gets { $missed } more wrong than the one there, which was asked about { $n }.
compare-share-fewer = Of 100 test { $things }, the model here gets { $missed } fewer wrong than the one there, which was asked about { $n }.
compare-loss-fewer = Of { $n } test { $things }, the model here gets { $missed } fewer wrong than the one there.
# In its place, where that was not measured.
compare-untested = It is not known how often both models are right, so that can not be compared.

# Opens at a click. "It" is what this exhibit does: read a digit, for instance.
compare-bill = What would a month of it cost?
# In its place, while its program is fetched, or where it could not be.
compare-program-comes = One moment …
compare-program-lost = It could not be fetched. Look whether the network is on, and load the page again.

# From here on, what opens at a click; each begins with the heading that is clicked.
compare-all-figures = All figures
# Buttons: measure the same input so many times; end that.
compare-measure = Measure { $runs } times
compare-cancel = Cancel
# Names the bar that shows how far it is.
compare-measuring = Measuring
# Names the table of all figures; heard only.
compare-all-caption = Every figure, here and there
compare-row-model = Model
compare-row-answers = Answers timed
compare-row-total = From asking to the answer
# Parts of "From asking to the answer".
compare-row-of-model = of that, the model
compare-row-python = of that, Python around it
compare-row-network = of that, the way to the server and back
# That way, on this device.
compare-no-way = none
compare-row-loading = Loading the model
compare-row-sent = Sent for an answer
compare-row-file = Model file
# The model's parameters.
compare-row-numbers = Numbers in the model
compare-row-multiplications = Multiplications for an answer
compare-row-recipe = How it was made
# Times: "3.5 ms, 95 % within 4.1 ms".
compare-spread = { $median }, 95 % within { $most }
# "98.76 % of 10,000 (98.52 to 98.96 % with 95 % confidence)"
compare-share = { $share } of { $n } ({ $low } to { $high } with 95 % confidence)
# Below a drawing of both shares with their ranges, between the two ends of its scale.
compare-range = How often right; the lines are ranges, with 95 % confidence

compare-models = Choose other models
compare-models-later = The list of models has not arrived yet.
compare-models-made = From the largest to the smallest; each was made from one before it.
# One of the list: "tiny-int8 (52 kB, 98.76 % right)"
compare-model = { $id } ({ $size }, { $share } right)
# The same where it is not known how often it is right.
compare-model-untested = { $id } ({ $size })
# Opens at a click.
compare-asked = A language model, only asked

compare-power = What your device draws

compare-ran = Your device and the server
# A table of facts: the name of each, and what is told of it where that is not a name or a number.
compare-fact-device = Your device
compare-fact-device-later = known once it is ready
compare-fact-threads = Threads in use here
compare-threads = { $threads ->
    [one] { $threads } thread
   *[other] { $threads } threads
}
compare-fact-cores = Processor cores
compare-cores = { $cores } offered by this browser
compare-fact-why = Why one thread
# $why is a sentence without its point.
compare-fact-because = { $why }.
# A button: use all threads again.
compare-use-all = Use all again
compare-fact-memory = Memory
compare-memory = { $gigabytes } GB or more
compare-fact-used = Memory in use here
compare-used = { $parts } for Python and the engine
compare-used-all = { $all } in all, { $parts } for Python and the engine
compare-fact-isolated = Isolated from other sites
compare-isolated = yes
compare-not-isolated = no: this browser then allows one thread only
# What runs the model.
compare-fact-engine = Engine here
compare-fact-python = Python here
compare-fact-browser = Browser
compare-fact-server-runs = The server runs
compare-fact-server-ran = The server ran
# $provider is the name of an engine.
compare-fact-runs-with = { $threads ->
    [one] { $provider }, { $threads } thread
   *[other] { $provider }, { $threads } threads
}
compare-fact-server = The server
compare-fact-server-later = known after its first answer
# What it is read by.
compare-fact-meter = The server’s energy
compare-meter-share = No energy counter can be read: CPU seconds, times a core's share of { $watts } W TDP.
compare-meter-unknown = No energy counter can be read: CPU seconds, times what a busy core of an unknown server draws.

compare-snippet = Show this on your own page
compare-embed = These lines show this exhibit alone, in a blog or a course. It then uses one thread unless your page is isolated; everything else is the same.
compare-embed-lines = Lines for your own page
# A button, and what comes of it.
compare-copy = Copy
compare-copied = Copied.
compare-selected = Selected: copy it with Ctrl+C.
