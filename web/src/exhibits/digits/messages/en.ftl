digits-label = Draw a digit
digits-description = Draw a digit. A small model reads it on your device, a large one on the server, side by side.
# What its test set consists of: "of 10,000 test digits".
digits-things = digits

# On the paper that is drawn on, while it is empty.
digits-hint = Draw a digit, 0 to 9
# Name the paper; heard only.
digits-paper-empty = Drawing area, empty
digits-paper-drawn = Your drawing
# Buttons: take the last line back; wipe the paper.
digits-undo = Undo
digits-clear = Clear
# Names the ready-made drawings, and each of them; heard only.
digits-samples = Or choose a drawing
digits-sample = Draw a { $digit }

# In the place of an answer.
digits-nothing = nothing drawn yet
# Names the bars, one for each digit; heard only.
digits-scores = How likely each digit is
