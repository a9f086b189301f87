import { isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { behind, linearMaker } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { lossesNamed } from '../../ask/losses.js';
import { places } from '../../ask/places.js';

const COMPARISONS = new Set(['__gt__', '__ge__', '__lt__', '__le__', 'gt', 'ge', 'lt', 'le', 'round']);

export const logitThreshold: Check = {
  id: 'logit-threshold',
  title: 'A logit compared with a probability',
  severity: 'warning',
  why: 'With BCEWithLogitsLoss the network gives logits, whose middle is 0: 0.5 there is a probability of 0.62.',
  instead: 'Compare with 0, or take the sigmoid first.',
  needs: 'The output of the layer that BCEWithLogitsLoss takes as logits, rounded or compared with 0.5.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 1))
x, y = torch.randn(8, 20), torch.randint(0, 2, (8, 1)).float()
loss = nn.BCEWithLogitsLoss()(net(x), y)
right = ((net(x) > 0.5) == y).sum()  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 1))
x, y = torch.randn(8, 20), torch.randint(0, 2, (8, 1)).float()
loss = nn.BCEWithLogitsLoss()(net(x), y)
right = ((net(x) > 0) == y).sum(), (torch.sigmoid(net(x)) > 0.5).sum(), net(x).sigmoid().round()
`,
  ],
  *run(program) {
    const layers = new Map<object, Value>();
    for (const { input } of lossesNamed(program, 'binary_cross_entropy_with_logits')) {
      const layer = input && linearMaker(behind(input));
      if (input !== undefined && layer !== undefined) layers.set(layer, input);
    }
    if (layers.size === 0) return;
    const seen = new Set<number>();
    for (const { name, args, moment } of callsNamed(program, ...COMPARISONS)) {
      const [input, limit] = args.positional;
      const at = moment.span;
      if (!isValue(input) || at === undefined || seen.has(at.start)) continue;
      if (name !== 'round' && limit !== 0.5) continue;
      const layer = linearMaker(behind(input));
      if (layer === undefined || !layers.has(layer)) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'Logits are treated as probabilities here.',
        evidence: [
          places(
            ['the layer that gives them', layer.span],
            ['the loss takes them as logits', layers.get(layer)?.span],
          ),
        ],
      };
    }
  },
};
