/**
 * What the builders share. Weights are files that nobody has here: where a network is given some, it is told to load what
 * is not known, and what a set of weights says of itself is unknown as well.
 */
export const WEIGHTS = `
from torchvision._internally_replaced_utils import load_state_dict_from_url, weights_meta
from torchvision.transforms._presets import ImageClassification


class Weights:
    def __init__(self, name="", url="https://download.pytorch.org/models/", transforms=ImageClassification, meta=None):
        self.name = name
        self.meta = weights_meta(name) if meta is None else meta
        self.url = url
        self.transforms = transforms
        self.value = self

    def verify(self, given):
        return given

    def get_state_dict(self, *args, **kwargs):
        return load_state_dict_from_url(self.url)


class WeightsEnum:
    def __init__(self, *names):
        self.__members__ = {name: Weights(name) for name in names}
        for name, weights in self.__members__.items():
            setattr(self, name, weights)
        self.DEFAULT = getattr(self, names[-1])
        self.__members__["DEFAULT"] = self.DEFAULT

    def __getitem__(self, name):
        return self.__members__[name]

    def __iter__(self):
        return iter([weights for name, weights in self.__members__.items() if name != "DEFAULT"])

    def __len__(self):
        return len(self.__members__) - 1

    def __call__(self, given):
        return given

    def verify(self, *given):
        # By a class that derives from it as by one set of it.
        return given[0] if given else self


def finished(model, given, options, classes=1000):
    if given:
        if options.get("num_classes", classes) != classes:
            raise ValueError(
                f"The parameter 'num_classes' expected value {classes} but got {options['num_classes']} instead.")
        model.load_state_dict(load_state_dict_from_url(""))
    return model
`;

export const MISC = `
import torch
from torch import nn


def divisible(value, divisor=8, least=None):
    least = divisor if least is None else least
    rounded = max(least, int(value + divisor / 2) // divisor * divisor)
    return rounded + divisor if rounded < 0.9 * value else rounded


class Conv2dNormActivation(nn.Sequential):
    def __init__(self, in_channels, out_channels, kernel_size=3, stride=1, padding=None, groups=1,
                 norm_layer=nn.BatchNorm2d, activation_layer=nn.ReLU, dilation=1, inplace=True, bias=None):
        if padding is None:
            if isinstance(kernel_size, int) and isinstance(dilation, int):
                padding = (kernel_size - 1) // 2 * dilation
            else:
                sides = [kernel_size] * 2 if isinstance(kernel_size, int) else kernel_size
                gaps = [dilation] * 2 if isinstance(dilation, int) else dilation
                padding = tuple((side - 1) // 2 * gap for side, gap in zip(sides, gaps))
        layers = [nn.Conv2d(in_channels, out_channels, kernel_size, stride, padding, dilation=dilation, groups=groups,
                            bias=norm_layer is None if bias is None else bias)]
        if norm_layer is not None:
            layers.append(norm_layer(out_channels))
        if activation_layer is not None:
            layers.append(activation_layer() if inplace is None else activation_layer(inplace=inplace))
        super().__init__(*layers)
        self.out_channels = out_channels


class SqueezeExcitation(nn.Module):
    def __init__(self, input_channels, squeeze_channels, activation=nn.ReLU, scale_activation=nn.Sigmoid):
        super().__init__()
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc1 = nn.Conv2d(input_channels, squeeze_channels, 1)
        self.fc2 = nn.Conv2d(squeeze_channels, input_channels, 1)
        self.activation = activation()
        self.scale_activation = scale_activation()

    def forward(self, input):
        scale = self.activation(self.fc1(self.avgpool(input)))
        return self.scale_activation(self.fc2(scale)) * input


class StochasticDepth(nn.Module):
    def __init__(self, p, mode):
        super().__init__()
        self.p, self.mode = p, mode

    def forward(self, input):
        if not self.training or self.p == 0.0:
            return input
        sizes = [1 if self.mode == "batch" else input.shape[0]] + [1] * (input.ndim - 1)
        kept = torch.empty(sizes, dtype=input.dtype, device=input.device).bernoulli_(1.0 - self.p)
        if self.p < 1.0:
            kept.div_(1.0 - self.p)
        return input * kept


class MLP(nn.Sequential):
    def __init__(self, in_channels, hidden_channels, norm_layer=None, activation_layer=nn.ReLU, inplace=None, bias=True,
                 dropout=0.0):
        options = {} if inplace is None else {"inplace": inplace}
        layers, wide = [], in_channels
        for width in hidden_channels[:-1]:
            layers.append(nn.Linear(wide, width, bias=bias))
            if norm_layer is not None:
                layers.append(norm_layer(width))
            layers += [activation_layer(**options), nn.Dropout(dropout, **options)]
            wide = width
        layers += [nn.Linear(wide, hidden_channels[-1], bias=bias), nn.Dropout(dropout, **options)]
        super().__init__(*layers)


class Permute(nn.Module):
    def __init__(self, dims):
        super().__init__()
        self.dims = dims

    def forward(self, x):
        return torch.permute(x, self.dims)
`;
