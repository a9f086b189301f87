import { isValue } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { activationOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { places, spanOfMaking } from '../../ask/places.js';

export const logUnmasked: Check = {
  id: 'log-unmasked',
  title: 'The logarithm of a probability that may come out as 0',
  severity: 'design',
  why: 'Softmax and sigmoid round to 0 for scores far apart, and log(0) is minus infinity: the loss and its gradients are no numbers then.',
  instead:
    'Use log_softmax or logsigmoid, which compute both in one, or a loss that takes the scores themselves.',
  needs: 'log straight of softmax or sigmoid, in a pass whose gradients are kept.',
  wrong: [
    `
import torch
import torch.nn as nn

class Loss(nn.Module):
    def forward(self, scores, labels):
        chances = torch.sigmoid(scores)
        return -(labels * torch.log(chances)).mean()  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn

class Loss(nn.Module):
    def forward(self, scores, labels):
        chances = torch.sigmoid(scores)
        return -(labels * torch.log(chances + 1e-8)).mean() - torch.log(chances.clamp(1e-6)).mean()
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { args, moment } of callsNamed(program, 'log')) {
      const [input] = args.positional;
      const at = moment.span;
      if (!isValue(input) || at === undefined || seen.has(at.start) || !moment.gradients) continue;
      const activation = activationOf(input);
      if (activation !== 'softmax' && activation !== 'sigmoid') continue;
      seen.add(at.start);
      yield {
        at,
        message: `log is taken straight of ${activation}, which may be 0.`,
        evidence: [places([activation, spanOfMaking(input)])],
      };
    }
  },
};
