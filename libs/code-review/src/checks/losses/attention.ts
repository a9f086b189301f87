import { weightsOverBatch } from './written-weights.js';
import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { activationOf, comesOf, dimOf, makerOf } from '../../ask/ancestry.js';
import { madeOnce } from '../../ask/makings.js';
import { places, spanOfMaking } from '../../ask/places.js';

/** A value behind dropout alone. */
function behindDropout(value: Value): Value {
  let current = value;
  while (/^([Dd]ropout|to|float|type_as)$/.test(makerOf(current)) && current.inputs[0] !== undefined)
    current = current.inputs[0];
  return current;
}

const CHOSEN = (dim: number, mark = ''): string => `
import torch
import torch.nn as nn

class Chosen(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv2d(width, width, k, padding=k // 2) for k in (1, 3))
        self.heads = nn.ModuleList(nn.Linear(width, width) for _ in range(2))

    def forward(self, x):
        parts = [conv(x) for conv in self.convs]
        pooled = sum(parts).mean((2, 3))
        scores = torch.stack([head(pooled)[:, :, None, None] for head in self.heads], 0)
        return (torch.softmax(scores, dim=${dim}) * torch.stack(parts, 0)).sum(0)${mark}
`;

export const maskAfterSoftmax: Check = {
  id: 'mask-after-softmax',
  title: 'Attention is masked after the softmax',
  severity: 'warning',
  why: 'The large negative number is meant for scores, whose softmax makes 0 of it; as a weight it is multiplied with the values and drowns everything else.',
  instead: 'Mask the scores, then take their softmax.',
  needs: 'A softmax whose result is filled with a large negative number.',
  wrong: [
    `
import torch
scores, mask, v = torch.randn(2, 10, 10), torch.tril(torch.ones(10, 10)), torch.randn(2, 10, 16)
weights = torch.softmax(scores, dim=-1)
weights = weights.masked_fill(mask == 0, -1e9)  # <--
out = weights @ v
`,
  ],
  right: [
    `
import torch
scores, mask, v = torch.randn(2, 10, 10), torch.tril(torch.ones(10, 10)), torch.randn(2, 10, 16)
scores = scores.masked_fill(mask == 0, -1e9)
weights = torch.softmax(scores, dim=-1).masked_fill(mask == 0, 0.0)
out = weights @ v
`,
  ],
  *run(program) {
    for (const { result, given } of madeOnce(program, 'masked_fill')) {
      const [filled, , by] = given;
      if (!isValue(filled) || result.span === undefined || !isFarBelow(by)) continue;
      const weights = behindDropout(filled);
      if (activationOf(weights) !== 'softmax') continue;
      yield {
        at: result.span,
        message: 'Weights that a softmax gave are filled with a large negative number.',
        evidence: [places(['the softmax', spanOfMaking(weights)])],
      };
    }
  },
};

function isFarBelow(datum: Datum | undefined): boolean {
  return (typeof datum === 'number' || typeof datum === 'bigint') && Number(datum) <= -100;
}

export const weightsDim: Check = {
  id: 'weights-dim',
  title: 'Weights that add up over another dimension than the sum',
  severity: 'warning',
  why: 'A weighted mean sums over the dimension in which the weights add up to 1; over another one, weights of different examples share the 1.',
  instead: 'Give softmax the dimension that is summed over.',
  needs: 'A softmax over one dimension, multiplied with states of the network and summed over another.',
  onSupposed: true,
  wrong: [
    `
import torch
import torch.nn as nn
states, _ = nn.GRU(16, 32, batch_first=True)(torch.randn(4, 10, 16))
weights = torch.softmax(nn.Linear(32, 1)(states), dim=0)  # <--
pooled = (weights * states).sum(dim=1)
`,
    CHOSEN(1, '  # <--'),
    `
import torch

def pooled(scores, keys):
    weights = torch.softmax(scores, dim=0)  # <--
    return (weights.unsqueeze(-1) * keys).sum(1)
`,
  ],
  right: [
    CHOSEN(0),
    `
import torch
import torch.nn as nn
states, _ = nn.GRU(16, 32, batch_first=True)(torch.randn(4, 10, 16))
weights = torch.softmax(nn.Linear(32, 1)(states), dim=1)
pooled = (weights * states).sum(dim=1)
chances, soft = torch.softmax(torch.randn(8, 3), dim=1), torch.rand(8, 3)
mass = (chances * soft).sum(0)
`,
  ],
  *run(program) {
    if (!/[Ss]oftmax/.test(program.source)) return;
    yield* weightsOverBatch(program);
    for (const { result, given } of madeOnce(program, 'sum')) {
      const [product, position] = given;
      const over =
        position ?? (result.made.kind === 'operation' ? result.made.args.named.get('dim') : undefined);
      if (!isValue(product) || makerOf(product) !== 'mul' || typeof over !== 'bigint') continue;
      const [one, other] = product.made.kind === 'operation' ? product.made.args.positional : [];
      if (!isValue(one) || !isValue(other)) continue;
      const [weights, states] =
        activationOf(behindDropout(one)) === 'softmax'
          ? [behindDropout(one), other]
          : [behindDropout(other), one];
      const dim = dimOf(weights);
      const at = spanOfMaking(weights);
      if (activationOf(weights) !== 'softmax' || typeof dim !== 'number' || at === undefined) continue;
      // Weights computed of the very states they weigh: attention, not shares of classes.
      const source = behindDropout(states);
      const isAttention = isOfNetwork(source) && comesOf(weights, (value) => value === source);
      // Branches and the weights of each, stacked to be summed over.
      const areBranches = [source, weights.inputs[0]].every((value) => stackedAlong(value) === over);
      if (!isAttention && !areBranches) continue;
      const rank = weights.shape?.length;
      const summed = Number(over);
      const isOther =
        rank === undefined
          ? Math.sign(dim + 0.5) === Math.sign(summed + 0.5) && dim !== summed
          : (dim + rank) % rank !== (summed + rank) % rank;
      if (!isOther) continue;
      yield {
        at,
        message: `The softmax goes over dimension ${dim}, and the weighted states are summed over dimension ${summed}.`,
        evidence: [places(['they are summed here', result.span])],
      };
    }
  },
};

/** The dimension along which a value was stacked of several. */
function stackedAlong(value: Value | undefined): bigint | undefined {
  if (value?.made.kind !== 'operation' || value.made.name !== 'stack') return undefined;
  const dim = argument(value.made.args, 'dim', 1) ?? 0n;
  return typeof dim === 'bigint' ? dim : undefined;
}

function isOfNetwork(value: Value): boolean {
  return comesOf(value, ({ made }) => made.kind === 'layer' || made.kind === 'module');
}
