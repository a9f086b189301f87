import { isValue } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { activationOf, behind, behindJoins, linearMaker } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { outermostCalls } from '../../ask/module-calls.js';
import { places, spanOfMaking } from '../../ask/places.js';

/** What a network gives as probabilities of scores that have been through relu, or is made such of what it gives. */
function* cutBeforeClasses(program: Program): Generator<Found> {
  const seen = new Set<number>();
  const outermost = outermostCalls(program).filter(({ module }) => !/atten|gat|rout|mask/i.test(module.type));
  const given = new Set(outermost.map(({ result }) => result).filter(isValue));
  const after = callsNamed(program, 'sigmoid', 'softmax', 'log_softmax')
    .map(({ result }) => result)
    .filter(isValue)
    .filter(({ inputs: [scores] }) => scores !== undefined && given.has(scores));
  for (const probabilities of [...given, ...after]) {
    const [scores] = /^((log_)?softmax|sigmoid)$/.test(activationOf(probabilities) ?? '')
      ? probabilities.inputs
      : [];
    const [inner] = scores?.inputs ?? [];
    if (scores === undefined || inner === undefined || activationOf(scores) !== 'relu') continue;
    const layer = linearMaker(behind(inner));
    const at = spanOfMaking(scores);
    if (layer === undefined || !layer.types.includes('Linear') || at === undefined || seen.has(at.start))
      continue;
    seen.add(at.start);
    yield {
      at,
      message:
        'The scores have been through relu before they are made probabilities: none can be below zero.',
      evidence: [places(['the layer that gives the scores', layer.span])],
    };
  }
}

export const reluOnOutput: Check = {
  id: 'relu-on-output',
  title: 'ReLU on the scores',
  severity: 'warning',
  why: 'Scores below zero are cut off: a class that is unlikely can only be 0, and where it is its gradient is gone.',
  instead: 'Hand the last layer’s output to the loss as it is.',
  needs: 'A cross entropy whose input is relu straight after a linear layer.',
  onSupposed: true,
  wrong: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = nn.Linear(64, 3)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))  # <--
        return x

loss = nn.CrossEntropyLoss()(Net()(torch.randn(8, 20)), torch.randint(0, 3, (8,)))
`,
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Policy(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(4, 64), nn.Linear(64, 2)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        return F.log_softmax(F.relu(self.fc2(x)), dim=-1)  # <--
`,
    `
import torch
import torch.nn as nn

class Joined(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner, self.last = nn.Linear(32, 8), nn.Linear(8, 1)

    def forward(self, one, other):
        x = torch.relu(self.inner(torch.cat([one, other], dim=1)))
        return torch.relu(self.last(x))  # <--

probability = torch.sigmoid(model(one, other))
loss = criterion(probability, wanted)
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.score = nn.Linear(4, 1)

    def forward(self, x):
        return F.softmax(F.relu(self.score(x)), dim=1)
`,
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
loss = nn.CrossEntropyLoss()(net(torch.randn(8, 20)), torch.randint(0, 3, (8,)))
`,
  ],
  *run(program) {
    yield* cutBeforeClasses(program);
    for (const loss of lossesNamed(
      program,
      'cross_entropy',
      'binary_cross_entropy_with_logits',
      'nll_loss',
      'mse_loss',
      'l1_loss',
      'smooth_l1_loss',
    )) {
      const given = loss.input && behindJoins(loss.input);
      const isLogged = given !== undefined && activationOf(given) === 'log_softmax';
      const scores = isLogged ? given.inputs[0] : given;
      if (loss.name === 'nll_loss' && !isLogged) continue;
      const output = scores && behindJoins(scores);
      const [inner] = output?.inputs ?? [];
      if (output === undefined || inner === undefined || activationOf(output) !== 'relu') continue;
      const layer = linearMaker(behind(inner));
      if (layer === undefined || !layer.types.includes('Linear')) continue;
      const at = spanOfMaking(output);
      if (at === undefined) continue;
      yield {
        at,
        ...(/mse|l1/.test(loss.name) && { severity: 'design' as const }),
        message: `What ${titleOf(loss)} is given has been through relu: nothing below zero can come of it.`,
        evidence: [places(['the layer that gives the scores', layer.span], ['the loss', loss.moment.span])],
      };
    }
  },
};
