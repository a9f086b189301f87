import { argument } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';

const NAMES = new Set([
  'dropout',
  'dropout1d',
  'dropout2d',
  'dropout3d',
  'alpha_dropout',
  'feature_alpha_dropout',
]);

export const functionalDropout: Check = {
  id: 'functional-dropout',
  title: 'F.dropout without training=self.training',
  severity: 'warning',
  why: 'F.dropout drops by default whatever mode the network is in, so eval() does not switch it off.',
  instead: 'Hand it training=self.training, or use nn.Dropout.',
  needs: 'A call of F.dropout in forward with no argument for training.',
  wrong: [
    `
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = nn.Linear(64, 3)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.dropout(x, 0.5)  # <--
        return self.fc2(x)
`,
  ],
  right: [
    `
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = nn.Linear(64, 3)

    def forward(self, x):
        x = F.dropout(F.relu(self.fc1(x)), 0.5, self.training)
        return self.fc2(F.dropout(x, p=0.2, training=self.training))
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { name, owner, args, moment } of eventsOf(program, 'call')) {
      const { span: at, activation } = moment;
      if (owner !== '' || !NAMES.has(name) || at === undefined || seen.has(at.start)) continue;
      if (argument(args, 'training', 2) !== undefined || argument(args, 'train') !== undefined) continue;
      if (activation?.name !== 'forward' || argument(args, 'p', 1) === 0 || moment.arm !== undefined)
        continue;
      // A test of the mode around it says the same.
      if (/\*|\bself\.training\b/.test(at.text)) continue;
      seen.add(at.start);
      yield { at, message: `F.${name} drops values here in evaluation too.`, evidence: [] };
    }
  },
};
