import type { Check } from '../../check.js';
import { activationOf, behindJoins } from '../../ask/ancestry.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { places, spanOfMaking } from '../../ask/places.js';

export const logsoftmaxCe: Check = {
  id: 'logsoftmax-ce',
  title: 'Log-softmax before cross entropy',
  severity: 'remark',
  why: 'Log-softmax of log-softmax is log-softmax again: nothing changes but the work.',
  instead: 'Leave out the log-softmax, or use NLLLoss with it.',
  needs: 'A cross entropy whose input is the output of a log-softmax.',
  onSupposed: true,
  wrong: [
    `
import torch
import torch.nn.functional as F
from torch import nn
layer = nn.Linear(20, 3)
scores = F.log_softmax(layer(torch.randn(8, 20)), dim=1)  # <--
loss = F.cross_entropy(scores, torch.randint(0, 3, (8,)))
`,
  ],
  right: [
    `
import torch
import torch.nn.functional as F
from torch import nn
layer = nn.Linear(20, 3)
scores = F.log_softmax(layer(torch.randn(8, 20)), dim=1)
loss = F.nll_loss(scores, torch.randint(0, 3, (8,)))
`,
  ],
  *run(program) {
    for (const loss of lossesNamed(program, 'cross_entropy')) {
      const input = loss.input && behindJoins(loss.input);
      if (input === undefined || activationOf(input) !== 'log_softmax') continue;
      const at = spanOfMaking(input) ?? loss.moment.span;
      if (at === undefined) continue;
      yield {
        at,
        message: `What ${titleOf(loss)} is given has been through log-softmax, which it applies itself.`,
        evidence: [places([`${titleOf(loss)} takes it here`, loss.moment.span])],
      };
    }
  },
};
