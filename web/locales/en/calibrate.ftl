# calibrate: measuring what this device draws, with a plug-in meter or by its battery, and what energy is counted with.
# Idle: the device rests. Under load: the model works on it, as hard as it can.

# What energy is counted with now. The title comes after "Counted as"; $watts is such as "7.5 W".
calibrate-counted-later = Known once this page is ready.
calibrate-counted-measured = Your device, as you measured it
calibrate-counted-typed = { $watts } above idle, as you typed it
calibrate-counted-typed-why = Your figure is taken to be right within a tenth.
calibrate-counted-tdp = A processor of { $watts } TDP
calibrate-counted-tdp-why = What it draws at work is worked out from how processors behave: a wide range, for the processor alone.
calibrate-counted-chosen = You chose it.
# $name is a device's.
calibrate-counted-instead = You chose it. We would have proposed: { $name }.
# The lines of a table of watts: "Above idle" is what the device draws more than at rest.
calibrate-above-model = Above idle, while the model runs
calibrate-above-work = Above idle, while it works
calibrate-above-one = Above idle, one thread at work
calibrate-above-all = Above idle, all { $threads } threads at work
calibrate-idle = Idle
calibrate-load = Under load
calibrate-not-known = not known
# A range of watts: "5.8 to 7.6 W".
calibrate-reach = { $low } to { $high }{"\u00a0"}W

# The visitor's own measurement: to use, to export as a file, to import from one, to delete.
calibrate-file-title = Your own measurement
calibrate-file-none = None yet: measure below, or import one that was exported before.
calibrate-file-deleted = Deleted.
# $date is such as "2026-01-31". Without a full stop: one of the next three goes on with it, as $measured.
calibrate-measured-on = { $method ->
    [plug] Measured on { $date } with a plug-in meter
    [battery] Measured on { $date } by its battery
   *[other] Measured on { $date }
}
calibrate-measured = { $method ->
    [plug] Measured with a plug-in meter
    [battery] Measured by its battery
   *[other] Measured
}
calibrate-measured-alone = { $measured }.
calibrate-measured-as = { $measured }: { $watts } above idle.
# $range is calibrate-reach.
calibrate-measured-range = { $measured }: { $watts } above idle ({ $range }).
# Buttons.
calibrate-file-delete = Delete
calibrate-file-undo = Undo
calibrate-file-export = Export
calibrate-file-import = Import
calibrate-file-use = Use it
# Names the field in which a file is chosen.
calibrate-file-pick = A calibration that this page exported
calibrate-file-large = That file is too large to be a calibration.
calibrate-file-unread = The browser could not read that file: choose it again.

# With a plug-in meter.
calibrate-plug-title = Measure it with a plug-in meter
calibrate-plug-needs = You need a meter that goes between the plug and the wall, and two minutes. Charge a laptop or a phone to full first, and leave it plugged in: charging would be measured, too. Close what else is running; keep this page in front and the screen as bright as usual. The readings stay on this device.
calibrate-plug-digit = The last digit on your meter
# What to do now, at each step.
calibrate-step-start = Half a minute of rest comes first, then as much of work: you read the meter in both.
calibrate-step-idle = Idle phase: { $seconds } seconds. Touch nothing, and watch the meter.
calibrate-step-idle-read = Read the meter now, and type what it shows.
calibrate-step-load = Load phase: the model works for { $seconds } seconds. Touch nothing, and watch the meter.
calibrate-step-load-read = Read the meter now, while the model works on, and type what it shows.
calibrate-step-load-over = The model has stopped. If you read the meter while it worked, type that; if not, run the load again.
calibrate-step-done = Handed over. What your device is counted as stands at the top of this drawer.
# Each follows a time that runs down: "25 s".
calibrate-left-idle = left of the idle phase
calibrate-left-load = left of the load phase
calibrate-left-model = until the model stops
# Buttons.
calibrate-plug-start-idle = Start idle phase
calibrate-plug-start-load = Start load phase
calibrate-plug-use = Use these readings
calibrate-plug-load-again = Run the load again
calibrate-plug-again = Measure again
calibrate-cancel = Cancel
# Names of fields for watts.
calibrate-plug-idle = Idle, the meter shows
calibrate-plug-load = Under load, the meter shows
calibrate-plug-hint = If the last digits jump about, type their middle.
calibrate-plug-not-more = That is not more than the { $watts } W when idle: read the meter again, or cancel and start anew.
calibrate-stopped = Stopped; nothing was changed.

