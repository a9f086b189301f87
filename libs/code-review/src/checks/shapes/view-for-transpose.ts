import { isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { spreadOut } from '../../ask/makings.js';
import { isPicture } from '../../ask/pictures.js';
import { places } from '../../ask/places.js';
import {
  areHeadsBatched,
  areHeadsCut,
  areHeadsGathered,
  areHeadsLeft,
  areHeadsMerged,
} from './heads-misplaced.js';
import { channelsCut, channelsPutLast, MAPS_CUT, MAPS_MOVED } from './maps-cut.js';
import { shiftsRows } from './rows-shifted.js';
import type { Misread, Reshape } from './reshape.js';
import { writtenSizes } from './written-sizes.js';
import { splitOtherwise } from './merged-order.js';
import { areOwnInOtherOrder, areSameSizesMoved, flattenedOtherwise, joinsOver } from './rows-swapped.js';

/** The ways in which elements are taken in another order than they lie in; the first that holds is said. */
const WAYS: readonly ((reshape: Reshape) => Misread | undefined)[] = [
  channelsInFront,
  headsCut,
  headsLeft,
  ownSizesInOtherOrder,
  channelsPutLast,
  channelsCut,
  joinedOverAnother,
  partsInOtherOrder,
  rowsLaidOutOtherwise,
  dimensionsSwapped,
];

function channelsInFront({ name, input, sizes }: Reshape): Misread | undefined {
  const [first, second] = sizes;
  const isInFront = first === 3n || ((first === 1n || first === -1n) && second === 3n);
  if (!isInFront || !isPicture(input) || (input.shape?.at(-1) ?? 3) !== 3) return undefined;
  return {
    message: `${name} puts the channels of a picture in front without moving its elements: they are read in the wrong order.`,
    because: ['the picture', input],
  };
}

function headsCut({ name, input, sizes }: Reshape): Misread | undefined {
  if (!areHeadsCut(input, sizes) && !areHeadsBatched(input, sizes)) return undefined;
  return {
    message: `${name} cuts the features of each word to heads and puts the heads before the words, but keeps the elements in their order.`,
    because: ['the features', input],
  };
}

function headsLeft({ name, input, sizes }: Reshape): Misread | undefined {
  if (!areHeadsLeft(input, sizes) && !areHeadsGathered(input, sizes)) return undefined;
  return {
    message: `${name} joins the heads while they are before the words: each word gets pieces of others.`,
    because: ['the heads', input],
  };
}

function ownSizesInOtherOrder({ name, input, sizes }: Reshape): Misread | undefined {
  if (input.shape !== undefined || !areOwnInOtherOrder(input, sizes)) return undefined;
  return {
    message: `${name} is given the tensor's own sizes in another order: the elements keep theirs, so no dimensions are swapped.`,
    because: ['the tensor', input],
  };
}

function joinedOverAnother({ name, input, sizes, written }: Reshape): Misread | undefined {
  const byText = input.shape === undefined ? undefined : (_: Datum, at: number) => written[at];
  if (!joinsOver(input, sizes, byText)) return undefined;
  return {
    message: `${name} joins dimensions on both sides of one that keeps its size: the elements keep their order, and are mixed.`,
    because: ['the tensor', input],
  };
}

function partsInOtherOrder({ name, input, sizes, before }: Reshape): Misread | undefined {
  // What a place was joined of is the same in each of its calls.
  const joined = before < 2 ? splitOtherwise(input, sizes) : undefined;
  return (
    joined && {
      message: `${name} takes the first dimension apart in another order than its two parts were joined in.`,
      because: ['before they were joined', joined],
    }
  );
}

function rowsLaidOutOtherwise({ name, input, result }: Reshape): Misread | undefined {
  const flattened = result.shape && flattenedOtherwise(input, result.shape);
  if (flattened?.shape === undefined) return undefined;
  return {
    message: `The rows were flattened of [${flattened.shape.join(', ')}], and ${name} lays them out with both dimensions the other way round.`,
    because: ['they were flattened', flattened],
  };
}

function dimensionsSwapped({ name, owner, input, result }: Reshape): Misread | undefined {
  if (owner !== 'Tensor' || input.shape === undefined || result.shape === undefined) return undefined;
  const isSwapped =
    areHeadsMerged(input, result.shape) ||
    isBatchMoved(input, result.shape) ||
    areSameSizesMoved(input.shape, result.shape);
  if (!isSwapped) return undefined;
  return {
    message: `${name} from [${input.shape.join(', ')}] to [${result.shape.join(', ')}] keeps the elements in their order, and does not swap dimensions.`,
  };
}

/** Whether the examples of a batch, which come first, come second in what a view makes of it. */
function isBatchMoved(input: Value, to: readonly number[]): boolean {
  let source: Value | undefined = input;
  while (source !== undefined && /^(to|cuda|float|Variable|squeeze|contiguous)$/.test(makerOf(source)))
    [source] = source.inputs;
  const [examples = 1, ...sizes] = input.shape ?? [];
  const [first, second, ...others] = to;
  const rest = sizes.filter((size) => size !== 1);
  return (
    source?.made.kind === 'batch' &&
    examples > 1 &&
    first !== examples &&
    second === examples &&
    rest.length > 0 &&
    rest.every((size) => size !== examples) &&
    [first, ...others].join() === rest.join()
  );
}

export const viewForTranspose: Check = {
  id: 'view-for-transpose',
  title: 'view where dimensions should be swapped',
  severity: 'warning',
  why: 'view and reshape keep the order of the elements: sizes look swapped, and values of different examples or channels are mixed.',
  instead: 'Use transpose or permute.',
  needs: 'A reshape from one shape to the same sizes in another order, all different from 1.',
  onSupposed: true,
  wrong: [
    ...MAPS_CUT,
    `
import torch
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.each = heads, width // heads
        self.query, self.key = nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, x):
        rows = x.size(0)
        query = self.query(x).view(rows * self.heads, -1, self.each)  # <--
        key = self.key(x).view(rows, -1, self.heads, self.each).transpose(1, 2)
        return query @ key.reshape(rows * self.heads, -1, self.each).transpose(1, 2)
`,
    `
import torch
import torch.nn as nn
from somewhere import backbone

class Regions(nn.Module):
    def forward(self, images):
        maps = backbone(images)
        batch, channels, places = maps.shape[0], maps.shape[1], maps.shape[2] * maps.shape[3]
        whole = maps.view(batch, channels, places).mean(dim=2)
        return whole, maps.view(batch, places, channels)  # <--
`,
    `
import torch
import torch.nn as nn

class Sound(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.rnn = nn.Conv2d(2, 8, 3, padding=1), nn.LSTM(8 * 64, 32, batch_first=True)

    def forward(self, x):
        maps = torch.relu(self.conv(x))
        count, height = maps.size(0), maps.size(2)
        return self.rnn(maps.view(count, -1, height, 1).squeeze(3).transpose(1, 2))  # <--
`,
    `
import torch
x = torch.randn(8, 4, 10)
y = x.view(8, 10, 4)  # <--
`,
    `
import torch
weights, v = torch.rand(2, 4, 10, 10).softmax(-1), torch.randn(2, 4, 10, 16)
joined = (weights @ v).contiguous().view(2, 10, 64)  # <--
`,
    `
import torch
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.each = heads, width // heads
        self.ask, self.key, self.worth = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)

    def cut(self, x, batch):
        x = x.view(batch, -1, self.heads, self.each).permute(0, 2, 1, 3)
        return x.contiguous().view(batch * self.heads, -1, self.each)

    def forward(self, x):
        batch = x.size(0)
        q, k, v = self.cut(self.ask(x), batch), self.cut(self.key(x), batch), self.cut(self.worth(x), batch)
        out = torch.bmm(torch.softmax(torch.bmm(q, k.transpose(1, 2)), -1), v)
        return out.view(self.heads, batch, -1, self.each).transpose(0, 1)  # <--
`,
    `
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, heads=8, width=16):
        super().__init__()
        self.heads, self.width = heads, width
        self.query = nn.Linear(128, heads * width)

    def forward(self, x):
        B, T, C = x.shape
        return self.query(x).view(B, self.heads, T, self.width)  # <--
`,
    `
import torch
import torch.nn as nn

class Attention(nn.Module):
    def forward(self, queries, keys):
        B, L, H, D = queries.shape
        queries = queries.view(B, H, L, -1)  # <--
        return queries @ keys.transpose(-2, -1)
`,
    `
import cv2
import torch
picture = cv2.resize(cv2.imread("cat.png"), (224, 224))
x = torch.from_numpy(picture.reshape(3, 224, 224)).float()  # <--
`,
    `
import numpy as np
import torch
from PIL import Image
picture = np.array(Image.open("cat.png").convert("RGB").resize((64, 64)))
x = torch.from_numpy(picture).float().view(1, 3, 64, 64)  # <--
`,
    `
import torch
import torch.nn as nn
states, _ = nn.LSTM(8, 16)(torch.randn(20, 4, 8))
scores = nn.Linear(16, 1)(states.reshape(-1, 16))
weights = scores.view(4, 20).softmax(1)  # <--
`,
    `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms
images = datasets.MNIST("data", train=True, transform=transforms.ToTensor())
rnn = nn.LSTM(28, 64)
for x, y in DataLoader(images, batch_size=100, shuffle=True):
    states, _ = rnn(x.reshape(28, -1, 28))  # <--
`,
    `
import torch
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.each = heads, width // heads
        self.parts = nn.Linear(width, 3 * width)

    def forward(self, x):
        b, t, c = x.size()
        parts = self.parts(x).reshape(b, t, self.heads, 3 * self.each).permute(0, 2, 1, 3)
        q, k, v = parts.chunk(3, dim=-1)
        out = torch.softmax(q @ k.transpose(-2, -1) / self.each ** 0.5, dim=-1) @ v
        return out.reshape(b, t, c)  # <--
`,
    `
import torch

def gathered(x, attend):
    rows, places = x.shape[0], x.shape[1]
    heads = torch.zeros(4, rows, places, 16)
    for at in range(4):
        heads[at] = attend(x)
    return heads.view(rows, places, -1)  # <--
`,
    `
import torch
x = torch.nn.Conv2d(2, 8, 3, padding=1)(torch.randn(4, 2, 30, 20))
height = x.size(2)
x = x.view(x.size(0), -1, height, 1)  # <--
`,
  ],
  right: [
    MAPS_MOVED,
    `
import torch
def relative(scores):
    batch, heads, queries, keys = scores.shape
    scores = scores.reshape(batch, heads, keys, queries)
    scores = scores[:, :, 1:, :]
    return scores.reshape(batch, heads, queries, keys - 1)

print(relative(torch.randn(2, 4, 5, 10)))
`,
    `
import torch
import torch.nn as nn
from somewhere import backbone

class Regions(nn.Module):
    def forward(self, images):
        maps = backbone(images)
        batch, channels, height, width = maps.shape
        grouped = maps.view(batch, 4, channels // 4, height, width).view(batch * 4, channels // 4, height, width)
        flat = maps.view(batch, channels, width * height)
        rows = maps.permute(0, 2, 3, 1).reshape(batch, height * width, channels)
        return grouped, flat, rows, maps.view(batch, channels, -1), maps.view(batch * channels, height, width)
`,
    `
import torch
x = torch.randn(8, 4, 10)
y = x.permute(0, 2, 1)
z = torch.arange(12).view(3, 4)
w = torch.randn(8, 1, 10).view(8, 10, 1)
`,
    `
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, heads=8, width=16):
        super().__init__()
        self.heads, self.width = heads, width
        self.query = nn.Linear(128, heads * width)

    def forward(self, x):
        B, T, C = x.shape
        return self.query(x).view(B, T, self.heads, self.width).transpose(1, 2)
`,
    `
import torch
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.each = heads, width // heads
        self.ask, self.key, self.worth = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)

    def cut(self, x, batch):
        x = x.view(batch, -1, self.heads, self.each).permute(2, 0, 1, 3)
        return x.contiguous().view(self.heads * batch, -1, self.each)

    def forward(self, x):
        batch = x.size(0)
        q, k, v = self.cut(self.ask(x), batch), self.cut(self.key(x), batch), self.cut(self.worth(x), batch)
        out = torch.bmm(torch.softmax(torch.bmm(q, k.transpose(1, 2)), -1), v)
        out = out.view(self.heads, batch, -1, self.each).permute(1, 2, 0, 3)
        B, L, H, D = out.shape
        return out.reshape(B, L, H * D)
`,
    `
import torch
import torch.nn as nn
states, _ = nn.LSTM(8, 16)(torch.randn(20, 4, 8))
scores = nn.Linear(16, 1)(states.reshape(-1, 16))
weights = scores.view(20, 4).softmax(0)
`,
    `
import torch
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.each = heads, width // heads
        self.parts = nn.Linear(width, 3 * width)

    def forward(self, x):
        b, t, c = x.size()
        parts = self.parts(x).reshape(b, t, self.heads, 3 * self.each).permute(0, 2, 1, 3)
        q, k, v = parts.chunk(3, dim=-1)
        out = torch.softmax(q @ k.transpose(-2, -1) / self.each ** 0.5, dim=-1) @ v
        return out.permute(0, 2, 1, 3).reshape(b, t, c)
`,
  ],
  *run(program) {
    // By its end, as views in a row begin at the same place.
    const calls = new Map<number, number | 'seen'>();
    for (const { name, owner, args, result, moment } of callsNamed(program, 'view', 'reshape')) {
      const [input] = args.positional;
      const at = moment.span;
      if (at === undefined || !isValue(input) || !isValue(result)) continue;
      const before = calls.get(at.end) ?? 0;
      if (before === 'seen') continue;
      const sizes = spreadOut(args.positional.slice(1));
      const written = input.shape === undefined ? [] : writtenSizes(program, at);
      const reshape = { name, owner, input, result, sizes, written, before };
      const found = firstOf(reshape);
      const misread = found !== undefined && shiftsRows(program, at) ? undefined : found;
      calls.set(at.end, misread === undefined ? before + 1 : 'seen');
      if (misread === undefined) continue;
      const { message, because } = misread;
      yield { at, message, evidence: because === undefined ? [] : [places([because[0], because[1].span])] };
    }
  },
};

function firstOf(reshape: Reshape): Misread | undefined {
  for (const way of WAYS) {
    const misread = way(reshape);
    if (misread !== undefined) return misread;
  }
  return undefined;
}
