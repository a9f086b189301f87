/** Sandler et al. 2018. */
export const MOBILENET_V2 = `
import torch
from torch import nn
from torchvision.models._api import WeightsEnum, finished
from torchvision.ops.misc import Conv2dNormActivation, divisible


class InvertedResidual(nn.Module):
    def __init__(self, inp, oup, stride, expand_ratio, norm_layer=None):
        super().__init__()
        norm_layer = norm_layer or nn.BatchNorm2d
        hidden = int(round(inp * expand_ratio))
        self.stride = stride
        self.use_res_connect = stride == 1 and inp == oup
        layers = []
        if expand_ratio != 1:
            layers.append(Conv2dNormActivation(inp, hidden, kernel_size=1, norm_layer=norm_layer,
                                               activation_layer=nn.ReLU6))
        layers += [Conv2dNormActivation(hidden, hidden, stride=stride, groups=hidden, norm_layer=norm_layer,
                                        activation_layer=nn.ReLU6),
                   nn.Conv2d(hidden, oup, 1, 1, 0, bias=False), norm_layer(oup)]
        self.conv = nn.Sequential(*layers)
        self.out_channels = oup

    def forward(self, x):
        return x + self.conv(x) if self.use_res_connect else self.conv(x)


class MobileNetV2(nn.Module):
    def __init__(self, num_classes=1000, width_mult=1.0, inverted_residual_setting=None, round_nearest=8, block=None,
                 norm_layer=None, dropout=0.2):
        super().__init__()
        block = block or InvertedResidual
        norm_layer = norm_layer or nn.BatchNorm2d
        settings = inverted_residual_setting or [
            [1, 16, 1, 1], [6, 24, 2, 2], [6, 32, 3, 2], [6, 64, 4, 2], [6, 96, 3, 1], [6, 160, 3, 2], [6, 320, 1, 1]]
        wide = divisible(32 * width_mult, round_nearest)
        self.last_channel = divisible(1280 * max(1.0, width_mult), round_nearest)
        features = [Conv2dNormActivation(3, wide, stride=2, norm_layer=norm_layer, activation_layer=nn.ReLU6)]
        for ratio, channels, count, stride in settings:
            width = divisible(channels * width_mult, round_nearest)
            for at in range(count):
                features.append(block(wide, width, 1 if at else stride, expand_ratio=ratio, norm_layer=norm_layer))
                wide = width
        features.append(Conv2dNormActivation(wide, self.last_channel, kernel_size=1, norm_layer=norm_layer,
                                             activation_layer=nn.ReLU6))
        self.features = nn.Sequential(*features)
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(self.last_channel, num_classes))
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out")
            elif isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, 0, 0.01)
                nn.init.zeros_(module.bias)

    def forward(self, x):
        x = nn.functional.adaptive_avg_pool2d(self.features(x), (1, 1))
        return self.classifier(torch.flatten(x, 1))


def mobilenet_v2(pretrained=False, progress=True, *, weights=None, **options):
    return finished(MobileNetV2(**options), weights or pretrained, options)


MobileNet_V2_Weights = WeightsEnum("IMAGENET1K_V1", "IMAGENET1K_V2")
`;

