"""The network is BERT's, its file answers like it at any length, and its training can be stopped and taught."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn

from hundredfold.adapters.native import NativeSession
from hundredfold.forge import bert, encoder, encoder_file, minilm
from hundredfold.forge.bert import Encoder, Shape
from hundredfold.forge.encoder import Plan

pytestmark = pytest.mark.forge
SHAPE = Shape(pieces=60, width=64, heads=2, layers=2, inner=96, positions=40)
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "good", "bad", "film", "a", *(f"word{index}" for index in range(52))]


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(3)
    return Encoder(SHAPE).eval()


def weights_and_layers(width=64, inner=96, layers=2):
    """Weights by BERT's names, and the same in PyTorch's own layers, which are known to have BERT's form."""
    torch.manual_seed(5)
    names = {"weight": (width,), "bias": (width,)}
    weights = {
        "embeddings.word_embeddings.weight": torch.randn(60, width),
        "embeddings.position_embeddings.weight": torch.randn(40, width),
        "embeddings.token_type_embeddings.weight": torch.randn(2, width),
        **{f"embeddings.LayerNorm.{name}": torch.rand(size) for name, size in names.items()},
    }
    theirs = []
    for index in range(layers):
        layer = nn.TransformerEncoderLayer(width, width // 32, inner, 0.0, "gelu", bert.EPSILON, batch_first=True)
        nn.init.normal_(layer.self_attn.in_proj_bias)
        start = f"encoder.layer.{index}"
        for kind in ("weight", "bias"):
            qkv = getattr(layer.self_attn, f"in_proj_{kind}").detach().chunk(3)
            for name, part in zip(("query", "key", "value"), qkv, strict=True):
                weights[f"{start}.attention.self.{name}.{kind}"] = part
            for name, module in (
                ("attention.output.dense", layer.self_attn.out_proj),
                ("attention.output.LayerNorm", layer.norm1),
                ("intermediate.dense", layer.linear1),
                ("output.dense", layer.linear2),
                ("output.LayerNorm", layer.norm2),
            ):
                weights[f"{start}.{name}.{kind}"] = getattr(module, kind).detach()
        theirs.append(layer.train())
    return weights, theirs


@pytest.mark.parametrize("training", [True, False])
def test_it_is_bert_by_pytorchs_own_layers(training):
    weights, layers = weights_and_layers()
    ours = bert.from_bert(weights)
    ours.train(training)
    for module in ours.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    ids, mask = encoder.padded([[2, 4, 5, 6, 3], [2, 7, 3]])
    with torch.no_grad():
        x = weights["embeddings.word_embeddings.weight"][ids] + weights["embeddings.position_embeddings.weight"][:5]
        x = x + weights["embeddings.token_type_embeddings.weight"][0]
        norm = (weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"], bert.EPSILON)
        x = nn.functional.layer_norm(x, (64,), *norm)
        for layer in layers:
            x = layer(x, src_key_padding_mask=mask == 0)
        mean = torch.stack([row[: int(count)].mean(0) for row, count in zip(x, mask.sum(1), strict=True)])
        assert ours(ids, mask) == pytest.approx(ours.head(mean), abs=1e-5)


def test_what_is_not_there_changes_nothing(network):
    rows = [[2, 4, 6, 3], [2, 5, 7, 8, 9, 6, 6, 7, 3]]
    together = encoder.answers(network, rows)
    apart = torch.cat([encoder.answers(network, [row]) for row in rows])
    assert together == pytest.approx(apart, abs=1e-5)


def feeds(rows):
    ids, mask = encoder.padded(rows)
    return {"input_ids": ids.numpy(), "attention_mask": mask.numpy()}


def test_file_answers_like_the_network_at_every_length_and_brings_its_vocabulary(network):
    import onnxruntime

    content = encoder_file.to_onnx(network, VOCABULARY).SerializeToString()
    session = onnxruntime.InferenceSession(content)
    for rows in ([[2, 3]], [[2, 4, 3], [2, 5, 6, 7, 3]], [[2, *range(4, 42)], [2, 3], [9] * 40]):
        logits, vocabulary = session.run(None, feeds(rows))
        assert logits == pytest.approx(encoder.answers(network, rows).numpy(), abs=1e-5)
        assert vocabulary.tobytes().decode().split("\n") == VOCABULARY
    assert {info.name for info in NativeSession(content, "x").inputs} == {"input_ids", "attention_mask"}


def test_int8_is_a_quarter_and_close_and_rows_keep_their_own_scale(network):
    import onnxruntime

    whole = encoder_file.to_onnx(network, VOCABULARY)
    small = encoder_file.to_int8(whole)
    counted = [node.op_type for node in small.graph.node]
    assert counted.count("MatMulInteger") == 2 * 4
    assert small.ByteSize() < 0.45 * whole.ByteSize()
    rows = [[2, 4, 6, 3], [2, 5, 7, 8, 9, 6, 3]]
    exact, rounded = (
        onnxruntime.InferenceSession(model.SerializeToString()).run(None, feeds(rows))[0] for model in (whole, small)
    )
    assert rounded == pytest.approx(exact, abs=0.1 * float(np.abs(exact).max()))


def test_one_large_row_does_not_blur_the_others(network):
    import onnxruntime

    lopsided = Encoder(SHAPE).eval()
    lopsided.load_state_dict(network.state_dict())
    with torch.no_grad():
        lopsided.words.weight[50] *= 1000
    whole = encoder_file.to_onnx(lopsided, VOCABULARY)
    exact, rounded = (
        onnxruntime.InferenceSession(model.SerializeToString()).run(None, feeds([[2, 4, 6, 3]]))[0]
        for model in (whole, encoder_file.rows_to_int8(whole))
    )
    assert rounded == pytest.approx(exact, abs=2e-3)


def test_smaller_keeps_first_layers_and_chosen_pieces(network):
    kept = [0, 1, 2, 3, 6, 4]
    small = network.smaller(1, kept)
    assert (len(small.layers), len(small.words.weight)) == (1, 6)
    full = network.smaller(1)
    assert encoder.answers(small, [[2, 4, 5, 3]]) == pytest.approx(encoder.answers(full, [[2, 6, 4, 3]]), abs=1e-6)


def part(count, seed=1):
    dice = np.random.default_rng(seed)
    labels = dice.integers(0, 2, count)
    fill = [" ".join(f"word{index}" for index in dice.integers(0, 50, dice.integers(1, 6))) for _ in labels]
    return SimpleNamespace(
        texts=[f"{text} {('bad', 'good')[y]} film" for text, y in zip(fill, labels, strict=True)], labels=labels
    )


PLAN = Plan(epochs=4, batch=8, rate=2e-3, head_rate=1e-2, pieces=12)


def test_it_learns_and_what_is_done_is_not_done_again(tmp_path, network, capsys):
    train, check = part(96), part(40, 2)
    first = encoder.finetune(tmp_path / "a.pt", train, check, PLAN, network, VOCABULARY)
    ids = encoder.tokens(check.texts, VOCABULARY, 12)
    assert encoder.share_right(encoder.answers(first, ids), check.labels) > 0.9
    assert encoder.share_right(encoder.answers(network, ids), check.labels) < 0.8
    capsys.readouterr()
    again = encoder.finetune(tmp_path / "a.pt", train, check, PLAN, network, VOCABULARY)
    assert "epoch 1/" not in capsys.readouterr().out
    assert torch.equal(encoder.answers(again, ids), encoder.answers(first, ids))


def test_a_stopped_training_goes_on_after_its_last_epoch(tmp_path, network, monkeypatch, capsys):
    train, check = part(32), part(16, 2)
    save, saved = encoder._save, []

    def stop(*arguments):
        if len(saved) == 2:
            raise OSError("the disk is full")
        save(*arguments)
        saved.append(arguments)

    monkeypatch.setattr(encoder, "_save", stop)
    with pytest.raises(OSError, match="full"):
        encoder.finetune(tmp_path / "a.pt", train, check, PLAN, network, VOCABULARY)
    monkeypatch.undo()
    encoder.finetune(tmp_path / "a.pt", train, check, PLAN, network, VOCABULARY)
    told = capsys.readouterr().out
    assert "2 epochs are there" in told
    assert [told.count(f"epoch {epoch}/4") for epoch in (1, 2, 3, 4)] == [1, 1, 1, 1]


def test_a_student_takes_its_teachers_word_against_the_labels(tmp_path, network):
    train, check = part(96), part(40, 2)
    teacher = torch.tensor([[4.0, -4.0] if label else [-4.0, 4.0] for label in train.labels])
    check.labels = 1 - check.labels
    plan = Plan(**{**PLAN.__dict__, "soft": 1.0})
    taught = encoder.finetune(tmp_path / "a.pt", train, check, plan, network, VOCABULARY, teacher)
    ids = encoder.tokens(check.texts, VOCABULARY, 12)
    assert encoder.share_right(encoder.answers(taught, ids), check.labels) > 0.9


def test_batches_hold_each_text_once_and_texts_of_like_length():
    ids = [[2] * (1 + index % 30) for index in range(700)]
    batches = list(encoder._batches(ids, 16, 1))
    assert sorted(index for batch in batches for index in batch) == list(range(700))
    spread = [max(len(ids[i]) for i in batch) - min(len(ids[i]) for i in batch) for batch in batches]
    assert np.mean(spread) < 3
    assert batches != list(encoder._batches(ids, 16, 2))


def test_safetensors_are_read_by_the_offsets_of_their_header():
    numbers = np.arange(6, dtype="<f4")
    header = json.dumps(
        {
            "__metadata__": {"format": "pt"},
            "b": {"dtype": "F32", "shape": [2], "data_offsets": [16, 24]},
            "a": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]},
            "ids": {"dtype": "I64", "shape": [0], "data_offsets": [24, 24]},
        }
    ).encode()
    found = minilm.read(len(header).to_bytes(8, "little") + header + numbers.tobytes())
    assert {name: value.tolist() for name, value in found.items()} == {"a": [[0, 1], [2, 3]], "b": [4, 5]}
