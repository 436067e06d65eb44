"""The recipe of the reviews exhibit, top to bottom: fine-tune MiniLM, let it teach two smaller ones, write it all.

Every training leaves its checkpoint in a cache folder and is skipped when it is there. Choices are made on the
validation films; those of the test part are for reporting only. What came out of each seed is in models/LOG.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ...manifest import Manifest
from ...text.ngrams import grams
from .. import bert, encoder, encoder_file, minilm, student, text_score
from ..ladder import Rung, golden_vectors, write_ladder
from . import data, golden, test_set, vary

EXHIBIT = "reviews"
PIECES = 128
"""What is read of a sentence here: the longest has 72."""

SOFTER = 2.0
"""The teacher's log-odds are divided by this before the student learns them: it is surer than it is right."""
OF_VARIANT, OF_SNIPPET = 0.5, 0.2
"""What they weigh for the student; a labelled sentence weighs 1."""


@dataclass(frozen=True)
class Settings:
    """What the full recipe and its quick rehearsal differ in."""

    sentences: int
    judged: int
    """Sentences that validate, and that test."""
    plans: tuple[encoder.Plan, ...]
    """Of the networks that learn from labels; together they are the teacher."""
    taught: encoder.Plan
    """Of one of the same size that learns from that teacher; the best of all on validation is the baseline."""
    middle: encoder.Plan
    layers: int
    """Of the rung between."""
    pieces: int
    """Of the vocabulary the rung between keeps so many: the first ones, which are the most frequent words."""
    copies: int
    """Variants of each sentence for the teacher to judge."""
    snippets: int
    """Out of each sentence, for the best of them to judge for the student."""
    student: student.Plan


FULL = Settings(
    sentences=100_000,
    judged=100_000,
    plans=(
        encoder.Plan(epochs=3, batch=32, rate=6e-5, bfloat16=True, seed=1),
        encoder.Plan(epochs=3, batch=16, rate=4e-5, bfloat16=True, seed=2),
    ),
    taught=encoder.Plan(epochs=1, batch=32, rate=8e-5, bfloat16=True, seed=4),
    middle=encoder.Plan(epochs=2, batch=32, rate=1e-4, bfloat16=True, seed=1),
    layers=3,
    pieces=18_000,
    copies=3,
    snippets=6,
    student=student.Plan(cost=3, steps=30, bits=15),
)
QUICK = Settings(
    sentences=300,
    judged=120,
    plans=tuple(encoder.Plan(epochs=2, batch=32, rate=2e-3, head_rate=1e-2, pieces=40, seed=seed) for seed in (1, 2)),
    taught=encoder.Plan(epochs=1, batch=32, rate=2e-3, head_rate=1e-2, pieces=40, seed=3),
    middle=encoder.Plan(epochs=1, batch=32, rate=2e-3, head_rate=1e-2, pieces=40, seed=4),
    layers=1,
    pieces=200,
    copies=1,
    snippets=1,
    student=student.Plan(cost=3, steps=8, bits=15),
)


def forge(models: Path, cache: Path, quick: bool = False) -> Manifest:
    """Run the recipe and write ``models``/reviews and the manifest; ``quick`` rehearses it with a tiny network."""
    settings = QUICK if quick else FULL
    work = cache / ("reviews-quick" if quick else "reviews")
    whole = data.load(cache)
    train = whole.train.first(settings.sentences)
    validation, test = whole.validation.first(settings.judged), whole.test.first(settings.judged)
    torch.manual_seed(1)
    weights, vocabulary = (None, _tiny(train.texts)) if quick else minilm.load(cache)

    def start(plan: encoder.Plan) -> bert.Encoder:
        if weights is not None:
            return bert.from_bert(weights, plan.seed)
        torch.manual_seed(plan.seed)
        return bert.Encoder(bert.Shape(len(vocabulary), width=32, heads=2, layers=2, inner=64, positions=512))

    seeds = [
        encoder.finetune(work / f"minilm-{plan.seed}.pt", train, validation, plan, start(plan), vocabulary)
        for plan in settings.plans
    ]
    near = vary.neighbours(train.texts, vocabulary, start(settings.plans[0]).words.weight.detach().numpy())
    texts = list(dict.fromkeys([*train.texts, *vary.vary(train.texts, near, settings.copies, seed=1)]))
    answers = _judged(work / "teacher.pt", texts, seeds, vocabulary, settings.middle.bfloat16)
    many = data.Part(texts, np.concatenate([train.labels, answers[len(train.texts) :].argmax(1).numpy()]))
    rights = [_right(network, vocabulary, validation) for network in seeds]
    best = seeds[int(np.argmax(rights))]
    kept = range(min(settings.pieces, len(vocabulary)))
    less = [vocabulary[index] for index in kept]
    first = start(settings.taught)
    taught = encoder.finetune(work / "taught.pt", many, validation, settings.taught, first, vocabulary, answers)
    rights.append(_right(taught, vocabulary, validation))
    small = best.smaller(settings.layers, kept)
    middle = encoder.finetune(work / "middle.pt", many, validation, settings.middle, small, less, answers)
    short = vary.snippets(train.texts, vocabulary, settings.snippets, seed=5)
    told = _judged(work / "snippets.pt", short, [best], vocabulary, settings.middle.bfloat16)
    lesson = data.Part([*texts, *short], train.labels)
    linear = _student(settings.student, lesson, torch.cat([answers, told]), len(texts), validation)
    made = _Made(
        taught if rights[-1] > max(rights[:-1]) else best,
        vocabulary,
        rights,
        middle,
        less,
        linear,
        train,
        len(texts),
        len(short),
    )
    return _write(models, settings, test, made)


