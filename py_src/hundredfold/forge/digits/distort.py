"""Training inputs: images as tensors, and random distortions of them."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F


def to_input(images: np.ndarray) -> torch.Tensor:
    """uint8 [N, 28, 28] -> float32 [N, 1, 28, 28] in 0..1, the input of every digits model."""
    return torch.tensor(images).float().div_(255).unsqueeze_(1)


def distort(batch: torch.Tensor, generator: torch.Generator, strength: float = 1.0) -> torch.Tensor:
    """Bend a batch [N, 1, H, W] at random: rotate, scale, shear, shift, and a smooth elastic field.

    The family of distortions is that of Simard, Steinkraus, Platt, "Best practices for convolutional neural networks
    applied to visual document analysis", ICDAR 2003; the amounts were chosen on the validation images.
    """
    n, _, height, width = batch.shape

    def uniform(low: float, high: float) -> torch.Tensor:
        return torch.rand(n, generator=generator) * (high - low) + low

    angle = uniform(-0.22, 0.22) * strength
    scale_x, scale_y = 1 + uniform(-0.12, 0.12) * strength, 1 + uniform(-0.12, 0.12) * strength
    shear = uniform(-0.2, 0.2) * strength
    cos, sin = torch.cos(angle), torch.sin(angle)
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0], theta[:, 0, 1] = cos * scale_x, (shear - sin) * scale_y
    theta[:, 1, 0], theta[:, 1, 1] = sin * scale_x, cos * scale_y
    theta[:, :, 2] = (torch.rand(n, 2, generator=generator) * 2 - 1) * strength * 2 * 2 / width
    grid = F.affine_grid(theta, [n, 1, height, width], align_corners=False)
    field = torch.randn(n, 2, 6, 6, generator=generator) * 0.045 * strength
    grid = grid + F.interpolate(field, size=(height, width), mode="bicubic", align_corners=True).permute(0, 2, 3, 1)
    return F.grid_sample(batch, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
