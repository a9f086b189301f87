"""A vision transformer for images of 3 x 64 x 64: tensormark count examples/networks/transformer.py"""

import math
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, Tuple

import torch
import torch.nn.functional as F
from torch import nn


class Reading(Enum):
    CLASS_TOKEN = "class token"
    MEAN = "mean"


class Patch(NamedTuple):
    height: int = 8
    width: int = 8

    @property
    def area(self) -> int:
        return self.height * self.width


@dataclass
class Settings:
    image: int = 64
    patch: Patch = Patch()
    width: int = 192
    heads: int = 3
    depth: int = 4
    ratio: float = 4.0
    classes: int = 10
    reading: Reading = Reading.CLASS_TOKEN

    def __post_init__(self) -> None:
        assert self.image % self.patch.height == 0, "patches must cover the image"
        if self.width % self.heads:
            raise ValueError("heads must share the width: {} / {}".format(self.width, self.heads))

    @property
    def patches(self) -> int:
        return self.image**2 // self.patch.area


class Attention(nn.Module):
    """Attention written out, so that each product can be seen."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.scale = 1 / math.sqrt(width // heads)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, length, width = x.shape
        qkv = self.qkv(x).reshape(batch, length, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        weights = F.softmax((q @ k.transpose(-2, -1)) * self.scale, dim=-1)
        mixed = (weights @ v).transpose(1, 2).contiguous().view(batch, length, -1)
        return self.out(mixed)


class Block(nn.Module):
    def __init__(self, settings: Settings, written_out: bool) -> None:
        super().__init__()
        width, hidden = settings.width, int(settings.width * settings.ratio)
        self.norm1 = nn.LayerNorm(width)
        self.written_out = written_out
        if written_out:
            self.attention = Attention(width, settings.heads)
        else:
            self.attention = nn.MultiheadAttention(width, settings.heads, batch_first=True)
        self.norm2 = nn.LayerNorm(width)
        self.mlp = nn.Sequential(nn.Linear(width, hidden), nn.GELU(), nn.Linear(hidden, width))

    def forward(self, x):
        y = self.norm1(x)
        if self.written_out:
            x = x + self.attention(y)
        else:
            mixed, _ = self.attention(y, y, y, need_weights=False)
            x = x + mixed
        return x + self.mlp(self.norm2(x))


class Transformer(nn.Module):
    def __init__(self, settings: Settings = Settings()) -> None:
        super().__init__()
        self.settings = settings
        self.patches = nn.Conv2d(3, settings.width, kernel_size=settings.patch, stride=settings.patch)
        self.class_token = nn.Parameter(torch.zeros(1, 1, settings.width))
        self.register_buffer("position", self.positions(settings.patches + 1, settings.width)[None])
        self.blocks = nn.ModuleList(Block(settings, bool(at % 2)) for at in range(settings.depth))
        self.norm = nn.LayerNorm(settings.width, eps=1e-6)
        self.head = nn.Linear(settings.width, settings.classes)
        with torch.no_grad():
            for name, parameter in self.named_parameters():
                if name.endswith("weight") and parameter.dim() > 1:
                    nn.init.trunc_normal_(parameter, std=0.02)

    @staticmethod
    def positions(length: int, width: int) -> torch.Tensor:
        place = torch.arange(length).unsqueeze(1)
        rate = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000.0) / width))
        table = torch.zeros(length, width)
        table[:, 0::2] = torch.sin(place * rate)
        table[:, 1::2] = torch.cos(place * rate)
        return table

    def embed(self, image: torch.Tensor) -> torch.Tensor:
        x = self.patches(image).flatten(2).transpose(1, 2)
        token = self.class_token.expand(x.size(0), -1, -1)
        return torch.cat([token, x], dim=1) + self.position

    def read(self, x: torch.Tensor) -> torch.Tensor:
        return x[:, 0] if self.settings.reading is Reading.CLASS_TOKEN else x[:, 1:].mean(dim=1)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        x = self.embed(image)
        for block in self.blocks:
            x = block(x)
        return self.head(self.read(self.norm(x)))


def example() -> Tuple[int, ...]:
    net = Transformer()
    return tuple(net(torch.randn(1, 3, 64, 64)).shape)


if __name__ == "__main__":
    print(example())
