import { errorCheck } from '../../ask/error-check.js';
import { inWords } from '../../ask/errors.js';
import { otherNumber } from '../../ask/fixes.js';
import { places } from '../../ask/places.js';
import { behind } from '../../ask/ancestry.js';
import { refusedWidth } from './linear-input.js';

export const flattenSize = errorCheck(
  {
    id: 'flatten-size',
    title: 'A linear layer of another width than the flattened feature maps',
    why: 'Channels times height times width is what comes out of flattening; another number raises an error.',
    instead: 'Work out the size after the last convolution or pooling, and make in_features that.',
    needs: 'A call of the layer on flattened feature maps of known shape.',
    wrong: [
      `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3)
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.Linear(8 * 14 * 14, 10)  # <--

    def forward(self, x):
        x = self.pool(F.relu(self.conv(x)))
        x = torch.flatten(x, 1)
        return self.fc(x)

Net()(torch.randn(4, 1, 28, 28))
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8 * 13 * 13, 10))
net(torch.randn(4, 1, 28, 28))
`,
    ],
  },
  (error, program) => {
    const refused = refusedWidth(error);
    if (refused?.cause !== 'flatten-size') return undefined;
    const { layer, input, wanted, given } = refused;
    const at = layer.span ?? error.moment.span;
    if (at === undefined || input.shape === undefined) return undefined;
    const maps = behind(input).shape;
    const fix = otherNumber(program, layer, { name: 'in_features', position: 0, from: wanted, to: given });
    return {
      at,
      message: `The linear layer takes ${wanted} features, and flattening gives ${given}${maps === undefined ? '' : ` (${maps.slice(1).join(' × ')})`}.`,
      evidence: [
        {
          kind: 'shapes',
          shapes: [
            ...(maps === undefined ? [] : [{ what: 'the feature maps are', shape: maps }]),
            { what: 'the layer is given', shape: input.shape },
          ],
        },
        places(['it is called here', error.moment.span]),
        inWords(error),
      ],
      ...(fix && { fix }),
    };
  },
);
