import { argument, isValue } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { activationOf, behind, dimOf, linearMaker } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { activated } from '../../ask/makings.js';
import { places, spanOfMaking } from '../../ask/places.js';

export const argmaxOneLogit: Check = {
  id: 'argmax-one-logit',
  title: 'argmax of a single output',
  severity: 'warning',
  why: 'The largest of one value is always at place 0: every example is taken for class 0.',
  instead: 'Compare the probability with 0.5 (or the logit with 0).',
  needs: 'argmax or max over a dimension that is one wide.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 1))
def predict(x):
    return torch.sigmoid(net(x)).argmax(dim=1)  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 2))
def predict(x):
    return net(x).argmax(dim=1)
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { name, args, moment } of callsNamed(program, 'argmax', 'max')) {
      const [input] = args.positional;
      const at = moment.span;
      if (!isValue(input) || at === undefined || seen.has(at.start)) continue;
      const dim = argument(args, 'dim', 1) ?? argument(args, 'axis');
      if (dim !== 1n && dim !== -1n) continue;
      const activation = activationOf(input);
      const source = activation === 'sigmoid' ? input.inputs[0] : input;
      const layer = source && linearMaker(source);
      if (layer?.sizes['out_features'] !== 1 || (input.shape !== undefined && input.shape.length !== 2))
        continue;
      seen.add(at.start);
      yield {
        at,
        message: `${name} goes over one output, so that it always gives 0.`,
        evidence: [places(['the last layer', layer.span])],
      };
    }
  },
};

export const sigmoidThresholdZero: Check = {
  id: 'sigmoid-threshold-zero',
  title: 'A probability compared with 0',
  severity: 'warning',
  why: 'Sigmoid and softmax are always above 0: every example is taken for positive.',
  instead: 'Compare the probability with 0.5, or the logit with 0.',
  needs: 'The output of a sigmoid or softmax compared with 0.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Linear(20, 1)
def predict(x):
    return torch.sigmoid(net(x)) > 0  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Linear(20, 1)
def predict(x):
    return torch.sigmoid(net(x)) > 0.5, net(x) > 0
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { args, moment } of callsNamed(program, '__gt__', '__ge__', 'gt', 'ge', '>', '>=')) {
      const [input, limit] = args.positional;
      const at = moment.span;
      if (!isValue(input) || at === undefined) continue;
      if ((limit !== 0n && limit !== 0) || seen.has(at.start)) continue;
      const activation = activationOf(behind(input));
      if (activation !== 'sigmoid' && activation !== 'softmax') continue;
      seen.add(at.start);
      yield {
        at,
        message: `What ${activation} gives is always above 0.`,
        evidence: [places([activation, behind(input).span])],
      };
    }
  },
};

export const doubleActivation: Check = {
  id: 'double-activation',
  title: 'An activation on an activation',
  severity: 'warning',
  why: 'A squashing function on what is squashed already leaves little difference between outputs, and small gradients.',
  instead: 'Keep one of the two.',
  needs: 'A softmax or sigmoid straight on another over the same dimension.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(
    nn.Linear(20, 3),
    nn.Sigmoid(),
    nn.Softmax(dim=1),  # <--
)
out = net(torch.randn(8, 20))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 3), nn.Tanh(), nn.Linear(3, 3), nn.Softmax(dim=1))
out = net(torch.randn(8, 20))
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { value, activation: outer } of activated(program)) {
      const [input] = value.inputs;
      if (outer !== 'softmax' && outer !== 'sigmoid') continue;
      const inner = input && activationOf(input);
      const at = spanOfMaking(value);
      if (input === undefined || at === undefined || seen.has(at.start)) continue;
      const isSquashed =
        inner === 'softmax' || inner === 'sigmoid' || (inner === 'relu' && outer === 'softmax');
      if (!isSquashed) continue;
      if (inner === 'relu' && input.inputs[0] !== undefined && linearMaker(input.inputs[0]) === undefined)
        continue;
      if (inner === 'softmax' && outer === 'softmax' && dimOf(value) !== dimOf(input)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `${outer} is applied to what ${inner} gives.`,
        ...(inner === 'relu' && { severity: 'design' as const }),
        evidence: [places([inner, spanOfMaking(input)])],
      };
    }
  },
};
