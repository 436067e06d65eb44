# language-model: what was measured of a language model that is only asked. "There" is the server, "here" the visitor's device.

# $name is a model's name, $params "1.78 billion", $size "1.1 GB".
llm-what = { $name } ({ $quantisation }; { $params } numbers, { $size }) was not trained for this: it reads the text, then a question about it, and its next word is its answer.
# $day is a date, $where a machine.
llm-recorded = No language model runs on this server. What follows was measured on { $day }, on { $where }, with its answers to the ready-made texts.
llm-live = It runs on this server and answers what you type.
llm-live-other = Another model, { $name }, runs on this server and answers what you type; what follows was measured of the one named above.
# A button.
llm-ask = Ask it there, instead of the large model

llm-caption = What was measured
# Rows of a table. $things are such as "mails".
llm-right = Right, of { $n } of the { $of } test { $things }
llm-uncalibrated = The same, read as it answers, without a bias
# "Not spam taken for Spam"
llm-taken = { $one }, taken for { $other }
llm-student = Right: { $id }, on the whole test set
llm-time = Time of one answer, { $threads ->
    [one] one thread
   *[other] { $threads } threads
}
# $median, $low and $high are times; the ends are quartiles.
llm-time-told = { $median }; half of all answers between { $low } and { $high }
llm-energy = Energy of one answer
llm-tokens = Tokens of one answer, in the middle
llm-tokens-told = { $read } read and { $written } written; { $kept } of the question and its examples were kept from before
llm-engine = Engine
llm-file = sha256 of its file
# "87.2 % (84.0 to 89.9 % with 95 % confidence)"
llm-share = { $share } ({ $low } to { $high } with 95 % confidence)

llm-how = How it is asked
llm-how-says = It is held to “{ $one }” and “{ $other }” by how likely each is as its next word. Of a text, the first { $letters } letters are given to it.
llm-shots = { $count ->
    [0] No examples stand before it.
    [one] One example with its answer stands before it.
   *[other] { $count } examples with their answers stand before it.
}
# $bias is a number.
llm-bias = To its log-odds of “{ $answer }”, { $bias } is added: that came out best on other texts (calibration).

llm-tried = What was tried
llm-tried-says = Every question was tried on texts that are neither in the test set nor among its examples, half of each kind; the best two on more of them.
llm-tried-prompt = Question; a number: with so many examples
llm-tried-n = Texts
llm-tried-plain = Right, as it answers
llm-tried-calibrated = Right, with a bias

llm-published = What is published of hosted ones
llm-published-says = Not measured here, and not of this question: what one request takes by each one’s own boundary.
