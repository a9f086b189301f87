"""A residual network for images of 3 x 64 x 64: tensormark count examples/networks/residual.py"""

from collections import OrderedDict
from functools import partial
from typing import Any, Callable, List, Optional, Type, Union

import torch
import torch.nn as nn
from torch import Tensor

__all__ = ["ResidualNetwork", "residual_18", "residual_50"]

Norm = Callable[..., nn.Module]


def convolution(channels: int, width: int, kernel: int, stride: int = 1, groups: int = 1) -> nn.Conv2d:
    return nn.Conv2d(
        channels, width, kernel, stride=stride, padding=kernel // 2, groups=groups, bias=False
    )


class BasicBlock(nn.Module):
    expansion: int = 1

    def __init__(
        self,
        channels: int,
        width: int,
        stride: int = 1,
        shortcut: Optional[nn.Module] = None,
        norm: Optional[Norm] = None,
    ) -> None:
        super().__init__()
        norm = nn.BatchNorm2d if norm is None else norm
        if width < 1:
            raise ValueError(f"a block of {width} channels holds nothing")
        self.conv1 = convolution(channels, width, 3, stride)
        self.norm1 = norm(width)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = convolution(width, width, 3)
        self.norm2 = norm(width)
        self.shortcut = shortcut

    def forward(self, x: Tensor) -> Tensor:
        identity = x if self.shortcut is None else self.shortcut(x)
        out = self.relu(self.norm1(self.conv1(x)))
        out = self.norm2(self.conv2(out))
        out += identity
        return self.relu(out)


class Bottleneck(nn.Module):
    expansion: int = 4

    def __init__(
        self,
        channels: int,
        width: int,
        stride: int = 1,
        shortcut: Optional[nn.Module] = None,
        norm: Optional[Norm] = None,
    ) -> None:
        super().__init__()
        norm = partial(nn.BatchNorm2d, eps=1e-5) if norm is None else norm
        wide = width * self.expansion
        self.path = nn.Sequential(
            OrderedDict(
                [
                    ("conv1", convolution(channels, width, 1)),
                    ("norm1", norm(width)),
                    ("relu1", nn.ReLU(inplace=True)),
                    ("conv2", convolution(width, width, 3, stride)),
                    ("norm2", norm(width)),
                    ("relu2", nn.ReLU(inplace=True)),
                    ("conv3", convolution(width, wide, 1)),
                    ("norm3", norm(wide)),
                ]
            )
        )
        self.shortcut = shortcut

    def forward(self, x: Tensor) -> Tensor:
        identity = x
        if self.shortcut is not None:
            identity = self.shortcut(x)
        return torch.relu(self.path(x) + identity)


class ResidualNetwork(nn.Module):
    def __init__(
        self,
        block: Type[Union[BasicBlock, Bottleneck]] = BasicBlock,
        blocks: List[int] = [2, 2, 2, 2],
        classes: int = 1000,
        dropout: float = 0.0,
        **options: Any,
    ) -> None:
        super().__init__()
        self.channels = 64
        self.options = dict(options)
        self.stem = nn.Sequential(
            convolution(3, self.channels, 7, stride=2),
            nn.BatchNorm2d(self.channels),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(kernel_size=3, stride=2, padding=1),
        )
        for at, (width, count) in enumerate(zip([64, 128, 256, 512], blocks), start=1):
            setattr(self, f"stage{at}", self._stage(block, width, count, stride=1 if at == 1 else 2))
        self.pool = nn.AdaptiveAvgPool2d((1, 1))
        self.head = nn.Sequential(nn.Dropout(dropout), nn.Linear(512 * block.expansion, classes))

        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
            elif isinstance(module, (nn.BatchNorm2d, nn.GroupNorm)):
                nn.init.constant_(module.weight, 1)
                nn.init.constant_(module.bias, 0)

    def _stage(self, block, width: int, count: int, stride: int) -> nn.Sequential:
        wide = width * block.expansion
        shortcut = None
        if stride != 1 or self.channels != wide:
            shortcut = nn.Sequential(convolution(self.channels, wide, 1, stride), nn.BatchNorm2d(wide))
        layers = [block(self.channels, width, stride, shortcut, **self.options)]
        self.channels = wide
        layers += [block(self.channels, width, **self.options) for _ in range(1, count)]
        return nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(x)
        for stage in (self.stage1, self.stage2, self.stage3, self.stage4):
            x = stage(x)
        x = torch.flatten(self.pool(x), 1)
        return self.head(x)


def residual_18(**options: Any) -> ResidualNetwork:
    return ResidualNetwork(BasicBlock, [2, 2, 2, 2], **options)


def residual_50(**options: Any) -> ResidualNetwork:
    return ResidualNetwork(Bottleneck, [3, 4, 6, 3], **options)


if __name__ == "__main__":
    net = residual_50(classes=10)
    print(net(torch.randn(1, 3, 64, 64)).shape)
