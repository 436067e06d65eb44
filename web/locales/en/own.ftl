# own: the room “Your own model”, in which a visitor's own model file is looked at, timed, made smaller and compared, all on this device.

own-title = Your own model
# The first words of it; what is behind a click is not fetched before.
own-lead = Nothing is uploaded: your model and your samples stay in this page, on your device. Give it an ONNX file and see what is in it, how long it takes here, and what a smaller version of it saves and loses.
own-open = Open it here; about 2 MB are fetched
own-no-script = This needs JavaScript, which is switched off.
own-comes = One moment …
own-lost = It could not be fetched. Look whether the network is on, then close this and open it again.

# Names the field for the model's file, which can be dropped anywhere in the room, too.
own-drop = Drop a model here, or choose its file
own-limits = .onnx up to { $megabytes } MB; for .tflite, .h5, .pt, .pkl, .safetensors and .gguf it tells what converts them
own-another = Choose another model
# A button; below it what it does.
own-try = Try it with a model of this page
own-try-note = The small model of the first exhibit, before it was compressed for the last time, and the samples of its page.
own-try-lost = That model could not be fetched. Look whether the network is on, and try again.
own-model-first = Samples alone tell nothing: give a model, and they are read with it.
own-busy = Something is under way: wait for it, or end it, and give the samples then.
own-one-model = One model at a time: { $name } was taken.

# What a model file holds: large figures, then a line.
own-fact-bytes = File
own-fact-params = Numbers in it
own-fact-macs = Multiplications a sample
own-fact-memory = Memory while it runs
own-opset = ONNX opset { $opset }, format { $format }.
own-producer = Made by { $producer }.
own-quantized = It has whole numbers for weights already.
own-sha = SHA-256 { $sha }…
own-missing = { $count ->
    [one] The engine of this page lacks the operator { $operators }: this model can be looked at here, and not run.
   *[other] The engine of this page lacks these operators: { $operators }. This model can be looked at here, and not run.
}

# Tables, each behind a click.
own-ports = Inputs and outputs
own-port-way = Way
own-port-name = Name
own-port-dtype = Kind
own-port-shape = Shape
own-port-in = in
own-port-out = out
own-shape-none = not told
own-shape-single = a single value
own-operators = { $count ->
    [one] { $count } kind of operator
   *[other] { $count } kinds of operators
}
own-operators-table = Operators
own-operator = Operator
own-operator-count = How often
own-operator-here = In this engine
own-operator-yes = yes
own-operator-no = no
own-weights = { $count ->
    [one] Weights of { $count } layer
   *[other] Weights of { $count } layers, the largest first
}
own-weights-table = Weights by layer
own-weight-layer = Layer
own-weight-shape = Shape
own-weight-params = Numbers
own-weight-bytes = Size
own-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}

# Samples to try the model on.
own-samples-title = Samples, if you have them
own-samples-why = They show what a smaller model gets wrong. 100 to 500 are a good number.
own-samples-drop = Drop samples here, or choose their files
own-samples-folder = Choose a folder
own-samples-kinds = Pictures, their folders as labels; .npz with an array for each input, and labels if there are any; .npy; .csv; .txt, a line for each sample
own-samples-none = Without samples, inputs are made up from the shapes that the model declares, and nothing is said about accuracy.
# $name is a file's name, or folders' names.
own-samples-are = { $count ->
    [one] { $count } sample, from { $name }.
   *[other] { $count } samples, from { $name }.
}
own-samples-few = Fewer than { $few } samples: what they tell about accuracy is unsure.
own-samples-left = { $count ->
    [one] { $count } more was left out, evenly: there is no room for all at once.
   *[other] { $count } more were left out, evenly: there is no room for all at once.
}
own-samples-unread = { $count ->
    [one] { $name } could not be read as a picture, and was left out.
   *[other] { $name } and others, { $count } in all, could not be read as pictures, and were left out.
}
own-samples-other = Other samples, or none
own-labels-are = { $count ->
    [one] { $count } label: { $names }.
   *[other] { $count } labels: { $names }.
}
own-labels-none = They have no labels: the smaller model is compared with the original, and not with what is right.
# Names the pictures or texts that follow; heard only.
own-preview = What the model gets
own-sample = Sample { $number }

