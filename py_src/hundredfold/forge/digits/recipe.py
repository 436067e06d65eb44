"""The recipe of the digits exhibit, top to bottom: train the baseline, distil the student, quantise both, write it all.

Every step leaves its result in a cache folder and is skipped when it is there, so a stopped run goes on where it was.
Choices are made on the validation images; the test images are for reporting only. Two busy CPU cores took two hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch.nn import functional as F

from ...adapters.native import NativeSession
from ...exhibits.digits.drawing import encode
from ...manifest import Manifest
from .. import compress, export, score, train
from ..ladder import Rung, golden_vectors, write_ladder
from . import mnist, nets
from .distort import distort, to_input
from .test_set import prepared

EXHIBIT = "digits"


@dataclass(frozen=True)
class Settings:
    """What the full recipe and its quick rehearsal differ in."""

    images: int
    validation_images: int
    test_images: int
    blocks: int
    widen: int
    baseline: train.Plan
    student: train.Plan
    views: int
    """Distorted copies of the training set that the baseline labels for the student."""
    temperature: float = 3.0
    soft: float = 0.9
    """Share of the distillation loss that looks at the baseline's answer; the rest looks at the true label."""
    calibration: int = 1000


FULL = Settings(
    images=55_000,
    validation_images=5_000,
    test_images=10_000,
    blocks=2,
    widen=4,
    baseline=train.Plan(epochs=11, bfloat16=True),
    student=train.Plan(epochs=20, weight_decay=1e-4),
    views=3,
)
QUICK = Settings(
    images=1_500,
    validation_images=500,
    test_images=500,
    blocks=1,
    widen=1,
    baseline=train.Plan(epochs=2, batch=50),
    student=train.Plan(epochs=4, batch=50, weight_decay=1e-4),
    views=2,
    calibration=200,
)


def forge(models: Path, cache: Path, quick: bool = False) -> Manifest:
    """Run the recipe and write ``models``/digits and the manifest; ``quick`` rehearses it on a slice of MNIST."""
    settings = QUICK if quick else FULL
    work = cache / ("digits-quick" if quick else "digits")
    train_set, validation, test = mnist.load(cache / "mnist")
    train_set = train_set.first(settings.images)
    validation, test = validation.first(settings.validation_images), test.first(settings.test_images)
    data = _Data(to_input(train_set.images), torch.from_numpy(train_set.labels), validation)

    baseline = _baseline(settings, data, work)
    student = _student(settings, data, baseline, work)
    rungs = _rungs(settings, baseline, student, train_set, validation)
    vectors = _golden_inputs(validation)
    inputs = prepared(test.images)
    return write_ladder(
        models,
        EXHIBIT,
        test_set={"name": "MNIST test", "n": len(test.labels), "sha256": mnist.SHA256["t10k-images-idx3-ubyte"]},
        rungs=rungs,
        accuracy=lambda session: score.accuracy(session, inputs, test.labels),
        golden=lambda session: golden_vectors(EXHIBIT, session, vectors),
    )


class _Data:
    """The training images as a tensor, and how right a network is on the validation images."""

    def __init__(self, inputs: torch.Tensor, labels: torch.Tensor, validation: mnist.Split) -> None:
        self.inputs, self.labels = inputs, labels
        self._check = to_input(validation.images).contiguous(memory_format=torch.channels_last)
        self._truth = torch.from_numpy(validation.labels)

    def validate(self, network: torch.nn.Module) -> float:
        return float((train.predict(network, self._check).argmax(1) == self._truth).float().mean())

    def view(self, number: int) -> torch.Tensor:
        """A distorted copy of all training images, always the same for one number, rounded to 1/255 as drawings are."""
        generator = torch.Generator().manual_seed(10_000 + number)
        parts = [distort(part, generator) for part in self.inputs.split(500)]
        return torch.cat(parts).mul_(255).round_().div_(255)


