reviews-label = Weigh a review
reviews-description = Type a sentence about a film. A small model on your device and a large one on the server say whether it is for or against it, side by side.
# What its test set consists of: "of 1,000 test sentences".
reviews-things = sentences

# Names the field, below which what the models learnt from is said.
reviews-field = A sentence about a film
reviews-hint = Type, paste, or drop one .txt file here. The models learnt from English sentences by film critics.
# Comes before ready-made sentences, each a button with its first words.
reviews-choose = Or choose one that was written for this page
# In the place of the field, after its name: it is being fetched, or can not be.
reviews-opening = is on its way …
reviews-not-fetched = could not be fetched. Check the connection and load the page anew.

# The answers, large; also within a sentence: "Same answer: Positive."
reviews-label-negative = Negative
reviews-label-positive = Positive
# Below an answer; $share is "97.3 %".
reviews-sure = { $share } sure
# In the place of an answer.
reviews-nothing = nothing to read yet
# Names the bars, one for each answer; heard only.
reviews-scores = How likely each is
# Opens a field for files with many texts, each of which is answered.
reviews-many = A whole file of reviews at once
