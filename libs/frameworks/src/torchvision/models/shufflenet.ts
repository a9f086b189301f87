/** Ma et al. 2018. */
export const SHUFFLENET_V2 = `
import torch
from torch import nn
from torchvision.models._api import WeightsEnum, finished


def channel_shuffle(x, groups):
    batch, channels, height, width = x.size()
    x = x.view(batch, groups, channels // groups, height, width).transpose(1, 2).contiguous()
    return x.view(batch, channels, height, width)


class InvertedResidual(nn.Module):
    def __init__(self, inp, oup, stride):
        super().__init__()
        self.stride = stride
        half = oup // 2

        def depthwise(channels):
            return [nn.Conv2d(channels, channels, 3, stride, 1, bias=False, groups=channels), nn.BatchNorm2d(channels)]

        def pointwise(wide):
            return [nn.Conv2d(wide, half, 1, bias=False), nn.BatchNorm2d(half), nn.ReLU(inplace=True)]

        self.branch1 = nn.Sequential(*depthwise(inp), *pointwise(inp)) if stride > 1 else nn.Sequential()
        self.branch2 = nn.Sequential(*pointwise(inp if stride > 1 else half), *depthwise(half), *pointwise(half))

    def forward(self, x):
        kept, through = x.chunk(2, dim=1) if self.stride == 1 else (self.branch1(x), x)
        return channel_shuffle(torch.cat((kept, self.branch2(through)), dim=1), 2)


class ShuffleNetV2(nn.Module):
    def __init__(self, stages_repeats, stages_out_channels, num_classes=1000, inverted_residual=InvertedResidual):
        super().__init__()
        first, *stages, last = stages_out_channels
        self.conv1 = nn.Sequential(nn.Conv2d(3, first, 3, 2, 1, bias=False), nn.BatchNorm2d(first), nn.ReLU(inplace=True))
        self.maxpool = nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
        wide = first
        for at, (count, width) in enumerate(zip(stages_repeats, stages)):
            blocks = [inverted_residual(width if turn else wide, width, 1 if turn else 2) for turn in range(count)]
            setattr(self, f"stage{at + 2}", nn.Sequential(*blocks))
            wide = width
        self.conv5 = nn.Sequential(nn.Conv2d(wide, last, 1, 1, 0, bias=False), nn.BatchNorm2d(last), nn.ReLU(inplace=True))
        self.fc = nn.Linear(last, num_classes)

    def forward(self, x):
        x = self.stage4(self.stage3(self.stage2(self.maxpool(self.conv1(x)))))
        return self.fc(self.conv5(x).mean([2, 3]))


def _builder(*widths):
    def build(pretrained=False, progress=True, *, weights=None, **options):
        return finished(ShuffleNetV2([4, 8, 4], list(widths), **options), weights or pretrained, options)
    return build


shufflenet_v2_x0_5 = _builder(24, 48, 96, 192, 1024)
shufflenet_v2_x1_0 = _builder(24, 116, 232, 464, 1024)
shufflenet_v2_x1_5 = _builder(24, 176, 352, 704, 1024)
shufflenet_v2_x2_0 = _builder(24, 244, 488, 976, 2048)

ShuffleNet_V2_X0_5_Weights = ShuffleNet_V2_X1_0_Weights = WeightsEnum("IMAGENET1K_V1")
ShuffleNet_V2_X1_5_Weights = ShuffleNet_V2_X2_0_Weights = ShuffleNet_V2_X0_5_Weights
`;
