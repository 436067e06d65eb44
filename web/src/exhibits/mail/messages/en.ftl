mail-label = Sort a mail
mail-description = Paste a mail. A small model on your device and a large one on the server say whether it is spam, side by side.
# What its test set consists of: "of 1,000 test mails".
mail-things = mails

# Names the field, below which what the models learnt from is said.
mail-field = A mail, its subject first
mail-hint = Type, paste, or drop one .eml or .txt file here. The models learnt from English mails of 2002.
# Comes before ready-made mails, each a button with its subject.
mail-choose = Or choose one that was written for this page
# In the place of the field, after its name: it is being fetched, or can not be.
mail-opening = is on its way …
mail-not-fetched = could not be fetched. Check the connection and load the page anew.

# The answers, large; also within a sentence: "Same answer: Spam."
mail-label-ham = Not spam
mail-label-spam = Spam
# Below an answer; $share is "97.3 %".
mail-sure = { $share } sure
# In the place of an answer.
mail-nothing = nothing to read yet
# Names the bars, one for each answer; heard only.
mail-scores = How likely each is
# Opens a field for files with many texts, each of which is answered.
mail-many = A whole mailbox at once

# Opens at a click: both mistakes that each model makes.
mail-errors = How often each mistake is made
mail-errors-how = Each model could be made stricter or more lenient. Along its line, it lets less spam through the more good mails it takes for spam. Its mark is where it decides, and the lines through the mark are ranges, with 95{"\u00a0"}% confidence. Measured on { NUMBER($good) } good mails and { NUMBER($spam) } of spam, of which no model saw any.
# Names the drawing; heard only.
mail-errors-chart = Good mails taken for spam against spam let through; the figures are in the table below
# The two mistakes: names of the axes, and of columns.
mail-errors-lost = Good mails taken for spam
mail-errors-missed = Spam let through
# A column, beside the two others.
mail-errors-none-lost = Spam let through if no good mail were lost
# Names the table of the two mistakes at the marks; heard only.
mail-errors-figures = Both mistakes of each model
# A share with its range: "0.37 % (0.16 % to 0.87 %)".
mail-errors-range = { $share } ({ $low } to { $high })
# $each is a list of what follows, one for each model that was asked.
mail-errors-hard = None of these good mails looks like spam, as newsletters do. There are such among those that the models learnt from: where a model had not seen them yet, { $each } were taken for spam.
# $id is a model's name: "10.7 % (5.5 % to 19.7 %) of 75 by minilm-int8".
mail-errors-hard-of = { $share } ({ $low } to { $high }) of { NUMBER($n) } by { $id }
# Opens at a click: a table of all that the lines are drawn from.
mail-errors-points = Every point of the lines
