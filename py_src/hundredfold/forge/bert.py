"""The network of the encoders: a small BERT that decides between two labels by the mean over a text's pieces.

The form is that of MiniLM-L6 (Wang and others, "MiniLM", 2020; BERT with 6 layers, 384 wide), in PyTorch alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

LABELS = 2
EPSILON = 1e-12
"""Of the layer norms, as in BERT."""


@dataclass(frozen=True)
class Shape:
    """The sizes of a network; those given are MiniLM-L6's."""

    pieces: int = 30522
    width: int = 384
    heads: int = 12
    layers: int = 6
    inner: int = 1536
    positions: int = 512

    def macs(self, pieces: int) -> int:
        """Multiply-accumulates for a text of so many pieces: of each layer's products, its attention, and the head."""
        layer = 4 * self.width**2 + 2 * self.width * self.inner + 2 * pieces * self.width
        return pieces * self.layers * layer + self.width * LABELS


class Layer(nn.Module):
    """Attention and two products, each added to what came in and normed (post-norm, as in BERT)."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, EPSILON)
        self.grow = nn.Linear(shape.width, shape.inner)
        self.shrink = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """``x`` [batch, sequence, width]; ``bias`` [batch, 1, 1, sequence] is 0 or, where nothing is, very negative."""
        q, k, v = (self._split(part) for part in self.qkv(x).chunk(3, dim=-1))
        if self.training:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        else:  # the same in products that every engine has
            scores = (q * (q.shape[-1] ** -0.5)) @ k.transpose(-1, -2) + bias
            mixed = scores.softmax(-1) @ v
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).flatten(2))))
        normed: torch.Tensor = self.norm2(x + self.dropout(self.shrink(F.gelu(self.grow(x)))))
        return normed

    def _split(self, x: torch.Tensor) -> torch.Tensor:
        apart: torch.Tensor = x.unflatten(-1, (self.heads, -1))
        return apart.transpose(1, 2)


class Encoder(nn.Module):
    """Pieces of a text -> two logits."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.pieces, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, EPSILON)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.head = nn.Linear(shape.width, LABELS)
        for table in (self.words, self.places):
            nn.init.normal_(table.weight, std=0.02)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Both int64 [batch, sequence] -> logits [batch, 2]; the mask is 1 where there is a piece, else 0."""
        mask = attention_mask.to(self.head.weight.dtype)
        bias = (mask[:, None, None] - 1) * 1e9
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.dropout(self.norm(self.words(input_ids) + self.places(places)))
        for layer in self.layers:
            x = layer(x, bias)
        share = mask / mask.sum(1, keepdim=True)
        pooled = (x * share[:, :, None]).sum(1)
        logits: torch.Tensor = self.head(self.dropout(pooled))
        return logits

    def smaller(self, layers: int, pieces: Sequence[int] | None = None) -> Encoder:
        """A copy that keeps the first ``layers``, and of the vocabulary the ids ``pieces``, in that order."""
        kept = range(self.shape.pieces) if pieces is None else pieces
        values = {**self.shape.__dict__, "layers": layers, "pieces": len(kept)}
        small = Encoder(Shape(**values), self.dropout.p)
        state = {name: value for name, value in self.state_dict().items() if name in small.state_dict()}
        state["words.weight"] = state["words.weight"][list(kept)]
        small.load_state_dict(state)
        return small


def from_bert(weights: dict[str, torch.Tensor], seed: int = 1) -> Encoder:
    """A network with the weights of a BERT by their usual names; its head is new, by ``seed``.

    The embedding of the token type, which is always the first, is folded into those of the places.
    """
    torch.manual_seed(seed)
    count = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))
    table = weights["embeddings.word_embeddings.weight"]
    places = weights["embeddings.position_embeddings.weight"]
    inner = weights["encoder.layer.0.intermediate.dense.weight"].shape[0]
    shape = Shape(len(table), table.shape[1], table.shape[1] // 32, count, inner, len(places))
    network = Encoder(shape)
    state = network.state_dict()
    state["words.weight"] = table
    state["places.weight"] = places + weights["embeddings.token_type_embeddings.weight"][0]
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
        for index in range(count):
            ours, theirs = f"layers.{index}", f"encoder.layer.{index}"
            qkv = [weights[f"{theirs}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            state[f"{ours}.qkv.{kind}"] = torch.cat(qkv)
            for name, other in _NAMES.items():
                state[f"{ours}.{name}.{kind}"] = weights[f"{theirs}.{other}.{kind}"]
    network.load_state_dict(state)
    return network


_NAMES = {
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "grow": "intermediate.dense",
    "shrink": "output.dense",
    "norm2": "output.LayerNorm",
}
