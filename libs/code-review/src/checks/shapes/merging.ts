import { madeBy } from '@tensormark/frameworks';
import type { ErrorRaised, Value } from '@tensormark/frameworks';
import { isValue } from '@tensormark/frameworks';
import { errorCheck } from '../../ask/error-check.js';
import { inWords } from '../../ask/errors.js';
import { places } from '../../ask/places.js';
import type { Evidence } from '../../finding.js';

function valuesOf({ args }: ErrorRaised): Value[] {
  return (args?.positional ?? []).flatMap((datum) =>
    Array.isArray(datum) ? datum.filter(isValue) : isValue(datum) ? [datum] : [],
  );
}

function shapesOf(values: readonly Value[]): Evidence[] {
  const shapes = values.flatMap(({ shape, ...value }, at) =>
    shape === undefined ? [] : [{ what: `the ${ORDINALS[at] ?? 'next'} is`, shape, value }],
  );
  return shapes.length === 0
    ? []
    : [{ kind: 'shapes', shapes: shapes.map(({ what, shape }) => ({ what, shape })) }];
}

const ORDINALS = ['first', 'second', 'third', 'fourth'];

export const catMismatch = errorCheck(
  {
    id: 'cat-mismatch',
    title: 'Tensors that do not fit together are joined',
    why: 'cat wants all sizes but one to be the same, stack all of them; others raise an error.',
    instead:
      'Bring the tensors to the same sizes first (padding, cropping, another stride), or join along another dimension.',
    needs: 'cat or stack on tensors of known shapes.',
    onSupposed: true,
    wrong: [
      `
import torch
import torch.nn as nn

class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 8, 3, padding=1)
        self.b = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return torch.cat([self.a(x), self.b(x)], dim=1)  # <--

Block()(torch.randn(2, 3, 16, 16))
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
a, b = nn.Conv2d(3, 8, 3, padding=1), nn.Conv2d(3, 4, 1)
x = torch.randn(2, 3, 16, 16)
torch.cat([a(x), b(x)], dim=1)
`,
    ],
  },
  (error) => {
    const at = error.moment.span;
    const isJoin =
      /^Sizes of tensors must match except in dimension|^stack expects each tensor|^Tensors must have same number of dimensions/.test(
        error.message,
      );
    if (!isJoin || at === undefined) return undefined;
    return {
      at,
      message: 'The tensors that are joined here have other sizes.',
      evidence: [...shapesOf(valuesOf(error)), inWords(error)],
    };
  },
);

export const residualMismatch = errorCheck(
  {
    id: 'residual-mismatch',
    title: 'A sum of tensors of other shapes',
    why: 'Elementwise operations want the same sizes, or 1 where they are stretched; others raise an error.',
    instead:
      'Give the shortcut a projection (a 1×1 convolution with the same stride) where channels or sizes change.',
    needs: 'An elementwise operation on two tensors of known shapes.',
    onSupposed: true,
    wrong: [
      `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(8, 16, 3, stride=2, padding=1)
        self.conv2 = nn.Conv2d(16, 16, 3, padding=1)

    def forward(self, x):
        y = self.conv2(F.relu(self.conv1(x)))
        return F.relu(y + x)  # <--

Block()(torch.randn(2, 8, 16, 16))
`,
    ],
    right: [
      `
import torch
import torch.nn as nn
conv = nn.Conv2d(8, 16, 3, stride=2, padding=1)
shortcut = nn.Conv2d(8, 16, 1, stride=2)
x = torch.randn(2, 8, 16, 16)
y = conv(x) + shortcut(x)
`,
    ],
  },
  (error) => {
    const at = error.moment.span;
    if (
      !/^The size of tensor a \(\d+\) must match the size of tensor b/.test(error.message) ||
      at === undefined
    )
      return undefined;
    const values = valuesOf(error);
    return {
      at,
      message: 'The tensors that are put together elementwise here have other shapes.',
      evidence: [
        ...shapesOf(values),
        places(
          ...values.map(
            (value) => [`${madeBy(value) || 'one of them'} comes from here`, value.span] as const,
          ),
        ),
        inWords(error),
      ],
    };
  },
);