# How samples are read: what is proposed, and can be changed.
own-reading = How they are read
own-plan-size = { $channels ->
    [1] Each picture becomes { $width } × { $height } pixels of grey, as the model wants it.
   *[other] Each picture becomes { $width } × { $height } pixels in three colours, as the model wants it.
}
own-plan-layout-first = One colour comes after the other (NCHW).
own-plan-layout-last = The colours of each pixel stand together (NHWC).
own-plan-fit = What does not have this form
own-plan-fit-crop = shows its middle
own-plan-fit-stretch = is stretched
own-plan-order = Order of colours
own-plan-order-rgb = red, green, blue
own-plan-order-bgr = blue, green, red
own-plan-values = Dark to light is
own-plan-values-unit = 0 to 1
own-plan-values-byte = 0 to 255
own-plan-values-signed = −1 to 1
own-plan-values-imagenet = less the mean of ImageNet, by its deviation
own-plan-values-own = less a mean, by a deviation of your own
own-plan-invert = Dark and light
own-plan-invert-no = as they are
own-plan-invert-yes = exchanged
own-plan-width = Width
own-plan-height = Height
own-plan-pixels = px
own-plan-open = The model leaves it open.
# $channel is one of red, green, blue and grey.
own-plan-mean = { $channel ->
    [red] Mean of red
    [green] Mean of green
    [blue] Mean of blue
   *[grey] Mean
}
own-plan-std = { $channel ->
    [red] Deviation of red
    [green] Deviation of green
    [blue] Deviation of blue
   *[grey] Deviation
}
own-plan-moment = Of values from 0 to 1.
own-table-use-numbers = { $count ->
    [one] { $count } column of numbers is the input.
   *[other] { $count } columns of numbers are the input, in their order.
}
own-table-use-columns = Each input is the column of its name.
own-table-use-text = One column of texts is the input.
own-table-labels = Column with the labels
own-table-no-labels = none
own-table-text = Column with the texts
own-order = What the model’s outputs are called, one a line, in its order
own-order-note = { $sorted ->
    [true] Proposed as training programs number folders and names: sorted. Put them in your model’s order if it has another.
   *[false] The labels are numbers, from 0; names are only shown.
}

# Timing it.
own-run-title = How long it takes here
own-run-note = { $real ->
    [true] One sample at a time, after a few runs to warm up.
   *[false] One made-up input at a time, after a few runs to warm up.
}
own-unable = The engine of this page can not run it.
own-run = Run it { $repeats } times
own-median = Half of all runs take less than
own-of-runs = { $runs ->
    [one] of { $runs } run
   *[other] of { $runs } runs
}
own-p95 = 95 % take less than
own-p95-note = the slow ones too
own-load = Opening it
own-load-note = once
own-energy = Energy of an answer
own-memory = Memory in use
own-memory-note = with Python and the engine

# Making it smaller.
own-shrink-title = A smaller one
own-shrink-note = Its weights become whole numbers or shorter ones, and unneeded steps are left out. Your file stays as it is.
own-shrink-quantized = This model has whole numbers for weights already: there may be little left to save.
own-method = How
own-method-auto = Automatic: the quickest that keeps within the limit
own-method-static-int8 = Static int8: weights and values between layers
own-method-dynamic-int8 = Dynamic int8: without samples, not for convolutions
own-method-weights-int8 = Weights int8: only the file gets smaller
own-method-float16 = Float16: half the size
# The same methods in a sentence or a table.
own-method-name-auto = automatic
own-method-name-static-int8 = static int8
own-method-name-dynamic-int8 = dynamic int8
own-method-name-weights-int8 = weights int8
own-method-name-float16 = float16
own-max-drop = { $of ->
    [accuracy] May lose of its right answers
   *[agreement] May answer otherwise than the original
}
own-points = points
own-max-drop-note = { $of ->
    [accuracy] 0.5 points: of 1,000 samples, 5 more wrong. Only the automatic way keeps to it.
   *[agreement] 0.5 points: 5 of 1,000 samples. Only the automatic way keeps to it.
}
own-shrink = Make it smaller

# How far something is; $share is a percentage.
own-progress = How far it is
own-cancel = End it
own-stopping = Ending …
own-phase-fetch = Fetching what it needs: { $share } %
own-phase-read = Reading samples: { $share } %
own-phase-open = Opening the model …
own-phase-warm-up = Warming up …
own-phase-run = Timing: { $share } %
own-phase-simplify = Leaving out unneeded steps …
own-phase-ranges = Looking at the values between layers: { $share } %
own-phase-quantize = Making a smaller one …
own-phase-check = Trying what was made: { $share } %
own-phase-check-original = Trying the original: { $share } %
own-phase-time = Timing what was made: { $share } %
own-phase-layers = Looking which layers it hurts most: { $share } %
own-phase-compare = Comparing both: { $share } %
own-phase-done = Nearly there …
own-doing-open = Looking at it …
own-doing-read = Reading samples …
own-doing-run = Timing …
own-doing-shrink = Making it smaller …
own-ended-open = Ended: nothing was opened.
own-ended-read = Ended: no samples were taken.
own-ended-run = Ended: nothing was timed.
own-ended-shrink = Ended: nothing was changed.
# Heard by whoever does not see the page change.
own-heard-model = { $name } is open.
own-heard-samples = The samples are read.
own-heard-perf = The times are there.
own-heard-outcome = The smaller model is there, beside the original.

