"""The recipe, rehearsed whole on a slice; and the laws of its parts."""

from __future__ import annotations

import json

import numpy as np
import onnx
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional as F

from hundredfold import cli, environment
from hundredfold.adapters.native import NativeSession
from hundredfold.forge import compress, export, score, train
from hundredfold.forge.digits import distort, mnist, nets

pytestmark = pytest.mark.forge


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """A fresh cache that shares the fetched MNIST, so that only that download outlives the test."""
    folder = tmp_path_factory.mktemp("cache")
    (folder / "forge").mkdir()
    mnist.fetch(environment.cache() / "forge/mnist")
    (folder / "forge/mnist").symlink_to(environment.cache() / "forge/mnist")
    return folder


def run(capsys, *arguments):
    assert cli.main(arguments) == 0
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_quick_recipe_writes_a_whole_ladder_and_goes_on_where_it_was(cache, capsys, monkeypatch):
    monkeypatch.setenv("HUNDREDFOLD_CACHE", str(cache))
    first = run(capsys, "forge", "digits", "--quick")
    manifest = json.loads((cache / "quick-models/manifest.json").read_text())
    variants = manifest["exhibits"]["digits"]["variants"]
    assert [item["id"] for item in variants] == ["baseline-fp32", "baseline-int8", "student-fp32", "student-int8"]
    assert [item["parent"] for item in variants] == [None, "baseline-fp32", "baseline-fp32", "student-fp32"]
    assert first["accuracy"]["student-int8"] > 0.3, "even a minute's training beats guessing three times over"
    assert variants[3]["bytes"] < 60_000
    assert variants[3]["macs"] == variants[2]["macs"] == 1_896_192
    second = run(capsys, "forge", "digits", "--quick")
    assert second == first
    again = json.loads((cache / "quick-models/manifest.json").read_text())
    assert again == manifest, "every step was kept, so the same files come out"


def test_evaluate_agrees_with_the_manifest(capsys):
    for variant in json.loads((environment.models() / "manifest.json").read_text())["exhibits"]["digits"]["variants"]:
        if variant["role"] == "student":
            result = run(capsys, "evaluate", "digits", "--variant", variant["id"])
            assert result["n"] == variant["accuracy"]["n"]
            assert result["accuracy"]["value"] == pytest.approx(variant["accuracy"]["value"], abs=2e-4)


def test_unknown_variant_says_which_exist(capsys):
    assert cli.main(["evaluate", "digits", "--variant", "huge"]) == 2
    assert "student-int8" in capsys.readouterr().err


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_interval_holds_the_share(case):
    right, n = case
    low, high = score.wilson(right, n)
    assert 0 <= low <= right / n <= high <= 1


def test_wilson_against_a_hand_computed_interval():
    # 90 of 100: centre (0.9 + 3.8415/200) / 1.038415 = 0.88520; half 1.95996 sqrt(0.0009 + 3.8415/40000) / 1.038415
    low, high = score.wilson(90, 100)
    assert low == pytest.approx(0.8256, abs=1e-4)
    assert high == pytest.approx(0.9448, abs=1e-4)


def test_a_stopped_training_ends_like_an_unbroken_one(tmp_path):
    inputs, labels = torch.rand(64, 4), torch.arange(64) % 3

    def fit(stop_after, checkpoint):
        torch.manual_seed(0)
        epochs = 0

        def batches(epoch, generator):
            nonlocal epochs
            epochs += 1
            if stop_after is not None and epochs > stop_after:
                raise KeyboardInterrupt
            for chosen in torch.randperm(64, generator=generator).split(16):
                yield inputs[chosen], labels[chosen]

        plan = train.Plan(epochs=4, batch=16)
        return train.fit(nn.Linear(4, 3), plan, batches, 4, lambda net: 0.0, F.cross_entropy, checkpoint)

    whole = fit(None, tmp_path / "whole.pt")
    with pytest.raises(KeyboardInterrupt):
        fit(2, tmp_path / "cut.pt")
    assert torch.equal(fit(None, tmp_path / "cut.pt").weight, whole.weight)


def test_learning_rate_rises_and_falls_to_zero():
    plan = train.Plan(epochs=10, peak_lr=0.2)
    rates = [train.learning_rate(plan, done / 100) for done in range(101)]
    assert max(rates) == pytest.approx(0.2)
    assert rates[-1] == pytest.approx(0, abs=1e-9)
    assert rates[0] < 0.01


def test_distortion_keeps_a_digit_a_digit():
    images = torch.zeros(20, 1, 28, 28)
    images[:, :, 6:22, 12:16] = 1
    bent = distort.distort(images, torch.Generator().manual_seed(3))
    assert bent.shape == images.shape
    assert 0.6 < float(bent.sum() / images.sum()) < 1.5
    assert not torch.equal(bent[0], bent[1])


def test_export_answers_like_torch_and_counts_its_arithmetic():
    torch.manual_seed(0)
    network = nets.student().eval()
    for layer in network:
        if isinstance(layer, nn.BatchNorm2d):
            nn.init.uniform_(layer.bias)  # zero biases would not be exported, and not be counted
    model = export.to_onnx(network, (1, 28, 28), "image", "logits")
    inputs = torch.rand(3, 1, 28, 28)
    answers = score.logits(NativeSession(model.SerializeToString(), "test"), inputs.numpy())
    assert np.allclose(answers, network(inputs).detach().numpy(), atol=1e-4)
    layers = [25 * 16 * 14 * 14, 9 * 16 * 32 * 14 * 14, 9 * 32 * 32 * 7 * 7, 9 * 32 * 64 * 5 * 5, 25 * 64, 64 * 10]
    assert export.count_macs(model) == sum(layers)
    weights = 25 * 16 + 16 + 9 * 16 * 32 + 32 + 9 * 32 * 32 + 32 + 9 * 32 * 64 + 64 + 25 * 64 + 64 + 64 * 10 + 10
    assert export.count_params(model) == weights


def test_int8_stays_close_and_shrinks():
    torch.manual_seed(0)
    model = export.to_onnx(nets.student(), (1, 28, 28), "image", "logits")
    inputs = np.random.default_rng(0).random((64, 1, 28, 28), np.float32)
    small = compress.to_int8(model, inputs)
    before, after = (score.logits(NativeSession(m.SerializeToString(), "m"), inputs) for m in (model, small))
    assert np.abs(before - after).max() < 0.2 * np.ptp(before)
    assert len(small.SerializeToString()) < 0.4 * len(model.SerializeToString())
    kinds = {node.op_type for node in small.graph.node}
    assert {"QuantizeLinear", "DequantizeLinear"} <= kinds
    onnx.checker.check_model(small)


def test_altered_mnist_is_found(tmp_path):
    (tmp_path / "t10k-labels-idx1-ubyte").write_bytes(b"wrong")
    assert not mnist._sound(tmp_path / "t10k-labels-idx1-ubyte")
