# added: an exhibit that whoever runs this site added from a folder of theirs. Its title, its question and its labels are in their own words.

# Under the page's title.
added-lead = A small model answers here, on your device; a large one there, on the server.
added-lead-recorded = A small model answers here, on your device; a large one there, on a server, whose answers were recorded.
# A heading, and what stands below it. $licence is in the words of who added it, such as "CC-BY-4.0".
added-what = What is this?
added-comes-from = Whoever runs this site added this exhibit: its models, its samples and its words are theirs. It was measured as the others are. Licence: { $licence }.
# Follows it, where there is a server.
added-sent = For the answer there, what you give is sent to the server.
# What its test set consists of: "of 40 test samples".
added-things = samples

# After the exhibit's question, until there is something to work with, or where there will be nothing.
added-opening = One moment …
added-not-fetched = What belongs to it could not be fetched. Look whether the network is on, and load the page again.
# In the place of an answer.
added-nothing = nothing asked yet
# Names the lines that say how likely each label is; heard only.
added-scores = How likely each label is
# What its models are, above the list to choose one from.
added-models = As whoever added them gave them: the big one first.
# Before ready-made pictures, texts or numbers.
added-choose = Or choose one of these:

# Names the picture; heard only.
added-picture = Your picture
added-picture-none = No picture yet
# A button. A picture may also be dropped or pasted there.
added-open = Open a picture
# What is wrong with a file.
added-file-one = Those are several files. Drop one at a time.
added-file-large = The file is larger than 50 MB. Open a smaller one.
added-file-unread = It could not be read as a picture. Open a PNG, JPEG or WebP file.
# Below a field for a number.
added-bounds = from { $low } to { $high }