/** Howard et al. 2019. */
export const MOBILENET_V3 = `
from functools import partial
import torch
from torch import nn
from torchvision.models._api import WeightsEnum, finished
from torchvision.ops.misc import Conv2dNormActivation, SqueezeExcitation, divisible


class InvertedResidual(nn.Module):
    def __init__(self, wide, kernel, hidden, width, squeezes, is_hard, stride, dilation, norm_layer):
        super().__init__()
        self.use_res_connect = stride == 1 and wide == width
        activation = nn.Hardswish if is_hard else nn.ReLU
        layers = []
        if hidden != wide:
            layers.append(Conv2dNormActivation(wide, hidden, kernel_size=1, norm_layer=norm_layer,
                                               activation_layer=activation))
        layers.append(Conv2dNormActivation(hidden, hidden, kernel_size=kernel, stride=1 if dilation > 1 else stride,
                                           dilation=dilation, groups=hidden, norm_layer=norm_layer,
                                           activation_layer=activation))
        if squeezes:
            layers.append(SqueezeExcitation(hidden, divisible(hidden // 4), scale_activation=nn.Hardsigmoid))
        layers.append(Conv2dNormActivation(hidden, width, kernel_size=1, norm_layer=norm_layer, activation_layer=None))
        self.block = nn.Sequential(*layers)
        self.out_channels = width

    def forward(self, input):
        result = self.block(input)
        if self.use_res_connect:
            result += input
        return result


class MobileNetV3(nn.Module):
    def __init__(self, inverted_residual_setting, last_channel, num_classes=1000, block=None, norm_layer=None,
                 dropout=0.2):
        super().__init__()
        norm_layer = norm_layer or partial(nn.BatchNorm2d, eps=0.001, momentum=0.01)
        first, last = inverted_residual_setting[0][0], inverted_residual_setting[-1][3]
        self.features = nn.Sequential(
            Conv2dNormActivation(3, first, stride=2, norm_layer=norm_layer, activation_layer=nn.Hardswish),
            *[(block or InvertedResidual)(*setting, norm_layer) for setting in inverted_residual_setting],
            Conv2dNormActivation(last, 6 * last, kernel_size=1, norm_layer=norm_layer, activation_layer=nn.Hardswish))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(
            nn.Linear(6 * last, last_channel), nn.Hardswish(inplace=True), nn.Dropout(p=dropout, inplace=True),
            nn.Linear(last_channel, num_classes))
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out")
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
            elif isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, 0, 0.01)
                nn.init.zeros_(module.bias)

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


# Kernel, hidden and outer channels, whether squeezed, whether the activation is a hard swish, stride.
_LARGE = [
    (3, 16, 16, False, False, 1), (3, 64, 24, False, False, 2), (3, 72, 24, False, False, 1),
    (5, 72, 40, True, False, 2), (5, 120, 40, True, False, 1), (5, 120, 40, True, False, 1),
    (3, 240, 80, False, True, 2), (3, 200, 80, False, True, 1), (3, 184, 80, False, True, 1),
    (3, 184, 80, False, True, 1), (3, 480, 112, True, True, 1), (3, 672, 112, True, True, 1),
    (5, 672, 160, True, True, 2), (5, 960, 160, True, True, 1), (5, 960, 160, True, True, 1)]
_SMALL = [
    (3, 16, 16, True, False, 2), (3, 72, 24, False, False, 2), (3, 88, 24, False, False, 1),
    (5, 96, 40, True, True, 2), (5, 240, 40, True, True, 1), (5, 240, 40, True, True, 1),
    (5, 120, 48, True, True, 1), (5, 144, 48, True, True, 1), (5, 288, 96, True, True, 2),
    (5, 576, 96, True, True, 1), (5, 576, 96, True, True, 1)]


def _builder(rows, tail, last_channel):
    def build(pretrained=False, progress=True, *, weights=None, width_mult=1.0, reduced_tail=False, dilated=False,
              **options):
        settings, wide = [], divisible(16 * width_mult)
        for at, (kernel, hidden, width, squeezes, is_hard, stride) in enumerate(rows):
            is_tail = at >= len(rows) - 3
            less = 2 if reduced_tail and is_tail else 1
            hidden = hidden // (less if at > len(rows) - 3 else 1)
            width = divisible(width // less * width_mult)
            settings.append((wide, kernel, divisible(hidden * width_mult), width, squeezes, is_hard, stride,
                             2 if dilated and is_tail else 1))
            wide = width
        last = divisible(last_channel // (2 if reduced_tail else 1) * width_mult)
        return finished(MobileNetV3(settings, last, **options), weights or pretrained, options)
    return build


mobilenet_v3_large = _builder(_LARGE, 3, 1280)
mobilenet_v3_small = _builder(_SMALL, 3, 1024)

MobileNet_V3_Large_Weights = WeightsEnum("IMAGENET1K_V1", "IMAGENET1K_V2")
MobileNet_V3_Small_Weights = WeightsEnum("IMAGENET1K_V1")
`;

