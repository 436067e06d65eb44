"""The recipe of the mail exhibit, top to bottom: fine-tune MiniLM, train the student, set both decisions, write it all.

Fine-tuning leaves its checkpoint in a cache folder and is gone on with when it was stopped; the rest takes minutes.
Every choice was made on the training mailboxes: on their later part, and by cross-validation in time. The test part is
for reporting only.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import numpy_helper

from ...adapters.native import NativeSession
from ...manifest import Manifest
from ...session import Session
from ...text.ngrams import grams
from .. import bert, encoder, encoder_file, minilm, student, text_score
from ..ladder import Rung, golden_vectors, write_ladder
from . import augment, data, errors
from .golden import INPUTS

EXHIBIT = "mail"
PIECES = 256
"""What the exhibit lets an encoder read."""


@dataclass(frozen=True)
class Settings:
    """What the full recipe and its quick rehearsal differ in."""

    encoder: encoder.Plan
    student: student.Plan
    every: int = 1
    """Of so many mails one is taken."""
    folds: int = 5
    weight: float = 0.5
    """Of a shortened mail; a whole one counts 1."""


FULL = Settings(
    encoder=encoder.Plan(epochs=2, batch=16, rate=5e-5, pieces=192, bfloat16=True),
    student=student.Plan(cost=100, steps=25, bits=15),
)
QUICK = Settings(
    encoder=encoder.Plan(epochs=1, batch=16, rate=1e-3, pieces=32),
    student=student.Plan(cost=100, steps=8, bits=15),
    every=20,
    folds=2,
)


def forge(models: Path, cache: Path, quick: bool = False) -> Manifest:
    """Run the recipe and write ``models``/mail and the manifest; ``quick`` rehearses it with a tiny network."""
    settings = QUICK if quick else FULL
    work = cache / ("mail-quick" if quick else "mail")
    splits = data.Splits(*(_thinned(part, settings.every) for part in data.load(cache)))
    report = _Report(models / EXHIBIT / "results.json", splits.test)

    start, vocabulary = _start(cache, quick)
    plan = settings.encoder
    network = encoder.finetune(work / "minilm.pt", splits.train, splits.validation, plan, start, vocabulary)
    big = encoder_file.to_int8(encoder_file.to_onnx(network, vocabulary))
    odds = _odds(big, splits.validation.texts)
    shift = -errors.threshold(odds, splits.validation.labels, splits.validation.hard)
    _shift(big, shift)
    report.add("minilm-int8", "validation", odds + shift, splits.validation)

    known = data.both(splits.train, splits.validation)
    odds = cross_validated(known, settings)
    shift = -errors.threshold(odds, known.labels, known.hard)
    report.add("student-fp32", "cross_validation", odds + shift, known)
    linear = train(known, settings).shifted(shift)

    typical = round(float(np.median([len(grams(text).ids) for text in known.texts])))
    share = f"threshold from {settings.folds} folds in time"
    table, _ = student.rounded(linear)
    of_student: dict[str, Any] = {"macs": typical}
    return write_ladder(
        models,
        EXHIBIT,
        test_set={
            "name": "SpamAssassin easy-ham-2 and spam-2",
            "n": len(splits.test.labels),
            "sha256": data.SOURCE.sha256,
        },
        rungs=[
            Rung(
                "minilm-int8",
                "baseline",
                None,
                f"all-MiniLM-L6-v2 fine-tuned for {settings.encoder.epochs} epochs on "
                f"{len(splits.train.labels)} mails, dynamic int8",
                big,
                params=sum(value.numel() for value in network.parameters()),
                macs=_macs(network.shape, splits.train.texts, vocabulary),
            ),
            Rung(
                "student-fp32",
                "rung",
                None,
                f"logistic regression on hashed words, pairs and runs of letters of {len(known.labels)} mails, each "
                f"also shortened in three ways; {share}",
                student.to_onnx(linear),
                params=int(np.count_nonzero(linear.table)) + 1,
                **of_student,
            ),
            Rung(
                "student-int8",
                "student",
                "student-fp32",
                "int8 with one scale",
                student.to_int8(linear),
                params=int(np.count_nonzero(table)) + 1,
                **of_student,
            ),
        ],
        accuracy=report.judge,
        golden=lambda session: golden_vectors(EXHIBIT, session, INPUTS),
    )


class _Report:
    """Both errors of every model, and their curves, for ``results.json``; written whenever one was judged."""

    def __init__(self, path: Path, test: data.Part) -> None:
        self._path, self._test = path, test
        self._told: dict[str, dict[str, Any]] = {}

    def add(self, variant: str, name: str, odds: np.ndarray, part: data.Part) -> dict[str, Any]:
        told = errors.both(odds, part.labels, part.hard)
        curve = errors.curve(odds, part.labels)
        self._told.setdefault(variant, {})[name] = {**told, "curve": curve}
        summary = ", ".join(f"{key} {value['value']:.2%}" for key, value in told.items())
        print(f"{variant}, {name}: {summary}", flush=True)
        return told

    def judge(self, session: Session) -> dict[str, Any]:
        """How often it is right on the test part."""
        odds = _odds_of(session, self._test.texts)
        told = self.add(session.model_id.partition("/")[2], "test", odds, self._test)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(self._told, indent=1) + "\n")
        accuracy: dict[str, Any] = told["accuracy"]
        return accuracy


def _thinned(part: data.Part, every: int) -> data.Part:
    return part.only(np.arange(0, len(part.labels), every))


def cross_validated(known: data.Part, settings: Settings) -> np.ndarray:
    """Log-odds [N] of each mail by a student that knew none of its time: each kind of mail is cut into stretches."""
    fold = np.zeros(len(known.labels), np.int64)
    kinds = known.labels + 2 * known.hard
    for kind in np.unique(kinds):
        of_kind = np.flatnonzero(kinds == kind)
        fold[of_kind] = np.arange(len(of_kind)) * settings.folds // len(of_kind)
    odds = np.zeros(len(fold))
    for number in range(settings.folds):
        held = known.only(fold == number)
        odds[fold == number] = student.scores(train(known.only(fold != number), settings), student.bag(held.texts))
    return odds


def train(part: data.Part, settings: Settings) -> student.Linear:
    """A student that has seen each mail whole, and in three shorter ways."""
    ways = [part.texts, *augment.variants(part.texts, seed=1)]
    weights = np.repeat([1.0, *[settings.weight] * (len(ways) - 1)], len(part.texts))
    texts = (text for way in ways for text in way)
    return student.fit(student.bag(texts), np.tile(part.labels, len(ways)), settings.student, weights)


def _start(cache: Path, quick: bool) -> tuple[bert.Encoder, list[str]]:
    """The first weights and the vocabulary; for a rehearsal random ones, and letters."""
    if not quick:
        weights, vocabulary = minilm.load(cache)
        return bert.from_bert(weights, FULL.encoder.seed), vocabulary
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    return bert.Encoder(bert.Shape(len(vocabulary), width=32, heads=2, layers=1, inner=32, positions=512)), vocabulary


def _macs(shape: bert.Shape, texts: Sequence[str], vocabulary: Sequence[str]) -> int:
    """Multiply-accumulates for a typical mail: of as many pieces as the median one has."""
    pieces = round(float(np.median([*map(len, encoder.tokens(texts, vocabulary, PIECES))])))
    layer = 4 * shape.width**2 + 2 * shape.width * shape.inner + 2 * pieces * shape.width
    return pieces * shape.layers * layer + shape.width * 2


def _odds(model: onnx.ModelProto, texts: Sequence[str]) -> np.ndarray:
    return _odds_of(NativeSession(model.SerializeToString(), f"{EXHIBIT}/candidate"), texts)


def _odds_of(session: Session, texts: Sequence[str]) -> np.ndarray:
    return text_score.odds(EXHIBIT, session, texts)


def _shift(model: onnx.ModelProto, by: float) -> None:
    """Add to the second label's logit, always: how a decision is moved without a threshold."""
    bias = next(item for item in model.graph.initializer if item.name == "head.bias")
    values = numpy_helper.to_array(bias).copy()
    values[1] += by
    bias.CopyFrom(numpy_helper.from_array(values, bias.name))
