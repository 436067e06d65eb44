"""The words of the templates that `hundredfold new` writes: what their owner changes first."""

from __future__ import annotations

COVERS = 8
"""Square metres that a litre of paint covers."""

IMAGE = """\
# What is here becomes an exhibit by `hundredfold add` and this folder. Change a line and add it again.
title = "Which way?"
question = "Choose a picture of a stroke: does it lie flat, or does it stand upright?"
kind = "image"                  # a picture in: text and numbers are other kinds
labels = ["flat", "upright"]    # in the order of the models' outputs
licence = "CC0-1.0"
small = "small.onnx"            # runs here, in the visitor's browser
big = "big.onnx"                # runs there, on the server
samples = "samples"             # pictures, in folders that are called as the labels

# The middle of a picture, in the models' size, as (share of 1 - mean) / std. For anything else write pre.py:
# def pre(given): gets uint8 [height, width, 3] and returns what the models take.
[image]
mean = 0.0
std = 1.0
"""

TEXT = """\
# What is here becomes an exhibit by `hundredfold add` and this folder. Change a line and add it again.
title = "Food or weather?"
question = "Write a sentence: is it about food or about the weather?"
kind = "text"                   # a text in: image and numbers are other kinds
labels = ["food", "weather"]    # in the order of the models' outputs
licence = "CC0-1.0"
small = "small.onnx"            # runs here, in the visitor's browser
big = "big.onnx"                # runs there, on the server
samples = "samples.csv"         # columns: text and, where it is known, label
# pre.py makes of a text what the models take; without it, they get the text itself, as a tensor of one string.
"""

NUMBERS = f"""\
# What is here becomes an exhibit by `hundredfold add` and this folder. Change a line and add it again.
title = "How much paint?"
question = "Tell how large the wall is: how many litres of paint does it take?"
kind = "numbers"                # numbers in: image and text are other kinds
licence = "CC0-1.0"
unit = "l"                      # of the answer; write labels = [...] where it is one of some labels
within = 0.5                    # an answer counts as right when it is no further off
small = "small.onnx"            # runs here, in the visitor's browser
big = "big.onnx"                # runs there, on the server
samples = "samples.csv"         # columns: the inputs' names and, where it is known, label

# The models take float32 [1, number of inputs]. A litre covers {COVERS} square metres.
[[inputs]]
name = "length"
unit = "m"
low = 1
high = 10
value = 4

[[inputs]]
name = "height"
unit = "m"
low = 2
high = 4
value = 2.5

[[inputs]]
name = "coats"
low = 1
high = 3
value = 2
"""

PRE = '''\
"""Makes of a text what the models take. Runs on the server and in the browser: numpy and little else is there."""

import re

import numpy as np

BUCKETS = 512


def pre(given):
    """A text -> float32 [1, BUCKETS]: how often each word is in it, words that share a bucket counted together."""
    counts = np.zeros((1, BUCKETS), np.float32)
    for word in re.findall(r"[^\\W\\d_]+", given.lower()):
        counts[0, bucket(word)] += 1
    return counts


def bucket(word):
    """A number below BUCKETS, the same everywhere (FNV-1a)."""
    value = 2166136261
    for byte in word.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value % BUCKETS
'''

FOOD = """
bread soup butter cheese dinner breakfast lunch cake salt sugar oven kitchen taste rice apple salad coffee eat cooked
baked dish fried
"""
WEATHER = """
rain snow wind sun storm cloud clouds cold warm sky fog thunder umbrella degrees sunny cloudy rained windy frost
lightning forecast breeze
"""
WORDS = (FOOD.split(), WEATHER.split())
"""What tells food, and what tells the weather."""
SENTENCES = (
    ("The soup needs a little more salt.", "food"),
    ("We had fresh bread with butter for breakfast.", "food"),
    ("She baked a cake in the old oven.", "food"),
    ("This cheese has a taste of nuts.", "food"),
    ("There is rice and salad for lunch.", "food"),
    ("The kitchen smells of coffee.", "food"),
    ("He cooked dinner for eight.", "food"),
    ("An apple a day is what they eat.", "food"),
    ("The fish was fried and the dish was cold.", "food"),
    ("Sugar makes the cake brown.", "food"),
    ("The storm brought rain and thunder.", "weather"),
    ("It will be sunny with a light breeze.", "weather"),
    ("Snow fell all night and the sky is clear now.", "weather"),
    ("Take an umbrella, the clouds are dark.", "weather"),
    ("The forecast says ten degrees and fog.", "weather"),
    ("A cold wind blew from the north.", "weather"),
    ("There was frost on the windows.", "weather"),
    ("It rained for a week.", "weather"),
    ("The sun came out after lunch.", "weather"),
    ("Lightning lit the cloudy sky.", "weather"),
)
