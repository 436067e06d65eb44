# mailbox: a whole file of mails or other texts, each of which is answered on this device and listed.

mailbox-title = A whole mailbox
mailbox-here = Every text is read and answered on this device. Nothing of it is sent.
# Names the field for files, on which they can be dropped, too.
mailbox-drop = Drop a mailbox here, or choose files
# $size is "500.0 MB".
mailbox-limits = .mbox, .eml, .csv or .txt; up to { $size } or { $texts } texts
mailbox-too-large = These files have { $size }; up to { $most } can be read at a time. Choose fewer, or part the file.

# Before a choice of a table's columns.
mailbox-column = Column with the texts
# One of them; $name is its name or its number, $example what is in its first row.
mailbox-column-of = { $name }: { $example }
mailbox-header = The first row has the columns’ names
# Buttons.
mailbox-start = Start
mailbox-pause = { $paused ->
    [true] Go on
   *[false] Pause
}
mailbox-cancel = End it
mailbox-download = Download as CSV
mailbox-anew = Choose other files

# Names the bar.
mailbox-progress = How much is read
mailbox-pace = { $count ->
    [one] { $count } text
   *[other] { $count } texts
}, { $rate } a second
mailbox-pace-left = { $count ->
    [one] { $count } text
   *[other] { $count } texts
}, { $rate } a second; { $minutes ->
    [0] { $seconds } s
   *[other] { $minutes } min { $seconds } s
} left

# What is going on.
mailbox-state-ready = It is about to start.
mailbox-state-running = Reading.
mailbox-state-paused = Paused.
mailbox-state-done = { $count ->
    [0] There was no text in it.
    [one] Done: { $count } text.
   *[other] Done: { $count } texts.
}
mailbox-state-ended = { $count ->
    [one] Ended: { $count } text was answered.
   *[other] Ended: { $count } texts were answered.
}
mailbox-full = These are { $count } texts, and no more are taken at a time. Part the file for the rest.
mailbox-failed = It stopped: { $problem } What was answered is below; choose the files again to begin anew.
mailbox-file-problem = { $file }: { $problem }

# Energy so far, and what the models on the server would have taken.
mailbox-energy-here = Energy so far, here
mailbox-energy-there = There, { $name }

# What went over the network meanwhile, whatever for; $size is "0 B".
mailbox-moved = { $requests ->
    [one] Since then, this page made { $requests } request over the network and sent { $size }.
   *[other] Since then, this page made { $requests } requests over the network and sent { $size }.
}

# The list; its name is heard only.
mailbox-table = All texts with their answers
mailbox-column-number = No.
mailbox-column-label = Answer
mailbox-column-score = Score
mailbox-column-text = Begins with
# In the place of an answer: there was nothing to read.
mailbox-none = none
mailbox-show = Show
mailbox-show-all = all ({ $count })
mailbox-show-label = { $name } ({ $count })
mailbox-words = Words in their first letters
mailbox-shown = { $count ->
    [one] { $count } text is listed.
   *[other] { $count } texts are listed.
}

# What is odd about one text.
mailbox-note-empty = There is nothing in it.
mailbox-note-long = Longer than 2,000,000 letters: the rest was left out.
mailbox-note-cut = The file seems to be cut off in the middle of it.
mailbox-note-begun = The file seems to begin in the middle of it.
mailbox-note-quote = A quote in its line is not closed as it should be: the line was taken as it stands.
mailbox-note-lacking = Its row has no such column.
mailbox-note-beginning = Only its beginning was read, as of a single long text.
mailbox-note-unread = There is no letter or digit to read.
mailbox-note-refused = It could not be used.

# Said by the core.
mailbox-binary = { $name } is no text. Unpack what is packed, save a table as CSV and a document as plain text.
mailbox-no-column = The table has no column { $column }: choose one of its { $columns }.
