import type { Check } from '../../check.js';
import { activationOf, behindJoins, linearMaker } from '../../ask/ancestry.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { places, spanOfMaking } from '../../ask/places.js';

const OUT_OF_RANGE = {
  relu: 'the output of relu, which may exceed 1',
  tanh: 'the output of tanh, which may be negative',
  log_softmax: 'log-probabilities, which are negative',
  logsigmoid: 'log-probabilities, which are negative',
} as const;

function isOutOfRange(name: string | undefined): name is keyof typeof OUT_OF_RANGE {
  return name !== undefined && Object.hasOwn(OUT_OF_RANGE, name);
}

export const bceNeedsProb: Check = {
  id: 'bce-needs-prob',
  title: 'BCELoss without probabilities',
  severity: 'error',
  why: 'BCELoss takes the logarithm of its input and of one minus it: outside 0 to 1 PyTorch refuses it.',
  instead: 'Use BCEWithLogitsLoss on the raw scores, or apply sigmoid before BCELoss.',
  needs:
    'A binary cross entropy whose input is straight the output of a linear layer or of an activation that leaves 0 to 1.',
  onSupposed: true,
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 1))
criterion = nn.BCELoss()
x, y = torch.randn(8, 20), torch.ones(8, 1)
loss = criterion(net(x), y)  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 1), nn.Sigmoid())
criterion = nn.BCELoss()
x, y = torch.randn(8, 20), torch.ones(8, 1)
loss = criterion(net(x), y)
`,
  ],
  *run(program) {
    for (const loss of lossesNamed(program, 'binary_cross_entropy')) {
      const input = loss.input && behindJoins(loss.input);
      const { span } = loss.moment;
      if (input === undefined || span === undefined) continue;
      const activation = activationOf(input);
      const what =
        linearMaker(input) !== undefined
          ? 'raw scores, which may be any number'
          : isOutOfRange(activation)
            ? OUT_OF_RANGE[activation]
            : undefined;
      if (what === undefined) continue;
      yield {
        at: span,
        message: `${titleOf(loss)} wants probabilities and is given ${what}.`,
        evidence: [
          places(['they come from here', spanOfMaking(input)]),
          {
            kind: 'error',
            type: 'RuntimeError',
            message: 'all elements of input should be between 0 and 1',
            exact: true,
          },
        ],
      };
    }
  },
};
