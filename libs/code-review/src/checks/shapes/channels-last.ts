import { isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { spreadOut } from '../../ask/makings.js';
import { nativeCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';

const PICTURES = (pictures: string): string =>
  `
import numpy as np
import torch
import torch.nn as nn
pictures = np.load('pictures.npy').astype('float32') / 255
pictures = pictures.reshape(-1, 32, 32, 3)
net = nn.Sequential(nn.Conv2d(3, 16, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 5))
`.concat(pictures);

/** What leaves the order of dimensions as it is. */
const KEEPS =
  /^(tensor|as_tensor|from_numpy|FloatTensor|Tensor|Variable|float|to|type|cuda|div|mul|sub|astype|contiguous)$/;

export const channelsLast: Check = {
  id: 'channels-last',
  title: 'Pictures laid out with their channels last',
  severity: 'error',
  why: 'A convolution of PyTorch takes (examples, channels, height, width): rows are taken for channels, and their number does not fit.',
  instead: 'Turn them: x.permute(0, 3, 1, 2).',
  needs: 'A convolution given what was reshaped to four sizes written as numbers, its channels the last.',
  wrong: [PICTURES('scores = net(torch.tensor(pictures))  # <--\n')],
  right: [
    PICTURES('scores = net(torch.tensor(pictures).permute(0, 3, 1, 2))\n'),
    PICTURES('scores = net(torch.tensor(pictures.transpose(0, 3, 1, 2)))\n'),
  ],
  *run(program) {
    if (!/reshape\(|view\(/.test(program.source) || !/Conv2d/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { module, args, moment } of nativeCalls(program, 'Conv2d')) {
      const [given] = args.positional;
      const channels = module.sizes['in_channels'];
      const at = moment.span;
      if (typeof channels !== 'number' || at === undefined) continue;
      if (!isValue(given) || given.shape !== undefined || seen.has(at.start)) continue;
      const laid = laidOut(given);
      if (laid === undefined || laid.sizes[3] !== channels || laid.sizes[1] === channels) continue;
      seen.add(at.start);
      yield {
        at,
        message: `The convolution takes ${channels} channels in dimension 1, and these pictures have them last.`,
        evidence: [places(['they are laid out here', laid.at])],
      };
    }
  },
};

/** The four sizes that something was last laid out with, all but the first written as numbers. */
function laidOut(
  value: Value,
): { readonly sizes: readonly number[]; readonly at: Value['span'] } | undefined {
  let current: Value | undefined = value;
  for (let depth = 0; current !== undefined && depth < 12; depth++) {
    const { made }: Value = current;
    if (made.kind === 'operation' && /^(reshape|view)$/.test(made.name)) {
      const sizes = spreadOut(made.args.positional.slice(1));
      const numbers = sizes.slice(1).map((size) => (typeof size === 'bigint' ? Number(size) : Number.NaN));
      return sizes.length === 4 && numbers.every((size) => size > 0)
        ? { sizes: [-1, ...numbers], at: current.span }
        : undefined;
    }
    if (!KEEPS.test(makerOf(current))) return undefined;
    current = current.inputs[0];
  }
  return undefined;
}
