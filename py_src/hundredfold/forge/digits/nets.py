"""The two networks of the digits exhibit: a wide residual baseline and a hundred times smaller student."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F


class _Block(nn.Module):
    """A pre-activation residual block of two 3x3 convolutions."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.norm1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        change = inputs != outputs or stride != 1
        self.shortcut = nn.Conv2d(inputs, outputs, 1, stride, bias=False) if change else None

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        h = F.relu(self.norm1(x))
        rest = self.shortcut(h) if self.shortcut is not None else x
        change: torch.Tensor = self.conv2(F.relu(self.norm2(self.conv1(h))))
        return rest + change


def wide_resnet(blocks: int = 2, widen: int = 4) -> nn.Sequential:
    """WRN-(6 blocks + 4)-widen for [N, 1, 28, 28] -> logits [N, 10]; the default is WRN-16-4.

    Zagoruyko, Komodakis, "Wide Residual Networks", BMVC 2016.
    """
    widths = [16, 16 * widen, 32 * widen, 64 * widen]
    layers: list[nn.Module] = [nn.Conv2d(1, widths[0], 3, 1, 1, bias=False)]
    for group in range(3):
        for block in range(blocks):
            inputs = widths[group] if block == 0 else widths[group + 1]
            layers.append(_Block(inputs, widths[group + 1], 2 if group > 0 and block == 0 else 1))
    head = [nn.BatchNorm2d(widths[3]), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(widths[3], 10)]
    return nn.Sequential(*layers, *head)


def _step(
    inputs: int, outputs: int, kernel: int, stride: int = 1, padding: int = 0, groups: int = 1
) -> list[nn.Module]:
    convolution = nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False)
    return [convolution, nn.BatchNorm2d(outputs), nn.ReLU()]


def student() -> nn.Sequential:
    """A plain small network, [N, 1, 28, 28] -> logits [N, 10]: few, regular operators, which int8 engines run fast.

    Each batch norm folds into the convolution before it at export. The last convolution weighs all 5x5 places of a
    channel instead of averaging them, which keeps where a stroke was.
    """
    return nn.Sequential(
        *_step(1, 16, 5, stride=2, padding=2),
        *_step(16, 32, 3, padding=1),
        nn.MaxPool2d(2),
        *_step(32, 32, 3, padding=1),
        *_step(32, 64, 3),
        *_step(64, 64, 5, groups=64),
        nn.Flatten(),
        nn.Linear(64, 10),
    )
