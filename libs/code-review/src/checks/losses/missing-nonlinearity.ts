import type { Check } from '../../check.js';
import { behind, linearMaker, makerOf } from '../../ask/ancestry.js';
import { layerMakings } from '../../ask/makings.js';
import { places, spanOfMaking } from '../../ask/places.js';
import { listedLinearInARow } from './listed-linear.js';
import { ownProductsInARow } from './own-products.js';
import type { ProgramModule, Value } from '@tensormark/frameworks';

/** What a layer makes of how many channels or features, as far as it may be merged with its neighbour. */
interface Map {
  readonly what: string;
  readonly from: number;
  readonly to: number;
  /** How many places of its input one output is made of. */
  readonly window: number;
}

/**
 * A linear layer, or a convolution over all channels with a window in all directions: 1 by 1 and 1 by 7 are parts of one
 * that was taken apart on purpose, and so is one by groups.
 */
function mapOf({ layer }: ProgramModule): Map | undefined {
  const { type = '', config = {} } = layer ?? {};
  const sizes = (from: string, to: string, window = 1): Map | undefined => {
    const [entering, leaving] = [config[from], config[to]];
    return typeof entering === 'number' && typeof leaving === 'number'
      ? { what: type === 'Linear' ? 'linear layer' : 'convolution', from: entering, to: leaving, window }
      : undefined;
  };
  if (type === 'Linear') return sizes('in_features', 'out_features');
  if (!/^Conv[123]d$/.test(type) || config['groups'] !== 1) return undefined;
  const kernel = config['kernel_size'];
  const window = Array.isArray(kernel) ? kernel.filter((size) => typeof size === 'number' && size > 1) : [];
  const isWindow = Array.isArray(kernel) && window.length === kernel.length;
  return isWindow
    ? sizes(
        'in_channels',
        'out_channels',
        window.reduce((product, size) => product * size, 1),
      )
    : undefined;
}

/** The value behind shape changes and dropout, and behind normalisation, which is linear too once it is learnt. */
function behindNorms(value: Value): Value {
  const before = behind(value);
  const [input] = before.inputs;
  return input !== undefined && /^BatchNorm[123]d$/.test(makerOf(before)) ? behind(input) : before;
}

/** Both on one module, so that neither ends a part (an encoder's code) that another part begins with. */
function areSiblings(one: ProgramModule, other: ProgramModule): boolean {
  return one !== other && one.parents.some((parent) => other.parents.includes(parent));
}

const OWN = (forward: string): string => `
import torch
import torch.nn as nn

class OverNeighbours(nn.Module):
    def __init__(self, entering, leaving):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(entering, leaving))
        self.bias = nn.Parameter(torch.zeros(leaving))

    def forward(self, x, a):
        return a @ (x @ self.weight) + self.bias

class Graph(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.last = OverNeighbours(10, 16), OverNeighbours(16, 3)

    def forward(self, x, a):
${forward}

Graph()(torch.randn(30, 10), torch.eye(30))
`;

const LISTED = (bent: string): string => `
import torch
import torch.nn as nn

class Solver(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        sizes = [2] + [width] * (depth - 1) + [1]
        self.layers = nn.ModuleList([nn.Linear(sizes[at], sizes[at + 1]) for at in range(depth)])

    def forward(self, z):
        for at in range(len(self.layers) - 1):
            u = self.layers[at](z)
            z = ${bent === '' ? 'u' : `${bent}(u)`}
        return self.layers[-1](z)
`;

export const missingNonlinearity: Check = {
  id: 'missing-nonlinearity',
  title: 'Two linear layers with nothing between',
  severity: 'warning',
  why: 'Two linear layers one after the other are one linear layer: the second adds parameters and no power.',
  instead: 'Put an activation such as ReLU between them, or leave one out.',
  needs:
    'Two linear layers or convolutions of the same module, the second straight on the first (reshaping, dropout and batch normalisation aside), the width between them no bottleneck.',
  onSupposed: true,
  wrong: [
    LISTED('').replace('(z)', '(z)  # <--'),
    OWN(`        x = self.first(x, a)
        return self.last(x, a)`).replace(
      '(x @ self.weight) + self.bias',
      '(x @ self.weight) + self.bias  # <--',
    ),
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = nn.Linear(64, 3)

    def forward(self, x):
        x = self.fc1(x)
        return self.fc2(x)  # <--

Net()(torch.randn(8, 20))
`,
    `
import torch
import torch.nn as nn
net = nn.Sequential(
    nn.Conv2d(3, 16, 3),
    nn.BatchNorm2d(16),
    nn.Conv2d(16, 32, 3),  # <--
    nn.ReLU(),
)
net(torch.randn(8, 3, 32, 32))
`,
  ],
  right: [
    LISTED('torch.tanh'),
    OWN(`        x = torch.relu(self.first(x, a))
        return self.last(x, a)`),
    `
import torch
import torch.nn as nn
separable = nn.Sequential(
    nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(),
    nn.Conv2d(16, 16, 3, padding=1, groups=16), nn.Conv2d(16, 32, 1), nn.ReLU(),
    nn.Conv2d(32, 32, (1, 7)), nn.Conv2d(32, 32, (7, 1)), nn.ReLU(),
    nn.Conv2d(32, 4, 3), nn.Conv2d(4, 32, 3), nn.ReLU(),
)
separable(torch.randn(8, 3, 32, 32))
`,
    `
import torch
import torch.nn as nn
low_rank = nn.Sequential(nn.Linear(256, 8), nn.Linear(8, 256))
low_rank(torch.randn(8, 256))
`,
    `
import torch
import torch.nn as nn
class Placed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.dense = nn.Conv1d(2, 32, 31, padding=15), nn.Linear(32, 128)
    def forward(self, weights):
        return self.dense(self.conv(weights).transpose(1, 2))
Placed()(torch.randn(8, 2, 50))
`,
    `
import torch
import torch.nn as nn
class Auto(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(20, 8), nn.ReLU(), nn.Linear(8, 4))
        self.decoder = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 20))
    def forward(self, x):
        return self.decoder(self.encoder(x))
Auto()(torch.randn(8, 20))
`,
  ],
  *run(program) {
    yield* ownProductsInARow(program);
    yield* listedLinearInARow(program);
    const seen = new Set<ProgramModule>();
    for (const value of layerMakings(program)) {
      const second = linearMaker(value);
      const [input] = value.inputs;
      const first = input && linearMaker(behindNorms(input));
      if (first === undefined || second === undefined || seen.has(second)) continue;
      const [one, other] = [mapOf(first), mapOf(second)];
      if (one === undefined || other === undefined) continue;
      // A linear layer that is given the channels of each place alone: so few of them join less than the window held.
      const isByPlace = one.window > 1 && other.what === 'linear layer' && other.from === one.to;
      const isBottleneck = one.to < one.from * (isByPlace ? one.window : 1) && one.to < other.to;
      const at = spanOfMaking(value);
      if (isBottleneck || at === undefined || !areSiblings(first, second)) continue;
      seen.add(second);
      yield {
        at,
        message: `A ${one.what} (${one.from} to ${one.to}) is followed by ${one.what === other.what ? 'another' : `a ${other.what}`} (${other.from} to ${other.to}) with no activation between them.`,
        evidence: [places(['the first layer', first.span], ['the second layer', second.span])],
      };
    }
  },
};
