import { errorCheck } from '../../ask/error-check.js';
import { inputOf, inWords, layerOf, numbersIn } from '../../ask/errors.js';
import { otherNumber } from '../../ask/fixes.js';
import { places } from '../../ask/places.js';

export const bnFeatures = errorCheck(
  {
    id: 'bn-features',
    title: 'A normalisation of other features than its input',
    why: 'It keeps a mean, variance, weight and bias for each channel: numbers (or dimensions) that differ raise an error.',
    instead:
      'Make num_features the channels of what the layer is given, and take the layer for its dimensions (1d, 2d, 3d).',
    needs: 'A call of the normalisation on a tensor of known shape.',
    onSupposed: true,
    wrong: [
      `
import torch
import torch.nn as nn
net = nn.Sequential(
    nn.Conv2d(3, 16, 3),
    nn.BatchNorm2d(32),  # <--
    nn.ReLU(),
)
net(torch.randn(4, 3, 32, 32))
`,
      `
import torch
import torch.nn as nn
net = nn.Sequential(
    nn.Conv2d(3, 16, 3),
    nn.BatchNorm1d(16),  # <--
)
net(torch.randn(4, 3, 32, 32))
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Conv2d(3, 16, 3), nn.BatchNorm2d(16), nn.GroupNorm(4, 16))
net(torch.randn(4, 3, 32, 32))
`,
    ],
  },
  (error, program) => {
    const layer = layerOf(error);
    const at = layer?.span ?? error.moment.span;
    if (layer?.layer === undefined || at === undefined || !/Norm/.test(layer.layer.type)) return undefined;
    const isRefused =
      /should contain \d+ elements not \d+|^expected \dD|^expected 2D or 3D|Given normalized_shape|weight to be a vector of size equal/i.test(
        error.message,
      );
    if (!isRefused) return undefined;
    const shape = inputOf(error)?.shape;
    const [given, wanted] = numbersIn(error.message, /should contain (\d+) elements not (\d+)/) ?? [];
    const fix =
      given === undefined || wanted === undefined
        ? undefined
        : otherNumber(program, layer, { name: 'num_features', position: 0, from: wanted, to: given });
    return {
      at,
      message:
        given === undefined || wanted === undefined
          ? `${layer.type} does not take what it is given.`
          : `${layer.type} is made for ${wanted} channels and is given ${given}.`,
      evidence: [
        ...(shape === undefined
          ? []
          : [{ kind: 'shapes', shapes: [{ what: 'it is given', shape }] } as const]),
        places(['it is called here', error.moment.span]),
        inWords(error),
      ],
      ...(fix && { fix }),
    };
  },
);

export const groupsDivide = errorCheck(
  {
    id: 'groups-divide',
    title: 'Groups or heads that do not divide the channels',
    why: 'Channels are shared out evenly between groups or heads; what does not divide raises an error.',
    instead: 'Choose a number of groups or heads that divides the channels.',
    needs: 'The layer made with known numbers.',
    wrong: [
      `
import torch.nn as nn
attention = nn.MultiheadAttention(embed_dim=100, num_heads=8)  # <--
`,
      `
import torch.nn as nn
norm = nn.GroupNorm(3, 16)  # <--
`,
    ],
    right: [
      `
import torch.nn as nn
attention = nn.MultiheadAttention(embed_dim=96, num_heads=8)
conv = nn.Conv2d(12, 24, 3, groups=4)
`,
    ],
  },
  (error) => {
    const at = error.moment.span;
    const divides =
      /divisible by (num_heads|num_groups|groups|'groups')|must be divisible by|divisible by num/i;
    if (at === undefined || !divides.test(error.message) || error.from !== 'torch') return undefined;
    return { at, message: 'The groups or heads do not divide the channels.', evidence: [inWords(error)] };
  },
);
