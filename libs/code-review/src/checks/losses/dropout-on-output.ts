import { argument } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { activationOf, linearMaker, makerOf } from '../../ask/ancestry.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { places, spanOfMaking } from '../../ask/places.js';

export const dropoutOnOutput: Check = {
  id: 'dropout-on-output',
  title: 'Dropout on the outputs themselves',
  severity: 'warning',
  why: 'Some of the scores are set to zero by chance before the loss sees them, and the others made larger: the network is blamed for what dropout did.',
  instead: 'Put dropout before the last layer, not after it.',
  needs: 'A loss of what dropout gives straight from a linear layer.',
  wrong: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F
hidden, last, drop = nn.Linear(20, 64), nn.Linear(64, 3), nn.Dropout(0.2)
x = drop(F.relu(hidden(torch.randn(8, 20))))
scores = drop(last(x))  # <--
loss = F.cross_entropy(scores, torch.randint(0, 3, (8,)))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F
hidden, last, drop = nn.Linear(20, 64), nn.Linear(64, 3), nn.Dropout(0.2)
scores = last(drop(F.relu(hidden(torch.randn(8, 20)))))
loss = F.cross_entropy(scores, torch.randint(0, 3, (8,)))
features = nn.Dropout(0.0)(hidden(torch.randn(8, 20)))
distance = F.mse_loss(features, torch.zeros(8, 64))
`,
  ],
  *run(program) {
    for (const loss of lossesNamed(
      program,
      'cross_entropy',
      'nll_loss',
      'binary_cross_entropy',
      'binary_cross_entropy_with_logits',
      'mse_loss',
      'l1_loss',
    )) {
      const dropped = loss.input && droppedIn(loss.input);
      const at = dropped && spanOfMaking(dropped);
      if (at === undefined) continue;
      yield {
        at,
        message: 'What the last layer gives is dropped out before the loss.',
        evidence: [places([`${titleOf(loss)} takes it here`, loss.moment.span])],
      };
    }
  },
};

const RESHAPED = /^(view|reshape|flatten|squeeze|unsqueeze|permute|transpose|float|to|Flatten)$/;

/** Dropout straight on a linear layer's output, behind reshapes and the activation of the output. */
function droppedIn(output: Value): Value | undefined {
  let current = output;
  for (let depth = 0; depth < 20; depth++) {
    const [input] = current.inputs;
    if (input === undefined) return undefined;
    if (isDropout(current)) return linearMaker(input) === undefined ? undefined : current;
    const activation = activationOf(current);
    const isOfOutput = activation === 'softmax' || activation === 'log_softmax' || activation === 'sigmoid';
    if (!isOfOutput && !RESHAPED.test(makerOf(current))) return undefined;
    current = input;
  }
  return undefined;
}

/** Dropout that drops something; nothing is said where how much is not known. */
function isDropout({ made }: Value): boolean {
  if (made.kind === 'layer' && made.name === 'Dropout') {
    const rate = made.module.layer?.config['p'];
    return typeof rate === 'number' && rate > 0;
  }
  if (made.kind !== 'operation' || made.name !== 'dropout') return false;
  const rate = argument(made.args, 'p', 1) ?? 0.5;
  return typeof rate === 'number' && rate > 0 && argument(made.args, 'training', 2) !== false;
}
