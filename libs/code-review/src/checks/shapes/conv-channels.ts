import type { ErrorRaised } from '@tensormark/frameworks';
import { errorCheck } from '../../ask/error-check.js';
import { inputOf, inWords, layerOf, numbersIn } from '../../ask/errors.js';
import { otherNumber } from '../../ask/fixes.js';
import { places } from '../../ask/places.js';
import { channelsOf } from '../../ask/widths.js';

function refusedChannels(error: ErrorRaised) {
  const sizes = numbersIn(error.message, /to have (\d+) channels, but got (\d+) channels instead/);
  const input = inputOf(error);
  const [wanted, given] = sizes ?? [];
  if (wanted === undefined || given === undefined || input?.shape === undefined) return undefined;
  return { wanted, given, input, shape: input.shape, layer: layerOf(error) };
}

/**
 * Whether the channels that are missed stand last: as in images that were read and not turned, and in embedded words
 * that a one-dimensional convolution is given.
 */
function isChannelsLast({ input, shape, wanted, layer }: NonNullable<ReturnType<typeof refusedChannels>>) {
  if (shape.length < 3 || shape.at(-1) !== wanted) return false;
  return wanted <= 4 || (layer?.layer?.type === 'Conv1d' && channelsOf(input) === undefined);
}

export const shapeConvChannels = errorCheck(
  {
    id: 'shape-conv-channels',
    title: 'A convolution of other channels than its input',
    why: 'Each filter has a slice for each channel of the input: numbers that differ raise an error.',
    instead: 'Make in_channels the channels of what the layer is given.',
    needs: 'A call of the convolution on a tensor of known shape.',
    onSupposed: true,
    wrong: [
      `
import torch
import torch.nn as nn
net = nn.Sequential(
    nn.Conv2d(3, 16, 3),
    nn.ReLU(),
    nn.Conv2d(32, 64, 3),  # <--
)
net(torch.randn(4, 3, 32, 32))
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Conv2d(3, 16, 3), nn.ReLU(), nn.Conv2d(16, 64, 3, groups=4))
net(torch.randn(4, 3, 32, 32))
`,
    ],
  },
  (error, program) => {
    const refused = refusedChannels(error);
    if (refused === undefined || isChannelsLast(refused)) return undefined;
    const { wanted, given, shape, layer } = refused;
    const at = layer?.span ?? error.moment.span;
    if (at === undefined) return undefined;
    const fix =
      layer && otherNumber(program, layer, { name: 'in_channels', position: 0, from: wanted, to: given });
    return {
      at,
      message: `The convolution takes ${wanted} channels and is given ${given}.`,
      evidence: [
        { kind: 'shapes', shapes: [{ what: 'it is given', shape }] },
        places(['it is called here', error.moment.span]),
        inWords(error),
      ],
      ...(fix && { fix }),
    };
  },
);

export const layoutNhwc = errorCheck(
  {
    id: 'layout-nhwc',
    title: 'Channels last where they belong second',
    why: 'PyTorch’s convolutions take (batch, channels, height, width); images as they are read have their channels last.',
    instead: 'Turn the tensor: x.permute(0, 3, 1, 2).',
    needs:
      'A convolution that refused a tensor of known shape whose last dimension is what it wants as channels.',
    wrong: [
      `
import torch
import torch.nn as nn
conv = nn.Conv2d(3, 8, 3)
images = torch.randn(4, 32, 32, 3)
out = conv(images)  # <--
`,
      `
import torch
import torch.nn as nn
words = nn.Embedding(5000, 100)
conv = nn.Conv1d(100, 64, 3)
text = torch.randint(0, 5000, (8, 40))
found = conv(words(text))  # <--
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
conv = nn.Conv2d(3, 8, 3)
images = torch.randn(4, 32, 32, 3)
out = conv(images.permute(0, 3, 1, 2))
words = nn.Embedding(5000, 100)
found = nn.Conv1d(100, 64, 3)(words(torch.randint(0, 5000, (8, 40))).transpose(1, 2))
`,
    ],
  },
  (error) => {
    const refused = refusedChannels(error);
    const at = error.moment.span;
    if (refused === undefined || at === undefined || !isChannelsLast(refused)) return undefined;
    return {
      at,
      message: `The convolution takes ${refused.wanted} channels in the second dimension; here they are the last.`,
      evidence: [
        { kind: 'shapes', shapes: [{ what: 'it is given', shape: refused.shape }] },
        places(['the layer', refused.layer?.span]),
        inWords(error),
      ],
    };
  },
);
