/** AlexNet as of Krizhevsky 2014. */
export const ALEXNET = `
import torch
from torch import nn
from torchvision.models._api import WeightsEnum, finished


class AlexNet(nn.Module):
    def __init__(self, num_classes=1000, dropout=0.5):
        super().__init__()

        def convolution(*sizes, **options):
            return [nn.Conv2d(*sizes, **options), nn.ReLU(inplace=True)]

        self.features = nn.Sequential(
            *convolution(3, 64, kernel_size=11, stride=4, padding=2), nn.MaxPool2d(kernel_size=3, stride=2),
            *convolution(64, 192, kernel_size=5, padding=2), nn.MaxPool2d(kernel_size=3, stride=2),
            *convolution(192, 384, kernel_size=3, padding=1),
            *convolution(384, 256, kernel_size=3, padding=1),
            *convolution(256, 256, kernel_size=3, padding=1), nn.MaxPool2d(kernel_size=3, stride=2))
        self.avgpool = nn.AdaptiveAvgPool2d((6, 6))
        self.classifier = nn.Sequential(
            nn.Dropout(dropout), nn.Linear(256 * 6 * 6, 4096), nn.ReLU(inplace=True),
            nn.Dropout(dropout), nn.Linear(4096, 4096), nn.ReLU(inplace=True),
            nn.Linear(4096, num_classes))

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def alexnet(pretrained=False, progress=True, *, weights=None, **options):
    return finished(AlexNet(**options), weights or pretrained, options)


AlexNet_Weights = WeightsEnum("IMAGENET1K_V1")
`;

/** Simonyan & Zisserman 2015, configurations A, B, D and E. */
export const VGG = `
import torch
from torch import nn
from torchvision.models._api import WeightsEnum, finished


class VGG(nn.Module):
    def __init__(self, features, num_classes=1000, init_weights=True, dropout=0.5):
        super().__init__()
        self.features = features
        self.avgpool = nn.AdaptiveAvgPool2d((7, 7))
        self.classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, 4096), nn.ReLU(True), nn.Dropout(dropout),
            nn.Linear(4096, 4096), nn.ReLU(True), nn.Dropout(dropout),
            nn.Linear(4096, num_classes))
        if init_weights:
            for module in self.modules():
                if isinstance(module, nn.Conv2d):
                    nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
                    nn.init.zeros_(module.bias)
                elif isinstance(module, nn.Linear):
                    nn.init.normal_(module.weight, 0, 0.01)
                    nn.init.zeros_(module.bias)

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def make_layers(cfg, batch_norm=False):
    layers, wide = [], 3
    for width in cfg:
        if width == "M":
            layers.append(nn.MaxPool2d(kernel_size=2, stride=2))
            continue
        layers.append(nn.Conv2d(wide, width, kernel_size=3, padding=1))
        if batch_norm:
            layers.append(nn.BatchNorm2d(width))
        layers.append(nn.ReLU(inplace=True))
        wide = width
    return nn.Sequential(*layers)


def _stages(*counts):
    return [item for width, count in zip([64, 128, 256, 512, 512], counts) for item in [width] * count + ["M"]]


cfgs = {"A": _stages(1, 1, 2, 2, 2), "B": _stages(2, 2, 2, 2, 2), "D": _stages(2, 2, 3, 3, 3), "E": _stages(2, 2, 4, 4, 4)}


def _builder(cfg, batch_norm=False):
    def build(pretrained=False, progress=True, *, weights=None, **options):
        return finished(VGG(make_layers(cfgs[cfg], batch_norm), **options), weights or pretrained, options)
    return build


vgg11, vgg13, vgg16, vgg19 = map(_builder, "ABDE")
vgg11_bn, vgg13_bn, vgg16_bn, vgg19_bn = (_builder(cfg, True) for cfg in "ABDE")

VGG11_Weights = VGG11_BN_Weights = VGG13_Weights = VGG13_BN_Weights = WeightsEnum("IMAGENET1K_V1")
VGG16_BN_Weights = VGG19_Weights = VGG19_BN_Weights = VGG11_Weights
VGG16_Weights = WeightsEnum("IMAGENET1K_FEATURES", "IMAGENET1K_V1")
`;

/** Iandola et al. 2016, and its lighter second version. */
export const SQUEEZENET = `
import torch
from torch import nn
from torchvision.models._api import WeightsEnum, finished


class Fire(nn.Module):
    def __init__(self, inplanes, squeeze_planes, expand1x1_planes, expand3x3_planes):
        super().__init__()
        self.inplanes = inplanes
        self.squeeze = nn.Conv2d(inplanes, squeeze_planes, kernel_size=1)
        self.squeeze_activation = nn.ReLU(inplace=True)
        self.expand1x1 = nn.Conv2d(squeeze_planes, expand1x1_planes, kernel_size=1)
        self.expand1x1_activation = nn.ReLU(inplace=True)
        self.expand3x3 = nn.Conv2d(squeeze_planes, expand3x3_planes, kernel_size=3, padding=1)
        self.expand3x3_activation = nn.ReLU(inplace=True)

    def forward(self, x):
        x = self.squeeze_activation(self.squeeze(x))
        small, large = self.expand1x1(x), self.expand3x3(x)
        return torch.cat([self.expand1x1_activation(small), self.expand3x3_activation(large)], 1)


class SqueezeNet(nn.Module):
    def __init__(self, version="1_0", num_classes=1000, dropout=0.5):
        super().__init__()
        self.num_classes = num_classes
        is_first = version == "1_0"
        start = nn.Conv2d(3, 96, kernel_size=7, stride=2) if is_first else nn.Conv2d(3, 64, kernel_size=3, stride=2)
        layers, wide = [start, nn.ReLU(inplace=True)], start.out_channels
        pooled_before = (0, 3, 7) if is_first else (0, 2, 4)
        for at, (narrow, width) in enumerate(zip((16, 16, 32, 32, 48, 48, 64, 64), (64, 64, 128, 128, 192, 192, 256, 256))):
            if at in pooled_before:
                layers.append(nn.MaxPool2d(kernel_size=3, stride=2, ceil_mode=True))
            layers.append(Fire(wide, narrow, width, width))
            wide = 2 * width
        self.features = nn.Sequential(*layers)
        last = nn.Conv2d(512, num_classes, kernel_size=1)
        self.classifier = nn.Sequential(nn.Dropout(dropout), last, nn.ReLU(inplace=True), nn.AdaptiveAvgPool2d((1, 1)))
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                if module is last:
                    nn.init.normal_(module.weight, mean=0.0, std=0.01)
                else:
                    nn.init.kaiming_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, x):
        return torch.flatten(self.classifier(self.features(x)), 1)


def squeezenet1_0(pretrained=False, progress=True, *, weights=None, **options):
    return finished(SqueezeNet("1_0", **options), weights or pretrained, options)


def squeezenet1_1(pretrained=False, progress=True, *, weights=None, **options):
    return finished(SqueezeNet("1_1", **options), weights or pretrained, options)


SqueezeNet1_0_Weights = SqueezeNet1_1_Weights = WeightsEnum("IMAGENET1K_V1")
`;
