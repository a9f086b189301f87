import type { Check } from '../../check.js';
import { activationOf, behindJoins, linearMaker } from '../../ask/ancestry.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { ownLinear } from '../../ask/own-linear.js';
import { places, spanOfMaking } from '../../ask/places.js';

export const nllNeedsLog: Check = {
  id: 'nll-needs-log',
  title: 'NLLLoss without log-probabilities',
  severity: 'warning',
  why: 'NLLLoss only picks out the entry of the right class and changes its sign; without a logarithm it has no lower end and training runs away or stalls.',
  instead: 'End the network in log_softmax, or hand its raw scores to CrossEntropyLoss.',
  needs: 'An NLL loss whose input is straight the output of a linear layer, of softmax, sigmoid or relu.',
  onSupposed: true,
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 3))
criterion = nn.NLLLoss()
loss = criterion(net(torch.randn(8, 20)), torch.randint(0, 3, (8,)))  # <--
`,
    `
import torch
import torch.nn as nn
import torch.nn.functional as F
layer = nn.Linear(20, 3)
probabilities = torch.softmax(layer(torch.randn(8, 20)), dim=1)
loss = F.nll_loss(probabilities, torch.randint(0, 3, (8,)))  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
scores = nn.Linear(16, 5)(torch.randn(20, 2, 16))
words, lengths = torch.randint(1, 5, (2, 4)), torch.full((2,), 20)
loss = nn.CTCLoss()(scores.log_softmax(2), words, lengths, torch.full((2,), 4))
`,
    `
import torch
import torch.nn as nn
import torch.nn.functional as F
layer = nn.Linear(20, 3)
probabilities = torch.softmax(layer(torch.randn(8, 20)), dim=1)
loss = F.nll_loss(torch.log(probabilities + 1e-9), torch.randint(0, 3, (8,)))
`,
  ],
  *run(program) {
    for (const loss of lossesNamed(program, 'nll_loss', 'ctc_loss')) {
      const input = loss.input && behindJoins(loss.input);
      const { span } = loss.moment;
      if (input === undefined || span === undefined) continue;
      const activation = activationOf(input);
      const what =
        linearMaker(input) === undefined && ownLinear(input) === undefined
          ? activation === 'softmax' || activation === 'sigmoid' || activation === 'relu'
            ? `the output of ${activation}`
            : undefined
          : 'raw scores';
      if (what === undefined) continue;
      yield {
        at: span,
        message: `${titleOf(loss)} wants log-probabilities and is given ${what}.`,
        evidence: [places(['they come from here', spanOfMaking(input)])],
      };
    }
  },
};
