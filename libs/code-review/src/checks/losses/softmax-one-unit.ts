import { isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { behind, comesOf, dimOf, linearMaker, makerOf } from '../../ask/ancestry.js';
import { activated, isNumber, operandsOf } from '../../ask/makings.js';
import { rankOf } from '../../ask/facts.js';
import { lossesNamed } from '../../ask/losses.js';
import { places, spanOfMaking } from '../../ask/places.js';

export const softmaxOneUnit: Check = {
  id: 'softmax-one-unit',
  title: 'Softmax over a single unit',
  severity: 'warning',
  why: 'Softmax makes its entries add up to 1: of a single entry it makes 1, whatever the network says.',
  instead: 'Use sigmoid for a single score, or give the last layer one unit a class.',
  needs: 'A softmax or log-softmax over the features of a layer with one output.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.ReLU(), nn.Conv2d(8, 1, 1))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(net.parameters())
def train(loader):
    for images, masks in loader:
        loss = criterion(net(images), masks.squeeze(1).long())  # <--
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
`,
    `
import torch
import torch.nn as nn
net = nn.Sequential(
    nn.Linear(20, 16),
    nn.ReLU(),
    nn.Linear(16, 1),
    nn.Softmax(dim=1),  # <--
)
p = net(torch.randn(8, 20))
`,
    `
import torch
import torch.nn as nn

class Weighed(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.score = nn.Linear(config.width, 1)

    def forward(self, words):
        return (torch.softmax(self.score(words), dim=-1) * words).sum(1)  # <--
`,
    `
import torch
import torch.nn as nn

class Summed(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.query = nn.Linear(width, width)
        self.weight = nn.Parameter(torch.randn(width, 1))

    def forward(self, x):
        query = self.query(x)
        shares = (query @ self.weight * 0.125).softmax(dim=-1)  # <--
        return (shares * query).sum(1)
`,
  ],
  right: [
    `
import torch
import torch.nn as nn

class Summed(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.query = nn.Linear(width, width)
        self.weight = nn.Parameter(torch.randn(width, 1))

    def forward(self, x):
        query = self.query(x)
        shares = (query @ self.weight * 0.125).softmax(dim=1)
        return (shares * query).sum(1)
`,
    `
import torch
import torch.nn as nn

class Weighed(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.score = nn.Linear(config.width, 1)

    def forward(self, words):
        shares = torch.softmax(self.score(words).squeeze(-1), dim=-1)
        return (shares.unsqueeze(-1) * words).sum(1), torch.softmax(self.score(words), dim=-2)
`,
    `
import torch
import torch.nn as nn
score = nn.Linear(16, 1)
x = torch.randn(8, 12, 16)
weights = torch.softmax(score(x), dim=1)
`,
  ],
  *run(program) {
    yield* overOneClass(program);
    for (const { value, activation } of activated(program)) {
      if (activation !== 'softmax' && activation !== 'log_softmax') continue;
      const [input] = value.inputs;
      const source = input && behind(input);
      const single = source && singleIn(source);
      const at = spanOfMaking(value);
      if (input === undefined || at === undefined || single === undefined) continue;
      // A part of something unknown, as `x[:, rows]`, may have more dimensions than it is indexed in.
      const isPart = comesOf(input, (one) => makerOf(one) === 'getitem');
      const rank = isPart ? input.shape?.length : rankOf(input);
      const dim = dimOf(value);
      const isStraight = source === input || single.isScaled;
      const axis =
        dim === null || dim === undefined
          ? rank === 2 && 1
          : dim < 0 && rank !== undefined
            ? dim + rank
            : dim;
      const isLast = rank === undefined ? dim === -1 : axis === rank - 1 && axis !== 0;
      if (!isLast || (input.shape === undefined ? !isStraight : input.shape.at(-1) !== 1)) continue;
      yield {
        at,
        message: `The ${activation} goes over one entry, so it always gives ${activation === 'softmax' ? 1 : 0}.`,
        evidence: [
          ...(input.shape === undefined
            ? []
            : [{ kind: 'shapes', shapes: [{ what: 'it is given', shape: input.shape }] } as const]),
          places(['what gives one output', single.at]),
        ],
      };
    }
  },
};

/** What gives one score for each place: a layer of one output, or a product with a matrix of one column, scaled or not. */
function singleIn(source: Value): { readonly at: Span | undefined; readonly isScaled: boolean } | undefined {
  const layer = linearMaker(source);
  if (layer?.sizes['out_features'] === 1) return { at: layer.span, isScaled: false };
  let current = source;
  for (let depth = 0; depth < 4; depth++) {
    const [first, second] = operandsOf(current);
    const name = makerOf(current);
    if (/^(matmul|mm|bmm|__matmul__)$/.test(name))
      return isValue(second) &&
        second.shape !== undefined &&
        second.shape.length > 1 &&
        second.shape.at(-1) === 1
        ? { at: current.span, isScaled: true }
        : undefined;
    if (!/^(mul|div|truediv)$/.test(name) || !isValue(first) || !isNumber(second)) return undefined;
    current = first;
  }
  return undefined;
}

/** Cross entropy of maps of one channel: its softmax over one class gives 1, whatever the network says. */
function* overOneClass(program: Program): Generator<Found> {
  const seen = new Set<number>();
  for (const { input, moment, target } of lossesNamed(program, 'cross_entropy')) {
    const layer = input?.made.kind === 'layer' ? input.made.module : undefined;
    const at = moment.span;
    if (layer === undefined || at === undefined || seen.has(at.start)) continue;
    if (!/^Conv[123]d$/.test(layer.layer?.type ?? '') || layer.layer?.config['out_channels'] !== 1) continue;
    // Targets of the same rank are shares, and may be of several channels.
    if (isValue(target) && target.shape?.length === input?.shape?.length && target.shape !== undefined)
      continue;
    seen.add(at.start);
    yield {
      at,
      message: 'The loss goes over the one class there is, so it is always 0.',
      evidence: [places(['the layer with one output', layer.span])],
    };
  }
}