# Before and after, side by side.
own-outcome-title = Side by side
own-outcome-caption = The smaller model and the original
own-small = Smaller
own-original = Original
# $share is "31 %", $points "0.2".
own-verdict-accuracy = { $change ->
    [less] { $share } of the size, and { $points } points fewer right answers.
    [more] { $share } of the size, and { $points } points more right answers.
   *[same] { $share } of the size, and as many right answers.
}
own-verdict-agreement = { $all ->
    [true] { $share } of the size, and the same answer for all samples.
   *[false] { $share } of the size, and the same answer for { $same } of the samples.
}
own-verdict-none = Nothing smaller keeps within the limit.
own-verdict-size = { $share } of the size.
own-how-big = How big
own-bytes-share = 1/{ $ratio } of the bytes
own-how-long = How long
own-how-long-note = one sample, on this device
own-how-much = How much energy
own-how-much-note = { $origin ->
    [measured] of one answer, measured
   *[estimated] of one answer, estimated
}
own-how-often = How often right
own-how-often-note = { $n ->
    [one] of { $n } sample of yours
   *[other] of { $n } samples of yours
}
own-how-alike = How often the same
own-how-alike-note = { $n ->
    [one] as the original, of { $n } sample of yours
   *[other] as the original, of { $n } samples of yours
}
own-made-up = The inputs were made up from the model’s shapes. That tells about size and time, and nothing about accuracy: give samples for that.
own-range-time = How long; from the quickest to the slowest but 5 %
own-range-energy = Energy of an answer; from the least to the most that it may be
# At the end of a scale beyond which one of the lines goes.
own-range-beyond = to { $most } →
# $names are layers' names.
own-floats = { $count ->
    [one] { $count } layer was left as it was, since whole numbers would have hurt most there: { $names }.
   *[other] { $count } layers were left as they were, since whole numbers would have hurt most there: { $names }.
}
own-changed = { $count ->
    [0] No sample has another answer.
    [one] { $count } of { $n } samples has another answer
   *[other] { $count } of { $n } samples have another answer
}
own-deviation = Its output is off by { $mean } of the original’s range in the mean, and by { $worst } at most.
own-says-original = Original: { $label }
own-says-small = Smaller: { $label }
own-is = It is { $label }
own-more-changed = { $count ->
    [one] And { $count } more; the report lists it.
   *[other] And { $count } more; the report lists them.
}
own-tried = { $count ->
    [one] What was tried: { $count } way
   *[other] What was tried: { $count } ways
}
own-tried-table = What was tried
own-tried-method = How
own-tried-floats = Layers left
own-tried-bytes = Size
own-tried-time = Time
own-tried-loss = Points lost
own-tried-holds = Within the limit
own-tried-yes = yes
own-tried-no = no
own-take-model = Download the smaller model ({ $size })
own-take-report = Download the report (JSON)
own-take-print = Print this
# On paper. $date is 2026-01-31, $sha the original's.
own-printed-on = { $date }, on this device. Original: SHA-256 { $sha }.
own-moved = { $requests ->
    [one] Since this model was opened, this page made { $requests } request over the network and sent { $size }.
   *[other] Since this model was opened, this page made { $requests } requests over the network and sent { $size }.
}

