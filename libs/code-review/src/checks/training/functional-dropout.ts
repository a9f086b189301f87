import { argument } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { nativeCalls } from '../../ask/module-calls.js';
import { functionsAround } from '../../ask/tree.js';

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
  instead: 'Hand it training=self.training, or make an nn.Dropout in __init__ and call that.',
  needs:
    'A call of F.dropout in forward with no argument for training, or of an nn.Dropout that is made in forward.',
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
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = nn.Linear(64, 3)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = nn.Dropout(0.5)(x)  # <--
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
    `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(64, 3)

    def forward(self, x):
        dropout = nn.Dropout(0.5).train(self.training)
        if self.training:
            x = nn.Dropout(0.1)(x)
        return self.fc(dropout(x))
`,
  ],
  *run(program) {
    yield* madeInForward(program);
    const seen = new Set<number>();
    for (const { name, owner, args, moment } of callsNamed(program, ...NAMES)) {
      const { span: at, activation } = moment;
      if (owner !== '' || at === undefined || seen.has(at.start)) continue;
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

const DROPOUTS = ['Dropout', 'Dropout1d', 'Dropout2d', 'Dropout3d', 'AlphaDropout', 'FeatureAlphaDropout'];

/** A dropout layer that forward makes: `eval()` reaches only what is registered, so it is always in training mode. */
function* madeInForward(program: Program): Generator<Found> {
  const seen = new Set<number>();
  for (const { module, moment } of nativeCalls(program, ...DROPOUTS)) {
    const { span: at } = module;
    if (at === undefined || seen.has(at.start)) continue;
    if (at.source.file !== program.file || module.parents.length > 0) continue;
    const around = functionsAround(program, at).at(-1);
    if (around?.name !== 'forward' || around.parameters[0]?.name !== 'self') continue;
    // Its mode may be set, or asked about before it is made.
    if (moment.arm !== undefined || module.layer?.config['p'] === 0) continue;
    if (/\bself\.training\b/.test(around.span.text)) continue;
    seen.add(at.start);
    yield {
      at,
      message: `This ${module.type} is made anew in every call of forward, so eval() never reaches it: it drops values in evaluation too.`,
      evidence: [],
    };
  }
}