# By the battery.
calibrate-battery-title = Measure it by its battery
calibrate-battery-unable = This browser does not tell pages how full the battery is; Chrome and Edge do. A plug-in meter works with any browser, and more finely, too.
calibrate-battery-how = The device rests for half of the time and works for the other half; what the battery loses tells the rest. Keep it unplugged and this page in front, touch nothing, and leave the screen as bright as usual. The readings stay on this device.
# A field for watt-hours, and a list to choose from instead.
calibrate-battery-holds = What the battery holds
calibrate-battery-holds-hint = Printed on the battery or under the device, and on its maker’s page. Of mAh, 1,000 are about 3.85 Wh in a phone.
calibrate-battery-or = Or about as much as in a
calibrate-battery-as-typed = As typed
calibrate-battery-like = { $like ->
    [small-phone] Small phone, { $wh } Wh
    [phone] Phone, { $wh } Wh
    [tablet] Tablet, { $wh } Wh
    [small-laptop] Small laptop, { $wh } Wh
    [laptop] Laptop, { $wh } Wh
   *[large-laptop] Large laptop, { $wh } Wh
}
calibrate-battery-long = How long
calibrate-battery-minutes = { $minutes } minutes
calibrate-battery-surer = The longer the surer: browsers tell the level in steps of 1{"\u00a0"}% only.
calibrate-battery-ready = Half of the time it rests first, then it works: you can leave it alone meanwhile.
# A button.
calibrate-battery-start = Start
# While it is under way, followed by the next one or by a warning.
calibrate-battery-now = { $phase ->
    [idle] Resting.
   *[load] The model works.
}
calibrate-battery-touch-nothing = Touch nothing, and keep this page in front.
# Follows a time that runs down: "4:25".
calibrate-left-in-all = { $phase ->
    [idle] left in all; now idle
   *[load] left in all; now the model works
}
# $idle and $load are such as "2 %". One of the two after it follows.
calibrate-battery-lost = It lost { $idle } at rest and { $load } at work.
calibrate-battery-too-little = That is too little to tell one from the other: take more time, or a plug-in meter. Nothing was changed.
calibrate-battery-done = What your device is counted as stands at the top of this drawer.

# Why the readings, or an imported file, are refused: after "Not changed.", or alone.
calibrate-refused-charged = The battery charged meanwhile: unplug it and start again.
calibrate-refused-order = { $method ->
    [battery] Under load it must draw more than idle: soak longer.
   *[plug] Under load it must draw more than idle: read both again, each when its countdown ends.
}
# $value is what was given instead.
calibrate-refused-number = { $field ->
    [idle_w] Idle_w is watts as the meter shows them: a number from { NUMBER($least, useGrouping: 0) } to { NUMBER($most, useGrouping: 0) }, not { $value }.
    [load_w] Load_w is watts as the meter shows them: a number from { NUMBER($least, useGrouping: 0) } to { NUMBER($most, useGrouping: 0) }, not { $value }.
    [step_w] Step_w is the last digit of the meter's display, in watts: a number from { NUMBER($least, useGrouping: 0) } to { NUMBER($most, useGrouping: 0) }, not { $value }.
   *[capacity_wh] Capacity_wh is the capacity printed on the battery, in watt-hours: a number from { NUMBER($least, useGrouping: 0) } to { NUMBER($most, useGrouping: 0) }, not { $value }.
}
calibrate-refused-file = This is not a calibration: choose a file that this page exported.
calibrate-refused-schema = This page reads calibrations of schema { $schema } only: calibrate again.
calibrate-refused-watts = It says more than { NUMBER($watts, useGrouping: 0) } W: calibrate again.
# $detail is what is wrong with the file, in English: somebody changed it.
calibrate-refused-damaged = { $detail }
