import { areChannelsBehind } from './rows-swapped.js';
import type { Misread, Reshape } from './reshape.js';

/** Maps whose channels are named last, or cut into, without being moved. */
export const MAPS_CUT: readonly string[] = [
  `
import torch.nn as nn
from somewhere import backbone

class Places(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d((7, 7))

    def forward(self, images):
        maps = self.pool(backbone(images))
        return maps.reshape(maps.size(0), -1, maps.size(1))  # <--
`,
  `
import torch.nn as nn
from somewhere import backbone

class Anchors(nn.Module):
    def __init__(self):
        super().__init__()
        self.scores = nn.Conv2d(512, 18, 1)

    def forward(self, images):
        return self.scores(backbone(images)).view(-1, 2)  # <--
`,
];

export const MAPS_MOVED = `
import torch.nn as nn
from somewhere import backbone

class Anchors(nn.Module):
    def __init__(self):
        super().__init__()
        self.scores, self.pool = nn.Conv2d(512, 18, 1), nn.AdaptiveAvgPool2d((7, 7))

    def forward(self, images):
        maps = self.pool(backbone(images))
        rows = self.scores(maps).permute(0, 2, 3, 1).reshape(-1, 2)
        return rows, maps.reshape(maps.size(0), -1, 49), maps.flatten(2).permute(0, 2, 1)
`;

export function channelsPutLast({ name, input, sizes }: Reshape): Misread | undefined {
  if (input.shape !== undefined || !areChannelsBehind(input, sizes)) return undefined;
  return {
    message: `${name} names the channels last, and the elements keep their order: each row gets pieces of several channels.`,
    because: ['the maps', input],
  };
}

/** A convolution's maps cut to rows of a part of its channels, which do not lie side by side: `scores.view(-1, 2)`. */
export function channelsCut({ name, input, sizes }: Reshape): Misread | undefined {
  const { made } = input;
  const [rows, width, ...more] = sizes;
  if (made.kind !== 'layer' || made.name !== 'Conv2d' || rows !== -1n || more.length > 0) return undefined;
  const channels = made.module.layer?.config['out_channels'];
  if (typeof channels !== 'number' || typeof width !== 'bigint' || input.shape !== undefined)
    return undefined;
  const each = Number(width);
  if (each < 2 || each >= channels || channels % each !== 0) return undefined;
  return {
    message: `${name} makes rows of ${each} of a map of ${channels} channels: the ${each} that come to stand together are neighbours in one channel.`,
    because: ['the maps', input],
  };
}
