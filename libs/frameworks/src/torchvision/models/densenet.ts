/** Densely connected networks with bottlenecks: Huang et al. 2017. */
export const DENSENET = `
from collections import OrderedDict
import torch
from torch import nn
import torch.nn.functional as F
from torchvision.models._api import WeightsEnum, finished


class _DenseLayer(nn.Module):
    def __init__(self, num_input_features, growth_rate, bn_size, drop_rate, memory_efficient=False):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(num_input_features)
        self.relu1 = nn.ReLU(inplace=True)
        self.conv1 = nn.Conv2d(num_input_features, bn_size * growth_rate, kernel_size=1, bias=False)
        self.norm2 = nn.BatchNorm2d(bn_size * growth_rate)
        self.relu2 = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(bn_size * growth_rate, growth_rate, kernel_size=3, padding=1, bias=False)
        self.drop_rate = float(drop_rate)

    def forward(self, input):
        before = torch.cat([input] if isinstance(input, torch.Tensor) else input, 1)
        new = self.conv2(self.relu2(self.norm2(self.conv1(self.relu1(self.norm1(before))))))
        return F.dropout(new, p=self.drop_rate, training=self.training) if self.drop_rate > 0 else new


class _DenseBlock(nn.ModuleDict):
    def __init__(self, num_layers, num_input_features, bn_size, growth_rate, drop_rate, memory_efficient=False):
        super().__init__()
        for at in range(num_layers):
            self.add_module(f"denselayer{at + 1}",
                            _DenseLayer(num_input_features + at * growth_rate, growth_rate, bn_size, drop_rate))

    def forward(self, init_features):
        features = [init_features]
        for layer in self.values():
            features.append(layer(features))
        return torch.cat(features, 1)


class _Transition(nn.Sequential):
    def __init__(self, num_input_features, num_output_features):
        super().__init__()
        self.norm = nn.BatchNorm2d(num_input_features)
        self.relu = nn.ReLU(inplace=True)
        self.conv = nn.Conv2d(num_input_features, num_output_features, kernel_size=1, bias=False)
        self.pool = nn.AvgPool2d(kernel_size=2, stride=2)


class DenseNet(nn.Module):
    def __init__(self, growth_rate=32, block_config=(6, 12, 24, 16), num_init_features=64, bn_size=4, drop_rate=0,
                 num_classes=1000, memory_efficient=False):
        super().__init__()
        self.features = nn.Sequential(OrderedDict([
            ("conv0", nn.Conv2d(3, num_init_features, kernel_size=7, stride=2, padding=3, bias=False)),
            ("norm0", nn.BatchNorm2d(num_init_features)),
            ("relu0", nn.ReLU(inplace=True)),
            ("pool0", nn.MaxPool2d(kernel_size=3, stride=2, padding=1)),
        ]))
        wide = num_init_features
        for at, count in enumerate(block_config, 1):
            self.features.add_module(f"denseblock{at}", _DenseBlock(count, wide, bn_size, growth_rate, drop_rate))
            wide += count * growth_rate
            if at < len(block_config):
                self.features.add_module(f"transition{at}", _Transition(wide, wide // 2))
                wide //= 2
        self.features.add_module("norm5", nn.BatchNorm2d(wide))
        self.classifier = nn.Linear(wide, num_classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight)
            elif isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)

    def forward(self, x):
        out = F.relu(self.features(x), inplace=True)
        return self.classifier(torch.flatten(F.adaptive_avg_pool2d(out, (1, 1)), 1))


def _builder(growth, blocks, start):
    def build(pretrained=False, progress=True, *, weights=None, **options):
        return finished(DenseNet(growth, blocks, start, **options), weights or pretrained, options)
    return build


densenet121 = _builder(32, (6, 12, 24, 16), 64)
densenet161 = _builder(48, (6, 12, 36, 24), 96)
densenet169 = _builder(32, (6, 12, 32, 32), 64)
densenet201 = _builder(32, (6, 12, 48, 32), 64)

DenseNet121_Weights = DenseNet161_Weights = DenseNet169_Weights = DenseNet201_Weights = WeightsEnum("IMAGENET1K_V1")
`;
