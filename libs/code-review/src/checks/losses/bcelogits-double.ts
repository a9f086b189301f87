import type { Check } from '../../check.js';
import { activationOf, behindJoins } from '../../ask/ancestry.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { places, spanOfMaking } from '../../ask/places.js';

export const bcelogitsDouble: Check = {
  id: 'bcelogits-double',
  title: 'Sigmoid before BCEWithLogitsLoss',
  severity: 'warning',
  why: 'BCEWithLogitsLoss applies sigmoid itself: applied twice, probabilities stay between 0.5 and 0.73 and the network cannot learn to say no.',
  instead: 'Hand the raw scores to BCEWithLogitsLoss, and apply sigmoid only where probabilities are wanted.',
  needs: 'A binary cross entropy with logits whose input is the output of sigmoid or softmax.',
  onSupposed: true,
  wrong: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 32)
        self.fc2 = nn.Linear(32, 1)

    def forward(self, x):
        return torch.sigmoid(self.fc2(F.relu(self.fc1(x))))  # <--

loss = nn.BCEWithLogitsLoss()(Net()(torch.randn(8, 20)), torch.ones(8, 1))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 1))
logits = net(torch.randn(8, 20))
loss = nn.BCEWithLogitsLoss()(logits, torch.ones(8, 1))
correct = (torch.sigmoid(logits) > 0.5).float().mean()
`,
  ],
  *run(program) {
    for (const loss of lossesNamed(program, 'binary_cross_entropy_with_logits')) {
      const input = loss.input && behindJoins(loss.input);
      const activation = input && activationOf(input);
      if (input === undefined || (activation !== 'sigmoid' && activation !== 'softmax')) continue;
      const at = spanOfMaking(input) ?? loss.moment.span;
      if (at === undefined) continue;
      yield {
        at,
        message: `What ${titleOf(loss)} is given has been through ${activation} already.`,
        evidence: [places([`${titleOf(loss)} takes it here`, loss.moment.span])],
      };
    }
  },
};
