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
