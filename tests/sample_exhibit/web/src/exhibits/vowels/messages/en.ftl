vowels-label = Type a word
vowels-description = Type a word. A small model reads it on your device, a large one on the server.
# What its test set consists of: "of 300 test words".
vowels-things = words

vowels-field = A word
# Comes before ready-made words, each a button.
vowels-choose = Or choose

# The answers: which kind of letters the word has more of.
vowels-label-vowels = vowels
vowels-label-consonants = consonants
vowels-nothing = nothing typed yet
# Names the bars, one for each answer; heard only.
vowels-scores = How likely each is