/** Tan & Le 2019, the first eight sizes. */
export const EFFICIENTNET = `
from functools import partial
import math
import torch
from torch import nn
from torchvision.models._api import WeightsEnum, finished
from torchvision.ops.misc import Conv2dNormActivation, SqueezeExcitation, StochasticDepth, divisible


class MBConv(nn.Module):
    def __init__(self, ratio, kernel, stride, wide, width, stochastic_depth_prob, norm_layer):
        super().__init__()
        self.use_res_connect = stride == 1 and wide == width
        hidden, layers = divisible(wide * ratio), []
        if hidden != wide:
            layers.append(Conv2dNormActivation(wide, hidden, kernel_size=1, norm_layer=norm_layer,
                                               activation_layer=nn.SiLU))
        layers += [
            Conv2dNormActivation(hidden, hidden, kernel_size=kernel, stride=stride, groups=hidden,
                                 norm_layer=norm_layer, activation_layer=nn.SiLU),
            SqueezeExcitation(hidden, max(1, wide // 4), activation=partial(nn.SiLU, inplace=True)),
            Conv2dNormActivation(hidden, width, kernel_size=1, norm_layer=norm_layer, activation_layer=None)]
        self.block = nn.Sequential(*layers)
        self.stochastic_depth = StochasticDepth(stochastic_depth_prob, "row")
        self.out_channels = width

    def forward(self, input):
        result = self.block(input)
        if self.use_res_connect:
            result = self.stochastic_depth(result)
            result += input
        return result


# Ratio of expansion, kernel, stride, outer channels, blocks.
_STAGES = [(1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3), (6, 5, 1, 112, 3), (6, 5, 2, 192, 4),
           (6, 3, 1, 320, 1)]


class EfficientNet(nn.Module):
    def __init__(self, inverted_residual_setting, dropout, stochastic_depth_prob=0.2, num_classes=1000, norm_layer=None,
                 last_channel=None):
        super().__init__()
        norm_layer = norm_layer or nn.BatchNorm2d
        wide = inverted_residual_setting[0][3]
        layers = [Conv2dNormActivation(3, wide, stride=2, norm_layer=norm_layer, activation_layer=nn.SiLU)]
        total, done = sum(setting[-1] for setting in inverted_residual_setting), 0
        for ratio, kernel, stride, _, width, count in inverted_residual_setting:
            stage = []
            for at in range(count):
                stage.append(MBConv(ratio, kernel, 1 if at else stride, wide, width,
                                    stochastic_depth_prob * done / total, norm_layer))
                wide, done = width, done + 1
            layers.append(nn.Sequential(*stage))
        last = last_channel or 4 * wide
        layers.append(Conv2dNormActivation(wide, last, kernel_size=1, norm_layer=norm_layer, activation_layer=nn.SiLU))
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(nn.Dropout(p=dropout, inplace=True), nn.Linear(last, num_classes))
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out")
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
            elif isinstance(module, nn.Linear):
                bound = 1.0 / math.sqrt(module.out_features)
                nn.init.uniform_(module.weight, -bound, bound)
                nn.init.zeros_(module.bias)

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def _builder(width_mult, depth_mult, dropout, **fixed):
    def build(pretrained=False, progress=True, *, weights=None, **options):
        settings, wide = [], divisible(32 * width_mult)
        for ratio, kernel, stride, channels, count in _STAGES:
            width = divisible(channels * width_mult)
            settings.append((ratio, kernel, stride, wide, width, int(math.ceil(count * depth_mult))))
            wide = width
        options.setdefault("dropout", dropout)
        return finished(EfficientNet(settings, **{**fixed, **options}), weights or pretrained, options)
    return build


_coarse = partial(nn.BatchNorm2d, eps=0.001, momentum=0.01)
efficientnet_b0 = _builder(1.0, 1.0, 0.2)
efficientnet_b1 = _builder(1.0, 1.1, 0.2)
efficientnet_b2 = _builder(1.1, 1.2, 0.3)
efficientnet_b3 = _builder(1.2, 1.4, 0.3)
efficientnet_b4 = _builder(1.4, 1.8, 0.4)
efficientnet_b5 = _builder(1.6, 2.2, 0.4, norm_layer=_coarse)
efficientnet_b6 = _builder(1.8, 2.6, 0.5, norm_layer=_coarse)
efficientnet_b7 = _builder(2.0, 3.1, 0.5, norm_layer=_coarse)

EfficientNet_B0_Weights = EfficientNet_B2_Weights = EfficientNet_B3_Weights = WeightsEnum("IMAGENET1K_V1")
EfficientNet_B4_Weights = EfficientNet_B5_Weights = EfficientNet_B6_Weights = EfficientNet_B0_Weights
EfficientNet_B7_Weights = EfficientNet_B0_Weights
EfficientNet_B1_Weights = WeightsEnum("IMAGENET1K_V1", "IMAGENET1K_V2")
`;
