import { errorCheck } from '../../ask/error-check.js';
import { inWords } from '../../ask/errors.js';
import { places } from '../../ask/places.js';
import { refusedWidth } from './linear-input.js';

export const flattenMissing = errorCheck(
  {
    id: 'flatten-missing',
    title: 'Feature maps straight into a linear layer',
    why: 'A linear layer works on the last dimension: of feature maps that is their width, not all their features.',
    instead: 'Flatten all but the batch before the layer: torch.flatten(x, 1).',
    needs: 'A call of the layer on feature maps (four dimensions) of known shape.',
    wrong: [
      `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3)
        self.fc = nn.Linear(8 * 13 * 13, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv(x)), 2)
        return self.fc(x)  # <--

Net()(torch.randn(4, 1, 28, 28))
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
channels_last = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.ReLU())
head = nn.Linear(8, 10)
head(channels_last(torch.randn(4, 3, 8, 8)).permute(0, 2, 3, 1))
`,
    ],
  },
  (error) => {
    const refused = refusedWidth(error);
    if (refused?.cause !== 'flatten-missing') return undefined;
    const { layer, input, wanted } = refused;
    const at = error.moment.span;
    if (at === undefined || input.shape === undefined) return undefined;
    return {
      at,
      message: `Feature maps go into a linear layer that takes ${wanted} features without being flattened.`,
      evidence: [
        { kind: 'shapes', shapes: [{ what: 'it is given', shape: input.shape }] },
        places(['the layer', layer.span]),
        inWords(error),
      ],
    };
  },
);
