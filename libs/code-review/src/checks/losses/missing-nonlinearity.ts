import type { Check } from '../../check.js';
import { behind, linearMaker } from '../../ask/ancestry.js';
import { eachMaking } from '../../ask/makings.js';
import { places, spanOfMaking } from '../../ask/places.js';
import type { ProgramModule } from '@tensormark/frameworks';

/** Both on one module, so that neither ends a part (an encoder's code) that another part begins with. */
function areSiblings(one: ProgramModule, other: ProgramModule): boolean {
  return one !== other && one.parents.some((parent) => other.parents.includes(parent));
}

export const missingNonlinearity: Check = {
  id: 'missing-nonlinearity',
  title: 'Two linear layers with nothing between',
  severity: 'warning',
  why: 'Two linear layers one after the other are one linear layer: the second adds parameters and no power.',
  instead: 'Put an activation such as ReLU between them, or leave one out.',
  needs:
    'Two linear layers of the same module, the second straight on the first (reshaping and dropout aside), the width between them no bottleneck.',
  wrong: [
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
  ],
  right: [
    `
import torch
import torch.nn as nn
low_rank = nn.Sequential(nn.Linear(256, 8), nn.Linear(8, 256))
low_rank(torch.randn(8, 256))
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
    const seen = new Set<ProgramModule>();
    for (const value of eachMaking(program)) {
      const second = linearMaker(value);
      const [input] = value.inputs;
      const first = input && linearMaker(behind(input));
      if (first === undefined || second === undefined || seen.has(second)) continue;
      if (first.layer?.type !== 'Linear' || second.layer?.type !== 'Linear') continue;
      const [entering, between, leaving] = [
        first.layer.config['in_features'],
        first.layer.config['out_features'],
        second.layer.config['out_features'],
      ];
      if (typeof entering !== 'number' || typeof between !== 'number' || typeof leaving !== 'number')
        continue;
      const isBottleneck = between < entering && between < leaving;
      const at = spanOfMaking(value);
      if (isBottleneck || at === undefined || !areSiblings(first, second)) continue;
      seen.add(second);
      yield {
        at,
        message: `A linear layer (${entering} to ${between}) is followed by another (${between} to ${leaving}) with no activation between them.`,
        evidence: [places(['the first layer', first.span], ['the second layer', second.span])],
      };
    }
  },
};
