import { errorCheck } from '../../ask/error-check.js';
import { inWords } from '../../ask/errors.js';
import { otherNumber } from '../../ask/fixes.js';
import { places } from '../../ask/places.js';
import { refusedWidth } from './linear-input.js';

export const shapeLinearIn = errorCheck(
  {
    id: 'shape-linear-in',
    title: 'A linear layer of another width than its input',
    why: 'The layer multiplies the last dimension of its input by its weight: widths that differ raise an error.',
    instead: 'Make in_features the width of what the layer is given.',
    needs: 'A call of the layer on a tensor of known shape.',
    wrong: [
      `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = nn.Linear(32, 3)  # <--

    def forward(self, x):
        return self.fc2(F.relu(self.fc1(x)))

Net()(torch.randn(8, 20))
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
net(torch.randn(8, 12, 20))
`,
    ],
  },
  (error, program) => {
    const refused = refusedWidth(error);
    if (refused?.cause !== 'shape-linear-in') return undefined;
    const { layer, input, wanted, given } = refused;
    const at = layer.span ?? error.moment.span;
    if (at === undefined || input.shape === undefined) return undefined;
    const fix = otherNumber(program, layer, { name: 'in_features', position: 0, from: wanted, to: given });
    return {
      at,
      message: `The linear layer takes ${wanted} features and is given ${given}.`,
      evidence: [
        { kind: 'shapes', shapes: [{ what: 'it is given', shape: input.shape }] },
        places(['it is called here', error.moment.span]),
        inWords(error),
      ],
      ...(fix && { fix }),
    };
  },
);
