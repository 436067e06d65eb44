# figures: what the balance of energy was computed from, behind "Show the working".

# Between two stars stands what is told apart from the rest.
figures-show = Show the working
figures-kinds = *Measured* was read from a clock or counted. *Estimated* rests on at least one figure that nobody measured for you: what a device like yours draws, or what others published. Each figure is told as low – middle – high.
# A link, right after the sentences above.
figures-method = How we measure
# A heading.
figures-side = { $side ->
    [here] Here
   *[there] There
}
# A heading: what is fetched and started once.
figures-before = Before the first answer here
figures-nothing = There is nothing to show yet: it needs an answer first.
# $what is one of the figures below.
figures-of-side = { $side ->
    [here] Here: { $what }
   *[there] There: { $what }
}
# Follows a figure, as in "15 mJ, measured".
figures-origin = { $origin ->
    [measured] measured
   *[estimated] estimated
}
figures-untold = its source was not told

# Labels of figures. Each is named after its English text, as the core tells it, and is that text in English.
figures-for-one-answer = For one answer
figures-for-one-correct-answer = For one correct answer
figures-how-often-right = How often right
figures-this-device-computes = This device computes
figures-the-server-computes = The server computes
figures-its-data-centre-cooling-and-supply = Its data centre: cooling and supply
figures-the-networks-between = The networks between
figures-moved-request-and-answer = Moved: request and answer
figures-moved-python-the-engine-and-the-model = Moved: Python, the engine and the model
figures-this-device-waits = This device waits
figures-this-device-while-it-waits = This device while it waits
figures-fetching-and-starting-it-all-once = Fetching and starting it all, once
figures-this-device-starts-them = This device starts them
figures-starting-python-and-the-engine = Starting Python and the engine
figures-co2-equivalent = CO2 equivalent
figures-all-but-this-device-s-waiting = All but this device's waiting
# Time.
figures-time-of-one-answer = Time of one answer
figures-time-of-one-answer-here = Time of one answer here
figures-cpu-time-of-one-answer-there = CPU time of one answer there
figures-time-from-asking-to-the-answer-there = Time from asking to the answer there
# What a device draws. Idle: switched on, doing nothing. Above idle: what a task adds to that.
figures-idle = Idle
figures-idle-with-its-screen = Idle, with its screen
figures-idle-no-screen = Idle, no screen
figures-idle-as-you-typed-it = Idle, as you typed it
figures-idle-the-processor-alone = Idle, the processor alone
figures-idle-all-parts = Idle, all parts
figures-idle-for-each-busy-core = Idle, for each busy core
figures-idle-share-of-as-many-cores = Idle share of as many cores
figures-above-idle = Above idle
figures-above-idle-one-thread = Above idle, one thread
figures-above-idle-one-thread-busy = Above idle, one thread busy
figures-above-idle-all-threads = Above idle, all threads
figures-above-idle-all-threads-busy = Above idle, all threads busy
figures-threads-busy = Above idle, up to { $busy } of { $threads } threads busy
figures-above-idle-as-you-typed-it = Above idle, as you typed it
figures-above-idle-while-the-model-runs = Above idle while the model runs
figures-above-idle-all-parts = Above idle, all parts
figures-above-idle-for-each-busy-core = Above idle, for each busy core
figures-drawn-while-the-model-ran = Drawn while the model ran
figures-reading-under-load = Reading under load
figures-reading-when-idle = Reading when idle
# $how is figures-battery-soak.
figures-drawn-under-load = Drawn under load, { $how }
figures-drawn-when-idle = Drawn when idle, { $how }
figures-what-the-battery-holds = What the battery holds
figures-charge-lost = Charge lost
# Before a time: in so many seconds.
figures-in = in
# Processors. TDP: the power that a processor's maker states, also called base power.
figures-tdp-as-you-typed-it = TDP, as you typed it
figures-tdp-of = TDP of { $processor }
figures-physical-cores-of-the-chip = Physical cores of the chip
figures-one-busy-core-above-idle = One busy core, above idle
# $processor is a name, or the message after it.
figures-busy-core-of = One busy core of { $processor }, above idle
figures-an-unknown-processor = an unknown processor
figures-one-idle-core = One idle core
figures-busy-cores = Busy cores
figures-busy-in-a-cpu-second = Busy in a CPU second
# What is taken from the literature.
figures-drawn-by-an-idle-processor = Drawn by an idle processor
figures-drawn-by-a-fully-loaded-processor = Drawn by a fully loaded processor
figures-one-busy-thread = One busy thread
figures-one-busy-core-of-an-unknown-server = One busy core of an unknown server
figures-a-busy-core-s-share-of-its-chip = A busy core's share of its chip
figures-power-of-the-data-centre-over-that-of-its-computers = Power of the data centre over that of its computers
figures-a-computer-at-home-or-in-a-school = A computer at home or in a school
figures-moving-a-byte-through-networks = Moving a byte through networks
figures-an-led-lamp-as-bright-as-a-60-w-bulb = An LED lamp as bright as a 60 W bulb
figures-a-full-phone-battery = A full phone battery
figures-a-cup-of-tea-a-quarter-of-a-litre-from-15-to-100-c = A cup of tea: a quarter of a litre from 15 to 100 °C
# $country is written as the language writes it.
figures-electricity-of = With the electricity of { $country }
figures-with-the-electricity-of-the-world-on-average = With the electricity of the world on average
figures-with-the-electricity-of-the-world-on-average-since-its-operator-does-not-state-its-own = With the electricity of the world on average, since its operator does not state its own
figures-with-the-electricity-that-its-operator-states = With the electricity that its operator states

