"""Why a model file is refused, in sentences that say what to do; the page has a message of each code's name."""

from __future__ import annotations

from ..errors import ModelFileError

LONGEST_QUOTE = 60
REFUSALS = {
    "model-empty": "The file is empty: choose the .onnx file again, or copy it anew.",
    "model-too-big": "The file has {bytes} bytes; models of up to {most_bytes} can be opened: make it smaller first, "
    "or choose another.",
    "model-cut-off": "The file is cut off or damaged: copy or download it again.",
    "model-not-onnx": "This is no ONNX model: export yours as .onnx, and open that file.",
    "model-html": "This is a web page, not a model: download the file itself, not the page that shows it.",
    "model-pointer": "This is a Git LFS pointer, not the model: run git lfs pull, and open the file that it fetches.",
    "model-archive": "This is an archive: unpack it, and open the .onnx file in it.",
    "model-picture": "This is a picture, not a model: open an .onnx file, and give pictures as samples.",
    "model-arrays": "This is a file of arrays, not a model: open an .onnx file, and give the arrays as samples.",
    "model-format": "This is a {format} file: convert it to ONNX with: {command}",
    "model-format-final": "This is a file of {format}, which nothing turns back: open the .onnx that it was made from.",
    "model-no-graph": "The file holds no graph, or one without outputs: export the model again.",
    "model-too-nested": "Its parts are nested {depth} deep; up to {most} can be opened: export it with less nesting.",
    "model-too-many-parts": "It has more than {most} parts: simplify it with onnxslim, and open what that writes.",
    "model-numbers-loose": "It keeps more than {most_bytes} bytes of numbers one by one: save its weights as raw "
    "data, with onnx.numpy_helper.from_array.",
    "model-external-data": "Its weights ({weight}) lie in another file: save it as one file, with "
    "onnx.save(onnx.load(path), path, save_as_external_data=False).",
    "model-weight-size": "The weight {weight} says that it has the shape {shape}, which its data does not fill: "
    "export the model again.",
    "model-weight-dtype": "The weight {weight} has a data type ({dtype}) that ONNX does not know: export the "
    "model again.",
    "model-name-long": "It has a name of {letters} letters; up to {most} are read: rename that part, and export "
    "the model again.",
    "model-names-twice": "It has two values named {value}: export the model again with names of their own.",
    "model-value-missing": "The operator {op} takes {value}, which nothing makes: export the model again.",
    "model-cycle": "Its operators wait for each other in a circle (at {value}): export the model again.",
    "model-unsorted": "The operator {op} comes before what makes its input {value}: sort the operators, for "
    "example with onnxslim.",
    "model-recursion": "Its function {function} calls itself: export the model with its functions inlined.",
    "model-opset-missing": "It does not say which opset it uses: export the model again.",
    "model-opset-new": "It uses opset {opset} of {domain}; up to {most} is known here: export it with an older opset.",
    "model-ir-new": "Its format has version {version}; up to {most} is known here: export it with an older version of "
    "onnx.",
    "model-training": "It is a graph for training ({op}): export the model for inference.",
    "model-attribute": "The operator {op} has {attribute} = {found}, which can not be: export the model again.",
    "model-inputs-few": "The operator {op} has {found} inputs, and needs {least}: export the model again.",
    "model-axes": "The operator {op} makes a value of {axes} axes; up to {most} are allowed: export the model again.",
    "model-not-utf8": "Its names are no readable text: the file is damaged; copy or download it again.",
    "model-endless": "It has a loop that does not end by itself ({loop}): export it with a bounded number of turns.",
    "model-expands": "Its constants would grow to {needed_bytes} bytes when it is opened; up to {most_bytes} are "
    "allowed: export it so that it makes large values from its inputs.",
    "model-memory": "It would need about {needed_bytes} bytes at once for a single sample; up to {most_bytes} are "
    "allowed: export it for smaller inputs.",
    "model-invalid": "It breaks ONNX's rules ({why}): export the model again.",
    "model-slow": "It takes too long to look through: simplify it with onnxslim, and open what that writes.",
}
"""The sentence of each code; the braces hold its values."""


def refusal(code: str, **values: str | float) -> ModelFileError:
    """The error of ``code``, its text with the values in it: names are cut short, and quoted as data."""
    return ModelFileError(
        code, REFUSALS[code].format_map({name: _told(value) for name, value in values.items()}), values
    )


def quoted(text: str | bytes) -> str:
    """A stranger's name as a value of an error: one line, visible letters, cut short; bytes are no readable text."""
    if isinstance(text, bytes):
        raise refusal("model-not-utf8")
    visible = "".join(letter if letter.isprintable() else "?" for letter in text[: LONGEST_QUOTE + 1])
    return visible if len(visible) <= LONGEST_QUOTE else f"{visible[:LONGEST_QUOTE]}..."


def _told(value: str | float) -> str:
    return f"{value:,}" if isinstance(value, int | float) else value