# Why samples can not be used; $name is a file's name.
own-samples-kind = { $name } is neither a picture nor .npy, .npz, .csv or .txt: save the samples as one of these.
own-samples-large = { $name } holds more than can be read at once: take a part of it.
own-samples-labels-only = { $name } holds labels alone: choose the file with the inputs together with it.
own-files-many = More than { $most } files: choose a folder with fewer.
own-pictures-input = None of this model’s inputs can be a picture: give its inputs as .npz, with an array for each.
own-pictures-none = { $name } could not be read as a picture by this browser: save it as PNG or JPEG.
own-canvas = This browser is set so that no page reads the pixels of a picture as they are: allow it for this site, or give the samples as .npz.
own-npy-none = { $name } is no array of numpy: save it with numpy.save.
own-npy-cut = { $name } is cut off, or says that it holds more than it does: save it anew.
own-npy-objects = { $name } holds objects of Python, which are never opened here: save an array of numbers or of texts.
own-npy-kind = { $name } holds numbers of a kind that is not read here: save it as float32, int64 or text.
own-npz-empty = { $name } holds no arrays: save them with numpy.savez, each under its input’s name.
own-npz-broken = { $name } is damaged or packed in an unusual way: save it anew with numpy.savez.
own-table-empty = There is nothing in { $name }.
own-table-ragged = Row { $row } of { $name } has { $found } cells, and the first has { $width }: give all rows as many.
own-table-quote = In { $name } a quote is opened in row { $row } and not closed.
own-table-number = “{ $found }” in row { $row }, column { $column }, is no number: choose that column as the labels, or take it out.
own-table-whole = This model takes whole numbers, and column { $column } has { $found }.
own-lines-empty = There is no text in { $name }.
own-lines-numbers = This model takes numbers, and { $name } is text: give its inputs as .npz or .csv.
own-text-letters = { $name } is not written in UTF-8: save it so.
own-labels-kind = Labels must be whole numbers from 0, or names: one for each sample.
own-order-missing = “{ $name }” is a label of the samples, and missing in your list.