# Where figures come from, where that is no book or web page. Named after their English text, too, but for those with values.
figures-windows-timed = { $count } windows timed on this machine
figures-one-run-timed-on-this-machine = one run timed on this machine
figures-one-answer-by-the-cpu-clock-of-the-process-that-answered-all-its-threads = one answer, by the CPU clock of the process that answered, all its threads
figures-mean-of-answers = the mean of { $count } answers, by the CPU clock of the process that answered, all its threads
figures-counted-by-this-page = counted by this page
figures-clock-of-this-page-a-part-of-it-went-by-waiting-for-the-network = clock of this page; a part of it went by waiting for the network
figures-test-inputs = { $count } test inputs, with a 95 % interval
figures-not-known = not known
figures-grid-data = Our World in Data for { $year }, in CodeCarbon's table; a single hour may be { $times } times off
# What a visitor typed or measured. $date: 2026-01-31.
figures-typed-on-this-device-taken-to-be-right-within-10 = typed on this device, taken to be right within 10 %
figures-plug-in-meter = plug-in meter, { $date }
figures-battery-soak = battery soak, { $date }
figures-typed-worn-ones-hold-less = typed; worn ones hold less
figures-levels = levels from { $from }% to { $to }%, in steps of { $step }%
figures-clock-of-this-device = clock of this device
# The server: its processor, and its counters of energy. $covers is one of the messages from figures-rapl-whole on.
figures-codecarbon-s-table-of-processors-mit = CodeCarbon's table of processors (MIT)
figures-the-system-s-count-or-the-processor-s-name = the system's count, or the processor's name
figures-a-virtual-processor-may-be-half-a-core = a virtual processor may be half a core
figures-shared-cores = { $threads } threads share { $cores } cores: some run on a core of their own
figures-cpu-seconds-of-the-process-over-seconds-of-the-window = CPU seconds of the process over seconds of the window
figures-lowest-window = { $covers }: the lowest window ever seen
figures-over-seconds = { $covers }, over { $seconds } s; whatever else the machine ran in them counts too
figures-rapl-whole = RAPL counters of { $count } packages and their memory (no mains adapter, disk or fan)
figures-rapl-some = RAPL counters of { $count } packages and the memory of { $some } of them (no mains adapter, disk or fan)
figures-rapl-bare = RAPL counters of { $count } packages, whose memory has no counter and is left out (no mains adapter, disk or fan)
figures-rapl-counters-of-1-package-and-their-memory-no-mains-adapter-disk-or-fan = RAPL counters of 1 package and their memory (no mains adapter, disk or fan)
figures-rapl-counters-of-1-package-whose-memory-has-no-counter-and-is-left-out-no-mains-adapter-disk-or-fan = RAPL counters of 1 package, whose memory has no counter and is left out (no mains adapter, disk or fan)
figures-gpus = Zeus: the energy counter of { $count } GPUs
figures-zeus-the-energy-counter-of-1-gpu = Zeus: the energy counter of 1 GPU
# $variable is the name of a setting.
figures-stated = stated by the server's operator as { $variable }, taken to be right within 10 %
figures-it-has-no-data-centre-around-it = it has no data centre around it
figures-3-000-to-5-200-mah-at-3-85-v-as-makers-state-for-current-phones = 3,000 to 5,200 mAh at 3.85 V, as makers state for current phones
figures-4-186-j-per-kg-and-degree-in-a-kettle-that-loses-10-to-35 = 4,186 J per kg and degree, in a kettle that loses 10 to 35 %
# A device of which only its kind is known.
figures-alike = No one device: the { $count } of this kind in the table that have { $threads } threads, from the lowest to the highest. Each of them has its own source.
figures-no-one-device-from-the-lowest-to-the-highest-of-the-laptops-in-this-table-with-the-15-w-class-of-the-last-ten-years-in-the-middle = No one device: from the lowest to the highest of the laptops in this table, with the 15 W class of the last ten years in the middle.
figures-no-one-device-from-the-lowest-to-the-highest-of-the-chromebooks-in-this-table-with-a-celeron-in-the-middle = No one device: from the lowest to the highest of the Chromebooks in this table, with a Celeron in the middle.
figures-no-one-device-from-the-lowest-to-the-highest-of-the-phones-in-this-table-with-the-middle-class-in-the-middle-weakly-sourced-as-they-are = No one device: from the lowest to the highest of the phones in this table, with the middle class in the middle. Weakly sourced, as they are.
figures-no-one-device-from-the-lowest-to-the-highest-of-the-tablets-in-this-table-with-a-plain-ipad-in-the-middle-weakly-sourced-as-they-are = No one device: from the lowest to the highest of the tablets in this table, with a plain iPad in the middle. Weakly sourced, as they are.
figures-no-one-device-from-the-lowest-to-the-highest-of-the-desktops-in-this-table-with-an-office-tower-in-the-middle = No one device: from the lowest to the highest of the desktops in this table, with an office tower in the middle.
figures-no-one-device-from-the-lowest-to-the-highest-of-the-boards-in-this-table-with-a-raspberry-pi-4-in-the-middle-faster-boards-draw-more = No one device: from the lowest to the highest of the boards in this table, with a Raspberry Pi 4 in the middle. Faster boards draw more.
