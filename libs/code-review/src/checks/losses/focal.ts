import { argument, isValue } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { madeOf } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const MADE = `
import torch
import torch.nn as nn
import torch.nn.functional as F
net = nn.Linear(8, 3)
x, y = torch.randn(16, 8), torch.randint(0, 3, (16,))
`;

export const focalOfMean: Check = {
  id: 'focal-of-mean',
  title: 'A focal loss weighs the mean instead of each example',
  severity: 'warning',
  why: 'Cross entropy is averaged unless told otherwise: exp(-mean) is one number for the batch, and hard examples weigh no more than easy ones.',
  instead: "Ask for reduction='none', weigh each, and take the mean then.",
  needs: 'exp() of the minus of a cross entropy that was averaged.',
  wrong: [
    `${MADE}
entropy = F.cross_entropy(net(x), y)  # <--
loss = ((1 - torch.exp(-entropy)) ** 2 * entropy).mean()
`,
  ],
  right: [
    `${MADE}
entropy = F.cross_entropy(net(x), y, reduction='none')
loss = ((1 - torch.exp(-entropy)) ** 2 * entropy).mean()
perplexity = torch.exp(F.cross_entropy(net(x), y))
`,
  ],
  *run(program) {
    const weights = madeOf(program, 'exp', 'pow').filter(({ given: [of] }) => {
      return isValue(of) && /^(neg|mul)$/.test(makerOf(of)) && of.inputs.length === 1;
    });
    if (weights.length === 0) return;
    for (const loss of lossesNamed(
      program,
      'cross_entropy',
      'nll_loss',
      'binary_cross_entropy',
      'binary_cross_entropy_with_logits',
    )) {
      const { result } = loss;
      const at = loss.moment.span;
      if (result === undefined || at === undefined) continue;
      const { module } = loss;
      const isAveraged =
        module === undefined
          ? isMean(argument(loss.args, 'reduction')) && argument(loss.args, 'reduce') !== false
          : module.span !== undefined && !/reduc|\*\*/.test(module.span.text);
      if (!isAveraged) continue;
      const weighed = weights.find(({ given: [of] }) => isValue(of) && of.inputs[0] === result);
      if (weighed === undefined) continue;
      yield {
        at,
        message: `${titleOf(loss)} gives the mean over the batch, and the focal weight is computed of that one number.`,
        evidence: [places(['the weight comes from here', weighed.result.span])],
      };
    }
  },
};

function isMean(reduction: unknown): boolean {
  return reduction === undefined || reduction === 'mean';
}
