"""The networks of both agents: one transformer that does everything, and the small ones that see and act."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

from ...exhibits.tower.perception import THINGS
from ...exhibits.tower.policy import CHUNK, TOLD
from ...exhibits.tower.skill import COARSE, FINE

QUERIES = 4
"""Tokens that the action chunk is read from, each for a quarter of it."""


@dataclass(frozen=True)
class Size:
    """How large an end-to-end policy is."""

    width: int
    layers: int
    heads: int
    stem: tuple[int, int, int]


class Policy(nn.Module):
    """Picture, gripper state and instruction -> a chunk of actions: convolutions, then a transformer over 30 tokens.

    image uint8 [N, 64, 96, 3], gripper float32 [N, 3], instruction float32 [N, 20] -> float32 [N, 16, 3].
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        width, (first, second, third) = size.width, size.stem
        self.stem = nn.Sequential(
            nn.Conv2d(3, first, 3, 2, 1),
            nn.ReLU(),
            nn.Conv2d(first, second, 3, 2, 1),
            nn.ReLU(),
            nn.Conv2d(second, third, 3, 2, 1),
            nn.ReLU(),
            nn.Conv2d(third, width, 3, 2, 1),
        )
        self.gripper, self.told = nn.Linear(3, width), nn.Linear(TOLD, width)
        self.place = nn.Parameter(torch.randn(1, 24 + 2 + QUERIES, width) * 0.02)
        self.layers = nn.ModuleList(Layer(width, size.heads) for _ in range(size.layers))
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, CHUNK // QUERIES * 3)

    def forward(self, image: torch.Tensor, gripper: torch.Tensor, instruction: torch.Tensor) -> torch.Tensor:
        picture = image.permute(0, 3, 1, 2).float() / 127.5 - 1
        seen = self.stem(picture).flatten(2).transpose(1, 2)
        own, told = self.gripper(gripper).unsqueeze(1), self.told(instruction).unsqueeze(1)
        asked = torch.zeros_like(self.place[:, -QUERIES:]).expand(image.shape[0], -1, -1)
        tokens = torch.cat([seen, own, told, asked.to(seen.dtype)], 1) + self.place
        for layer in self.layers:
            tokens = layer(tokens)
        answer: torch.Tensor = self.head(self.norm(tokens[:, -QUERIES:]))
        return answer.reshape(-1, CHUNK, 3)


class Layer(nn.Module):
    """One layer of the transformer, normalised before each part (Xiong and others, 2020)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        count, length, width = tokens.shape
        parts = self.query(self.before(tokens)).reshape(count, length, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = F.scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(count, length, width)
        tokens = tokens + self.out(mixed)
        grown: torch.Tensor = tokens + self.narrow(F.gelu(self.wide(self.between(tokens)), approximate="tanh"))
        return grown


class Perception(nn.Module):
    """Picture -> for each thing and each cell of 4x4 pixels: is its middle in this cell, and where.

    image uint8 [N, 64, 96, 3] -> float32 [N, 27, 16, 24]: 9 logits, then 9 offsets across and 9 along, in cells, from
    the cell's middle. The things are the six blocks and the marks of the three areas. Convolutions only, so that what
    was learned in one place holds in every other.
    """

    def __init__(self, width: int = 24) -> None:
        super().__init__()

        def part(before: int, after: int, stride: int, reach: int) -> tuple[nn.Module, ...]:
            return nn.Conv2d(before, after, 3, stride, reach, reach, bias=False), nn.BatchNorm2d(after), nn.ReLU()

        self.layers = nn.Sequential(
            *part(3, width // 2, 2, 1),
            *part(width // 2, width, 2, 1),
            *part(width, width, 1, 1),
            *part(width, width, 1, 2),
            *part(width, width, 1, 2),
            nn.Conv2d(width, 3 * THINGS, 1),
        )

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        seen: torch.Tensor = self.layers(image.permute(0, 3, 1, 2).float() / 127.5 - 1)
        return seen


class Skill(nn.Module):
    """Where to go -> what to do next: two speeds, the logit of a closed gripper, and the logit of being done.

    features float32 [N, 3], see geometry.features, -> float32 [N, 4]. It sees them coarsely and finely.
    """

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(9, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 4)
        )

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        both = torch.cat([features, torch.tanh(COARSE * features), torch.tanh(FINE * features)], 1)
        answer: torch.Tensor = self.layers(both)
        return torch.cat([answer[:, :2].clamp(-1, 1), answer[:, 2:]], 1) if not self.training else answer