def _shuffled(count: int, batch: int, generator: torch.Generator) -> Iterator[torch.Tensor]:
    order = torch.randperm(count, generator=generator)
    yield from order[: count // batch * batch].split(batch)


def _baseline(settings: Settings, data: _Data, work: Path) -> torch.nn.Module:
    torch.manual_seed(settings.baseline.seed)
    network = nets.wide_resnet(settings.blocks, settings.widen)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stubs lack this form

    def batches(epoch: int, generator: torch.Generator) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        for chosen in _shuffled(len(data.inputs), settings.baseline.batch, generator):
            inputs = distort(data.inputs[chosen], generator).contiguous(memory_format=torch.channels_last)
            yield inputs, data.labels[chosen]

    steps = len(data.inputs) // settings.baseline.batch
    return train.fit(network, settings.baseline, batches, steps, data.validate, F.cross_entropy, work / "baseline.pt")


def _teach(data: _Data, teacher: torch.nn.Module, number: int, work: Path) -> tuple[torch.Tensor, torch.Tensor]:
    """View ``number`` of the training images and the teacher's logits for it, from the cache when they are there."""
    view, file = data.view(number), work / f"teacher-{number}.pt"
    if not file.exists():
        print(f"teacher: labelling view {number}", flush=True)
        with torch.autocast("cpu", torch.bfloat16):
            answers = train.predict(teacher, view.contiguous(memory_format=torch.channels_last))
        torch.save(answers, file.with_suffix(".part"))
        file.with_suffix(".part").replace(file)
    return view, torch.load(file, weights_only=True)


def _student(settings: Settings, data: _Data, teacher: torch.nn.Module, work: Path) -> torch.nn.Module:
    torch.manual_seed(settings.student.seed)

    def batches(epoch: int, generator: torch.Generator) -> Iterator[tuple[torch.Tensor, Any]]:
        view, answers = _teach(data, teacher, epoch % settings.views, work)
        for chosen in _shuffled(len(view), settings.student.batch, generator):
            yield view[chosen], (answers[chosen], data.labels[chosen])

    def loss(logits: torch.Tensor, target: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        soft = train.soft_cross_entropy(logits, target[0], settings.temperature)
        return settings.soft * soft + (1 - settings.soft) * F.cross_entropy(logits, target[1])

    steps = len(data.inputs) // settings.student.batch
    return train.fit(nets.student(), settings.student, batches, steps, data.validate, loss, work / "student.pt")


def _rungs(
    settings: Settings,
    baseline: torch.nn.Module,
    student: torch.nn.Module,
    train_set: mnist.Split,
    validation: mnist.Split,
) -> list[Rung]:
    big, small = (export.to_onnx(net, (1, 28, 28), "image", "logits") for net in (baseline, student))
    calibration = (train_set.images[: settings.calibration, None] / 255).astype(np.float32)
    plan, distil = settings.baseline, settings.student
    name = f"WRN-{6 * settings.blocks + 4}-{settings.widen}"
    big8, how_big = _best_int8(big, calibration[:200], validation, ["minmax"])
    small8, how_small = _best_int8(small, calibration, validation, list(compress.METHODS))
    return [
        Rung(
            "baseline-fp32",
            "baseline",
            None,
            f"{name}, {plan.epochs} epochs on {settings.images} distorted images",
            big,
        ),
        Rung("baseline-int8", "rung", "baseline-fp32", f"static int8, {how_big} calibration", big8, facts_of=big),
        Rung(
            "student-fp32",
            "rung",
            "baseline-fp32",
            f"4 convolutions and 1 depthwise, distilled for {distil.epochs} epochs at temperature "
            f"{settings.temperature:g} from {settings.views} views",
            small,
        ),
        Rung(
            "student-int8", "student", "student-fp32", f"static int8, {how_small} calibration", small8, facts_of=small
        ),
    ]


def _best_int8(
    model: onnx.ModelProto, calibration: np.ndarray, validation: mnist.Split, methods: list[str]
) -> tuple[onnx.ModelProto, str]:
    """Quantise by each method and keep the one that is right most often on the validation images."""
    inputs = (validation.images[:, None] / 255).astype(np.float32)
    best: tuple[float, onnx.ModelProto, str] | None = None
    for method in methods:
        small = compress.to_int8(model, calibration, method)
        session = NativeSession(small.SerializeToString(), method)
        right = score.accuracy(session, inputs, validation.labels)["value"]
        print(f"int8 by {method}: validation {right:.2%}", flush=True)
        if best is None or right > best[0]:
            best = (right, small, method)
    assert best is not None
    return best[1], best[2]


def _golden_inputs(validation: mnist.Split) -> list[dict[str, Any]]:
    """Drawings of many kinds: each digit as it is; larger, off-centre, faint; the smallest size; nothing at all."""
    first = [validation.images[int(np.argmax(validation.labels == digit))] for digit in range(10)]
    off_centre = [np.pad(image, ((12, 1), (2, 17))).repeat(2, 1) for image in first[:3]]
    faint = [image // 3 for image in first[5:8]]
    stroke = np.zeros((8, 8), np.uint8)
    stroke[1:7, 4] = 255
    return [encode(image) for image in (*first, *off_centre, *faint, stroke, np.zeros((28, 28), np.uint8))]
