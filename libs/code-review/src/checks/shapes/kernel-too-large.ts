import { errorCheck } from '../../ask/error-check.js';
import { inputOf, inWords, layerOf } from '../../ask/errors.js';
import { places } from '../../ask/places.js';

export const kernelTooLarge = errorCheck(
  {
    id: 'kernel-too-large',
    title: 'A kernel larger than what it goes over',
    why: 'Where the (padded) input is smaller than the kernel there is no place to put it, and an error is raised.',
    instead: 'Pool less or later, pad, or give larger inputs.',
    needs: 'A convolution or pooling called on a tensor of known shape.',
    wrong: [
      `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2)
        self.conv1 = nn.Conv2d(1, 8, 5)
        self.conv2 = nn.Conv2d(8, 16, 5)
        self.conv3 = nn.Conv2d(16, 32, 5)

    def forward(self, x):
        x = self.pool(self.conv1(x))
        x = self.pool(self.conv2(x))
        return self.conv3(x)  # <--

Net()(torch.randn(4, 1, 28, 28))
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Conv2d(1, 8, 5), nn.MaxPool2d(2), nn.Conv2d(8, 16, 5), nn.MaxPool2d(2), nn.Conv2d(16, 32, 4))
net(torch.randn(4, 1, 28, 28))
`,
    ],
  },
  (error) => {
    const at = error.moment.span;
    const isTooLarge = /Kernel size can't be greater than actual input size|Output size is too small/.test(
      error.message,
    );
    if (!isTooLarge || at === undefined) return undefined;
    const shape = inputOf(error)?.shape;
    return {
      at,
      message: 'The kernel is larger than what is left of the input here.',
      evidence: [
        ...(shape === undefined
          ? []
          : [{ kind: 'shapes', shapes: [{ what: 'it is given', shape }] } as const]),
        places(['the layer', layerOf(error)?.span]),
        inWords(error),
      ],
    };
  },
);