# Said by the core, of a model, of samples, or of what came of them.
model-empty = The file is empty: choose the .onnx file again, or copy it anew.
model-too-big = The file has { $bytes } bytes; models of up to { $most_bytes } can be opened: make it smaller first, or choose another.
model-cut-off = The file is cut off or damaged: copy or download it again.
model-not-onnx = This is no ONNX model: export yours as .onnx, and open that file.
model-html = This is a web page, not a model: download the file itself, not the page that shows it.
model-pointer = This is a Git LFS pointer, not the model: run git lfs pull, and open the file that it fetches.
model-archive = This is an archive: unpack it, and open the .onnx file in it.
model-picture = This is a picture, not a model: open an .onnx file, and give pictures as samples.
model-arrays = This is a file of arrays, not a model: open an .onnx file, and give the arrays as samples.
model-format = This is a { $format } file: convert it to ONNX with: { $command }
model-no-graph = The file holds no graph, or one without outputs: export the model again.
model-too-nested = Its parts are nested { $depth } deep; up to { $most } can be opened: export it with less nesting.
model-too-many-parts = It has more than { $most } parts: simplify it with onnxslim, and open what that writes.
model-numbers-loose = It keeps more than { $most_bytes } bytes of numbers one by one: save its weights as raw data, with onnx.numpy_helper.from_array.
model-external-data = Its weights ({ $weight }) lie in another file: save it as one file, with onnx.save(onnx.load(path), path, save_as_external_data=False).
model-weight-size = The weight { $weight } says that it has the shape { $shape }, which its data does not fill: export the model again.
model-weight-dtype = The weight { $weight } has a data type ({ $dtype }) that ONNX does not know: export the model again.
model-name-long = It has a name of { $letters } letters; up to { $most } are read: rename that part, and export the model again.
model-names-twice = It has two values named { $value }: export the model again with names of their own.
model-value-missing = The operator { $op } takes { $value }, which nothing makes: export the model again.
model-cycle = Its operators wait for each other in a circle (at { $value }): export the model again.
model-unsorted = The operator { $op } comes before what makes its input { $value }: sort the operators, for example with onnxslim.
model-recursion = Its function { $function } calls itself: export the model with its functions inlined.
model-opset-missing = It does not say which opset it uses: export the model again.
model-opset-new = It uses opset { $opset } of { $domain }; up to { $most } is known here: export it with an older opset.
model-ir-new = Its format has version { $version }; up to { $most } is known here: export it with an older version of onnx.
model-training = It is a graph for training ({ $op }): export the model for inference.
model-attribute = The operator { $op } has { $attribute } = { $found }, which can not be: export the model again.
model-axes = The operator { $op } makes a value of { $axes } axes; up to { $most } are allowed: export the model again.
model-not-utf8 = Its names are no readable text: the file is damaged; copy or download it again.
model-endless = It has a loop that does not end by itself ({ $loop }): export it with a bounded number of turns.
model-expands = Its constants would grow to { $needed_bytes } bytes when it is opened; up to { $most_bytes } are allowed: export it so that it makes large values from its inputs.
model-memory = It would need about { $needed_bytes } bytes at once for a single sample; up to { $most_bytes } are allowed: export it for smaller inputs.
model-invalid = It breaks ONNX's rules ({ $why }): export the model again.
model-slow = It takes too long to look through: simplify it with onnxslim, and open what that writes.
note-sizes-assumed = Free dimensions were taken as: { $sizes }.
note-memory-estimate = The memory is an estimate: weights, and the values that are alive at once for one sample.
note-shapes-unknown = The sizes of { $count } values stay unknown without running it, { $value } the first: the arithmetic is not counted, and the memory may be more.
note-macs-left-out = The arithmetic of these operators could not be counted: { $operators }.
note-loop-turns = How often its loops run depends on the input: the arithmetic is not counted.
note-constants-unknown = It makes constants whose size is not known before it is opened ({ $operators }).
note-operators-missing = The browser's engine does not run these operators: { $operators }.
note-operators-unknown = Whether the browser's engine runs these operators is not known: { $operators }.
note-sparse = It holds sparse weights, which are counted as the engine unfolds them.
samples-made-up = The inputs were made up, so nothing can be said about accuracy.
samples-few = { $n } samples are few: with fewer than { $few }, what is told about accuracy is unsure.
model-already-quantized = The model has whole numbers for weights already: give the one that it was made from.
dynamic-convolutions = Dynamic int8 is for models of matrix products. This one has convolutions, which it makes slower and less right: choose static int8.
model-without-weights = The model holds no float32 weights, so there is nothing to make smaller.
static-needs-samples = Static int8 needs samples of yours, to see which values occur: give some, or choose weights int8.
same-samples = What it loses was measured on the samples that also set its ranges: compare it on others, too.
limit-finer-than-samples = One of the { $n } samples that were checked is { NUMBER($points, maximumFractionDigits: 1) } points, so the limit of { $max_drop } allows none to change.
static-not-tried = Static int8 was not tried: it needs samples of yours, to see which values occur.
nothing-holds = Nothing smaller keeps within { $max_drop } points.
not-smaller = The result is not smaller: { $bytes } bytes, and the original has { $original }.
not-quicker = It is not quicker here: { NUMBER($model_ms, maximumSignificantDigits: 2) } ms, and the original takes { NUMBER($original_ms, maximumSignificantDigits: 2) }.
simplify-missing = The graph was not simplified: the program for that is not here.
simplify-refused = The graph was not simplified: { $why }.
samples-dtype = Input { $input } takes { $wanted }, and the samples are { $found }: give them in that kind.
samples-shape = Input { $input } has the shape [{ $wanted }], and the samples have [{ $found }]: the first axis counts the samples, the others are as the model wants them.
samples-input-missing = The model needs an input { $input }, and the samples hold { $found }: give an array of that name.
samples-input-unknown = The model has no input { $input }; it needs { $needed }: take that array out.
samples-empty = There are no samples in it: give at least one.
samples-too-many = { $n } made-up samples of { $input } would take too much memory: give samples of your own.
repeats-out-of-range = It can be run from 1 to 10,000 times.
max-drop-range = The limit is a number of points from 0 to 100, not { $found }.
quantize-packed = { $method } kept fewer bits than the weights need, so that its result is wrong and is not handed out: choose another method, and please report this.
samples-lengths = There must be as many samples in each input and as many labels, and at least one, not { $found }.
samples-not-made-up = For input { $input } no samples can be made up: give some of your own.
model-format-final = This is a file of { $format }, which nothing turns back: open the .onnx that it was made from.
model-opset-old = It uses opset { $opset }, and bringing it to { $wanted } failed: export it again with opset { $wanted } or later.
models-differ = The two models have different { $what }, so they can not be compared: give a pair for one task.
activation-infinite = With these samples { $tensor } in the model is infinite: check that the samples are scaled as the model was trained, or choose weights int8.
quantize-failed = The quantiser can not take this model by { $method } ({ $why }): try another way.
samples-label-unknown = The labels go up to { $label }, and the model tells { $classes } classes: count them from 0, or put the labels in the model’s order.
samples-labels = Labels must be whole numbers from 0, one for each sample, not { $found }.
samples-no-number = Sample { $index } of input { $input }, counted from 0, holds a value that is infinite or no number: take it out.
model-inputs-few = The operator { $op } has { $found } inputs, and needs { $least }: export the model again.
note-dtypes-missing = The engine of this page neither takes nor gives { $dtypes }: the model can not be run here.
