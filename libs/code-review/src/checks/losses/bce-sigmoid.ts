import type { Check } from '../../check.js';
import { activationOf, behind, behindJoins, linearMaker } from '../../ask/ancestry.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { places, spanOfMaking } from '../../ask/places.js';

export const bceSigmoid: Check = {
  id: 'bce-sigmoid',
  title: 'Sigmoid and BCELoss apart',
  severity: 'design',
  why: 'Computed apart, sigmoid rounds to 0 or 1 for large scores and the logarithm after it loses what was left.',
  instead: 'Use BCEWithLogitsLoss on the raw scores, which computes both together.',
  needs: 'A binary cross entropy whose input is sigmoid straight after a linear layer.',
  wrong: [
    `
import torch
import torch.nn as nn
layer = nn.Linear(20, 1)
p = torch.sigmoid(layer(torch.randn(8, 20)))
loss = nn.BCELoss()(p, torch.ones(8, 1))  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
layer = nn.Linear(20, 1)
loss = nn.BCEWithLogitsLoss()(layer(torch.randn(8, 20)), torch.ones(8, 1))
`,
  ],
  *run(program) {
    for (const loss of lossesNamed(program, 'binary_cross_entropy')) {
      const output = loss.input && behindJoins(loss.input);
      const [inner] = output?.inputs ?? [];
      const { span } = loss.moment;
      if (output === undefined || inner === undefined || span === undefined) continue;
      if (activationOf(output) !== 'sigmoid' || linearMaker(behind(inner)) === undefined) continue;
      yield {
        at: span,
        message: `Sigmoid and ${titleOf(loss)} are computed one after the other.`,
        evidence: [places(['sigmoid is applied here', spanOfMaking(output)])],
      };
    }
  },
};
