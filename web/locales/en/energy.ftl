# energy: what an answer here and one there take, as a label on the wall tells it. "Here" is this device, "there" the server.

energy-title = Energy

# While there is no balance yet, or one side alone.
energy-nothing-yet = Energy is told once both sides have answered.
energy-worked-out = Both sides have answered. What it took is being worked out.
energy-here-only = Only this device's energy is known: the server has not answered yet, or tells none.
energy-there-only = Only the server's energy is known: this device has not answered yet.

# The balance. $side takes less; $about, $low and $high are numbers such as "91" or "12,000".
energy-less = { $side ->
    [here] An answer here takes about { $about } times less energy than there, somewhere between { $low } and { $high }.
   *[there] An answer there takes about { $about } times less energy than here, somewhere between { $low } and { $high }.
}
energy-untold = Nobody can tell which takes less energy: what is not known is larger than the difference.

# What the balance rests on. Where both sides were measured, one by one, in turns: windows of so many seconds.
energy-measured = Measured back to back.
energy-measured-recorded = Measured back to back: { $windows } windows of { $seconds }{"\u00a0"}s here. There is as it was recorded.
energy-measured-both = Measured back to back: { $windows } windows of { $seconds }{"\u00a0"}s here, { $answers } answers there, taking turns.
energy-measured-here = Measured back to back: { $windows } windows of { $seconds }{"\u00a0"}s here, taking turns.
# Follows one of those.
energy-advice = Choosing your device below, or measuring it, tells more.
energy-light = { $seconds ->
    [one] A light estimate from the last answers; measuring for about a second makes it firmer.
   *[other] A light estimate from the last answers; measuring for about { $seconds } seconds makes it firmer.
}
energy-light-advice = { $seconds ->
    [one] A light estimate from the last answers; measuring for about a second, or choosing your device below, makes it firmer.
   *[other] A light estimate from the last answers; measuring for about { $seconds } seconds, or choosing your device below, makes it firmer.
}
# While it is measured, and when that ended early.
energy-warming-up = Warming up.
energy-measuring-of = Measuring: { $turn } of { $all } windows.
energy-stopped = Stopped; nothing was changed.
energy-hidden = This tab was hidden, and hidden tabs are slowed down: show it, and measure again.
# Buttons.
energy-measure = Measure energy
energy-measure-again = Measure again
energy-cancel = Cancel
# Names the bar that shows how far it is.
energy-measuring = Measuring energy
# $by is such as "23%".
energy-drift = { $change ->
    [slower] This device became slower while it was measured, by { $by }: measure again when it rests.
   *[quicker] This device became quicker while it was measured, by { $by }: measure again when it rests.
}

# The drawing: each side's energy, such as "less than 15 mJ" and "13 to 18 mJ".
energy-not-known = not known
energy-less-than = less than { $most }
energy-ends = { $from } to { $to }
# Below it, what it is the sum of, in a word or two: "server 0.2 J, data centre 0.1 J".
energy-term-here = this device { $amount }
energy-term-there = server { $amount }
energy-term-overhead = data centre { $amount }
energy-term-network = networks { $amount }
energy-term-waiting = your device waiting { $amount }
energy-term = { $what } { $amount }
energy-counted-alone = counted as: { $device }; nothing else takes part
energy-alone = nothing else takes part
energy-caption = Energy for one answer, in joules: 1 J is 1,000 mJ. The lines are ranges, and each step to the right is ten times more.

energy-near = The server runs on this very computer. Its data centre and the networks are counted as if it were far away, as it would be for others.
energy-recorded = There was recorded, on the machine named above. What the networks between would take comes on top and can not be told: nothing was sent.

# What it comes to in daily life. The numbers are such as "91", or "2.5 million".
energy-everyday-none = With both sides known, this tells what it comes to in daily life.
# $there and $here are times, as below.
energy-everyday-lamp = One answer there would light an LED lamp for { $there }, one here for { $here }.
energy-everyday-phone = A full phone battery pays for { $here } answers here, or { $there } there.
energy-everyday-tea = The heat of one cup of tea: { $here } answers here, or { $there } there.
energy-break-even = Fetching and starting it takes energy first: here has saved as much after about { $about } answers (between { $low } and { $high }).
energy-break-even-open = Fetching and starting it takes energy first: here has saved as much after about { $about } answers ({ $low } or more).
energy-break-even-never = An answer here may not take less than one there, so its download may never pay for itself.

# How long a lamp would be lit. $count is what $number says, to choose the plural.
energy-time-days = { $number } days
energy-time-hours = { $number } hours
energy-time-minutes = { $number } minutes
energy-time-seconds = { $count ->
    [one] { $number } second
   *[other] { $number } seconds
}
energy-time-thousandths = { $count ->
    [one] a thousandth of a second
   *[other] { $number } thousandths of a second
}
energy-time-millionths = { $count ->
    [one] a millionth of a second
   *[other] { $number } millionths of a second
}
energy-time-instant = less than a millionth of a second

# A choice of countries, after these words.
energy-country = Your electricity is that of
energy-country-world = the world's average
# $here and $there are such as "1.2 kg".
energy-co2e = { $answers } answers here, with the electricity of { $country ->
    [world] the world on average
   *[other] { $country }
}: { $here } of CO2 equivalent. As many there, with the electricity { $grid ->
    [stated] that its operator states
   *[world] of the world on average, since its operator does not state its own
}: { $there }.

# A choice of two.
energy-boundary = What is counted
energy-boundary-marginal = What the answer adds
energy-boundary-idle-inclusive = All that the devices draw meanwhile
# "The second" is the second of the two choices.
energy-second = The second adds what the devices would draw anyway, for as long as an answer takes.
energy-second-unknown = The second needs to know what this device and the server draw at rest, and one of them is not known.

# Units after a number. $count is that number, or "millions" where it is told as so many millions or billions.
energy-unit-answers = { $count ->
    [one] answer
   *[other] answers
}
energy-unit-bytes = { $count ->
    [one] byte
   *[other] bytes
}
energy-unit-times = { $count ->
    [one] time
   *[other] times
}
energy-unit-cores = { $count ->
    [one] core
   *[other] cores
}
# What the share is one of: TDP is the power that a processor's maker states, "it" what a battery holds.
energy-unit-of-tdp = % of TDP
energy-unit-of-it = % of it
energy-unit-of-the-power-above-idle = % of the power above idle

# While this device's power is measured, by a plug-in meter or its battery.
energy-hidden-phase = This tab was hidden, and hidden tabs are slowed down: keep it in front, and start again.
energy-battery-charging = It charges, or is plugged in: the level then tells nothing about what the device draws. Unplug it first. (A device without a battery says the same: use a plug-in meter.)
energy-battery-low = The battery is at { $percent }{"\u00a0"}%: below { $low }{"\u00a0"}% many devices save power. Charge it first.
energy-battery-plugged = The device was plugged in meanwhile, so this was stopped; nothing was changed.
