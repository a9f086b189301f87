import { isValue } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { behind, linearMaker } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { places, spanOfMaking } from '../../ask/places.js';

const ACTOR = (scale: string): string => `
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.distributions import Normal

class Actor(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.middle, self.spread = nn.Linear(3, 64), nn.Linear(64, 1), nn.Linear(64, 1)

    def forward(self, state):
        hidden = torch.relu(self.body(state))
        return Normal(self.middle(hidden), ${scale})  # <--
`;

export const scaleSign: Check = {
  id: 'scale-sign',
  title: 'A spread that may be negative',
  severity: 'warning',
  why: 'A linear layer gives numbers of both signs, and a deviation has to be above 0: PyTorch refuses others, or all that follows is NaN.',
  instead: 'Make it positive: F.softplus(x) + 1e-5, or exp of what the layer gives.',
  needs: 'A normal distribution whose deviation is straight what a linear layer gives.',
  wrong: [ACTOR('self.spread(hidden)')],
  right: [
    ACTOR('F.softplus(self.spread(hidden)) + 1e-5').replace('  # <--', ''),
    ACTOR('self.spread(hidden).exp()').replace('  # <--', ''),
    ACTOR('self.spread(hidden).abs()').replace('  # <--', ''),
  ],
  *run(program) {
    if (!/\b(Normal|LogNormal)\(/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { name, args, moment, result } of eventsOf(program, 'call')) {
      const at = moment.span;
      if (name !== '__new__' || at?.source.file !== program.file || seen.has(at.start)) continue;
      const scale = args.named.get('scale') ?? args.positional[2];
      if (!isNormal(result) || !isValue(scale)) continue;
      const given = behind(scale);
      if (linearMaker(given) === undefined) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The deviation is what a linear layer gives, which may be below 0.',
        evidence: [places(['the layer', spanOfMaking(given)])],
      };
    }
  },
};

function isNormal(datum: Datum | undefined): boolean {
  return (
    typeof datum === 'object' &&
    datum !== null &&
    'kind' in datum &&
    datum.kind === 'other' &&
    /^(Log)?Normal$/.test(datum.type)
  );
}
