# text: what every exhibit in which a text is read says.

# Buttons: empty the field; bring back what was in it before; choose a file to read.
text-clear = Clear
text-undo = Undo
text-open = Open a file
# How long the text is.
text-letters = { $count ->
    [one] { $count } letter
   *[other] { $count } letters
}
# What came of a file that was dropped or chosen.
text-file-read = { $name } is in the field now.
text-file-one = Those are several files. Drop one at a time.
text-file-large = The file is larger than 2 MB. Open a smaller one, or paste the part that matters.
text-file-binary = The file holds something else than text. Save it as .txt or .eml and open that, or paste its text.
text-file-empty = There is no text in the file. Open another one.
text-file-unread = The file could not be read. Open a file, not a folder, and one that has not been moved since.

# Above what moved an answer: what of the text was read.
text-taken-apart = This is a mail with all its headers: its subject and its text were read, nothing else.
text-truncated = The text is longer than this model reads: only its beginning was read.
# A heading over the text with its words shaded.
text-moved = What moved the answer
# Explain the shading. A line looks as it says; each is followed by text-towards: "solid line: towards Spam".
text-line-solid = solid line
text-line-dotted = dotted line
text-towards = towards { $label }
# Names the text with its words shaded; $side is "Here" or "There". Heard only.
text-region = The words that moved the answer: { $side }
# The strongest words, instead of their shading; heard only. $words is a list.
text-strongest = Most towards { $label }: { $words }
# Below the text with its words shaded.
text-cut = The text is long: this is what stands around the words that moved the answer most.
text-most = Only the { $count } words that moved it most are shaded.
text-exact = The thicker the line, the more it moved. This model adds up its words, so the shares are exact.
text-left-out = The thicker the line, the more it moved. Found by asking again with a few neighbouring words left out at a time: an approximation.
# Where a model does not tell which words moved it; $time is "600 ms".
text-by-leaving-out = This model does not tell which words moved it. That can be found by leaving words out and asking again, in about { $time }.
# A button, and what it says while that is under way.
text-show = Show them
text-on-its-way = Asking …
text-not-recorded = This model does not tell which words moved it, and without a server it can not be asked again.
text-language-model = A language model that is only asked does not tell which words moved it.
text-no-words = No words were found that moved it.
# Where it is refused.
text-too-long = The text has { $letters } letters. Send at most { $most }, such as its first ones.