@dataclass(frozen=True)
class _Made:
    """All that is written."""

    best: bert.Encoder
    vocabulary: Sequence[str]
    rights: list[float]
    """On validation: of each seed, and of the network that they taught."""
    middle: bert.Encoder
    less: Sequence[str]
    linear: student.Linear
    train: data.Part
    judged: int
    """Sentences and variants that the teacher judged."""
    snippets: int


def _judged(
    file: Path, texts: list[str], seeds: Sequence[bert.Encoder], vocabulary: Sequence[str], fast: bool
) -> torch.Tensor:
    """The mean of what the networks say of each text: logits [N, 2], kept in ``file``."""
    if file.exists():
        saved = torch.load(file, weights_only=True)
        if saved["texts"] == texts:
            logits: torch.Tensor = saved["logits"]
            return logits
    print(f"{file.stem}: judging {len(texts)} texts", flush=True)
    ids = encoder.tokens(texts, vocabulary, PIECES)
    logits = torch.stack([encoder.answers(network, ids, bfloat16=fast) for network in seeds]).mean(0)
    torch.save({"texts": texts, "logits": logits}, file)
    return logits


def _student(
    plan: student.Plan, lesson: data.Part, answers: torch.Tensor, whole: int, validation: data.Part
) -> student.Linear:
    """The linear one: of a teacher's shares for sentences (the first ``whole``) and snippets, and of what is labelled.

    ``lesson.labels`` are those of its first sentences, which count half there and half what the teacher says.
    """
    labelled = len(lesson.labels)
    shares = ((answers[:, 1] - answers[:, 0]) / SOFTER).sigmoid().numpy().astype(np.float64)
    shares[:labelled] = (shares[:labelled] + lesson.labels) / 2
    weights = np.full(len(shares), OF_SNIPPET)
    weights[:whole] = OF_VARIANT
    weights[:labelled] = 1
    linear = student.fit(student.bag(lesson.texts), shares, plan, weights)
    right = ((student.scores(linear, student.bag(validation.texts)) > 0) == validation.labels).mean()
    print(f"student: validation {right:.2%}", flush=True)
    return linear


def _right(network: bert.Encoder, vocabulary: Sequence[str], part: data.Part) -> float:
    ids = encoder.tokens(part.texts, vocabulary, PIECES)
    right = encoder.share_right(encoder.answers(network, ids), part.labels)
    print(f"validation in fp32: {right:.2%}", flush=True)
    return right


def _tiny(texts: Sequence[str]) -> list[str]:
    """A vocabulary of the most frequent words, letters, and their continuations."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    counted = Counter(vary.bare(word) for text in texts for word in text.split())
    words = [word for word, _ in counted.most_common(300) if len(word) > 1 and word.isalnum() and word.isascii()]
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{letter}" for letter in letters), *words]


def _write(models: Path, settings: Settings, test: data.Part, made: _Made) -> Manifest:
    typical = round(float(np.median([*map(len, encoder.tokens(made.train.texts, made.vocabulary, PIECES))])))
    looked_up = round(float(np.median([len(grams(text).ids) for text in made.train.texts])))
    big, mid = (
        encoder_file.to_int8(encoder_file.to_onnx(network, pieces))
        for network, pieces in ((made.best, made.vocabulary), (made.middle, made.less))
    )
    table, _ = student.rounded(made.linear)

    def size(network: bert.Encoder) -> int:
        return sum(value.numel() for value in network.parameters())

    n = len(made.train.texts)
    rungs = [
        Rung(
            "minilm-int8",
            "baseline",
            None,
            f"all-MiniLM-L6-v2 fine-tuned on {n} sentences, the best on validation of "
            f"{', '.join(f'{right:.1%}' for right in made.rights)}: one for each seed, and one that they taught with "
            "variants of the sentences; dynamic int8",
            big,
            params=size(made.best),
            macs=made.best.shape.macs(typical),
        ),
        Rung(
            f"layers{settings.layers}-int8",
            "rung",
            "minilm-int8",
            f"the first {settings.layers} of its 6 layers and {len(made.less)} of its {len(made.vocabulary)} pieces, "
            f"distilled on {made.judged} sentences and variants of them; dynamic int8",
            mid,
            params=size(made.middle),
            macs=made.middle.shape.macs(typical),
        ),
        Rung(
            "student-fp32",
            "rung",
            "minilm-int8",
            f"logistic regression on hashed words, pairs and runs of letters, distilled on {made.judged} sentences "
            f"and variants of them, and on {made.snippets} snippets and words",
            student.to_onnx(made.linear),
            params=int(np.count_nonzero(made.linear.table)) + 1,
            macs=looked_up,
        ),
        Rung(
            "student-int8",
            "student",
            "student-fp32",
            "int8 with one scale",
            student.to_int8(made.linear),
            params=int(np.count_nonzero(table)) + 1,
            macs=looked_up,
        ),
    ]
    asked = [{"text": text} for text in golden.TEXTS]
    return write_ladder(
        models,
        EXHIBIT,
        test_set=test_set.told(test),
        rungs=rungs,
        accuracy=lambda session: text_score.accuracy(EXHIBIT, session, test.texts, test.labels),
        golden=lambda session: golden_vectors(EXHIBIT, session, asked),
    )
