import type { Check } from '../../check.js';
import { activationOf, behindJoins, dimOf } from '../../ask/ancestry.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { places, spanOfMaking } from '../../ask/places.js';

export const softmaxDim: Check = {
  id: 'softmax-dim',
  title: 'Softmax over the batch',
  severity: 'warning',
  why: 'Softmax over the first dimension makes the rows of a batch compete with each other instead of the classes of one row.',
  instead: 'Go over the classes: dim=1, or dim=-1 where they come last.',
  needs: 'A loss over classes whose input is a (log-)softmax over dimension 0 of something with a batch.',
  wrong: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F
layer = nn.Linear(20, 3)
scores = F.log_softmax(layer(torch.randn(8, 20)), dim=0)  # <--
loss = F.nll_loss(scores, torch.randint(0, 3, (8,)))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F
layer = nn.Linear(20, 3)
scores = F.log_softmax(layer(torch.randn(8, 20)), dim=-1)
loss = F.nll_loss(scores, torch.randint(0, 3, (8,)))
attention = F.softmax(torch.randn(12, 8), dim=0)
`,
  ],
  *run(program) {
    for (const loss of lossesNamed(program, 'nll_loss', 'binary_cross_entropy', 'cross_entropy')) {
      const input = loss.input && behindJoins(loss.input);
      const activation = input && activationOf(input);
      if (input === undefined || (activation !== 'softmax' && activation !== 'log_softmax')) continue;
      const rank = input.shape?.length;
      const dim = dimOf(input);
      const at = spanOfMaking(input);
      const overBatch = dim === 0 || (dim === null && rank === 3) || (rank !== undefined && dim === -rank);
      if (!overBatch || rank === undefined || rank < 2 || at === undefined) continue;
      yield {
        at,
        message: `The ${activation} goes over dimension 0, the batch, instead of the classes.`,
        evidence: [
          ...(input.shape === undefined
            ? []
            : [{ kind: 'shapes', shapes: [{ what: 'it is given', shape: input.shape }] } as const]),
          places([`${titleOf(loss)} takes it here`, loss.moment.span]),
        ],
      };
    }
  },
};
