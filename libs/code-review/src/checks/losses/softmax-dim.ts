import { argument, isValue, sliceOf } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { activationOf, behindJoins, comesOf, dimOf, makerOf } from '../../ask/ancestry.js';
import { isOfLoader } from '../../ask/batches.js';
import { callsNamed } from '../../ask/events.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { rankOf } from '../../ask/facts.js';
import { operandsOf, spreadOut } from '../../ask/makings.js';
import { places, spanOfMaking } from '../../ask/places.js';
import { isOfNetwork, softmaxOverRows } from './softmax-over-rows.js';

const OVER_POSITIONS = (dim: string, mark = ''): string => `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Attention(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.score = nn.Linear(2 * width, 1)

    def forward(self, hidden, steps):
        beside = hidden.unsqueeze(1).expand(-1, steps.size(1), -1)
        scores = self.score(torch.cat([beside, steps], dim=2)).squeeze(2)
        weights = F.softmax(scores, dim=${dim})${mark}
        return torch.bmm(weights.unsqueeze(1), steps).squeeze(1)
`;

const OWN_ENTROPY = (dim: string): string => `
import torch
from networks import make_network
network = make_network()
def entropy(targets, scores):
    chances = scores.softmax(dim=${dim})
    return -(targets * torch.log(chances + 1e-6)).sum(-1).mean()
def learn(train_loader, optimizer):
    for inputs, targets in train_loader:
        optimizer.zero_grad()
        entropy(targets, network(inputs)).backward()
        optimizer.step()
`;

const NEXT_WORD = (dim: string): string => `
import torch.nn as nn
from networks import decoder, to_words

class Speaker:
    def __init__(self):
        self.chances = nn.LogSoftmax(dim=${dim})

    def say(self, words):
        told, _ = decoder(words)
        said = to_words(told[:, -1, :])
        return self.chances(said)
`;

export const softmaxDim: Check = {
  id: 'softmax-dim',
  title: 'Softmax over a dimension it is not meant for',
  severity: 'warning',
  why: 'Weights then add up to 1 over other things than the classes of one example, or the positions that one query looks at.',
  instead:
    'Go over the classes (dim=1, or dim=-1 where they come last), and over the keys in attention (dim=-1).',
  needs: 'A loss over classes whose input is a (log-)softmax over dimension 0 of something with a batch.',
  onSupposed: true,
  wrong: [
    `
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader
from networks import pictures, student, teacher
criterion = nn.CrossEntropyLoss()

def distil(optimizer):
    for picture, label in DataLoader(pictures, batch_size=32):
        soft = F.softmax(teacher(picture) / 4.0, dim=0)  # <--
        loss = criterion(student(picture), soft)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
`,
    `
import torch
import torch.nn as nn
class Reader(nn.Module):
    def __init__(self, words, width):
        super().__init__()
        self.table = nn.Embedding(words, width)
        self.q, self.k, self.v = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, ids):
        x = self.table(ids)
        scores = torch.bmm(self.q(x), self.k(x).transpose(1, 2)) / 8
        weights = torch.softmax(scores, dim=1)  # <--
        return torch.bmm(weights, self.v(x))
`,
    `
import math
import torch
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, words, width, heads):
        super().__init__()
        self.words, self.heads = nn.Embedding(words, width), heads
        self.key, self.query, self.value = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, text):
        x = self.words(text)
        batch, length, width = x.shape
        q, k, v = (
            layer(x).view(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for layer in (self.query, self.key, self.value)
        )
        weights = torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(width // self.heads), dim=1)  # <--
        return (weights @ v).transpose(1, 2).reshape(batch, length, width)

net = Attention(len(open("words.txt").readlines()), 64, 8)
`,
    `
import torch
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.each = heads, width // heads
        self.q, self.k, self.v = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, x):
        b, t, c = x.shape
        q = self.q(x).view(b, t, self.heads, self.each).transpose(1, 2)
        k = self.k(x).view(b, t, self.heads, self.each).transpose(1, 2)
        v = self.v(x).view(b, t, self.heads, self.each).transpose(1, 2)
        weights = torch.softmax(q @ k.transpose(-2, -1) / self.each ** 0.5, dim=2)  # <--
        return (weights @ v).transpose(1, 2).reshape(b, t, c)
`,
    `
import torch
import torch.nn as nn
import torch.nn.functional as F
layer = nn.Linear(20, 3)
scores = F.log_softmax(layer(torch.randn(8, 20)), dim=0)  # <--
loss = F.nll_loss(scores, torch.randint(0, 3, (8,)))
`,
    `
import torch
import torch.nn as nn
import torch.nn.functional as F
layer = nn.Linear(20, 3)
chances = F.softmax(layer(torch.randn(8, 20)), dim=0)  # <--
loss = F.nll_loss(torch.log(chances), torch.randint(0, 3, (8,)))
`,
    `
import torch.nn as nn
import torch.nn.functional as F
def train(train_loader, optimizer):
    layer = nn.Linear(20, 3)
    for inputs, labels in train_loader:
        optimizer.zero_grad()
        scores = F.log_softmax(layer(inputs), dim=0)  # <--
        loss = F.nll_loss(scores, labels)
        loss.backward()
        optimizer.step()
`,
    `
import torch
queries, keys = torch.randn(2, 1, 16), torch.randn(2, 10, 16)
scores = torch.bmm(queries, keys.transpose(1, 2)).view(2, 10)
weights = torch.softmax(scores, dim=0).view(2, 1, 10)  # <--
mix = torch.bmm(weights, keys)
`,
    `
import torch
q, k, v = torch.randn(2, 4, 10, 16), torch.randn(2, 4, 10, 16), torch.randn(2, 4, 10, 16)
weights = torch.softmax(q @ k.transpose(-2, -1) / 4, dim=1)  # <--
out = weights @ v
`,
    `
import torch
import torch.nn as nn
class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.softmax = nn.Softmax()

    def forward(self, q, k, v):
        return torch.bmm(self.softmax(torch.bmm(q, k.transpose(1, 2)) / 4), v)  # <--
`,
    OVER_POSITIONS('0', '  # <--'),
    OWN_ENTROPY('0').replace('dim=0)', 'dim=0)  # <--'),
    NEXT_WORD('0').replace('self.chances(said)', 'self.chances(said)  # <--'),
    `
import torch
import torch.nn as nn
import torch.nn.functional as F
def speak(ids):
    body, head = nn.LSTM(8, 16, batch_first=True), nn.Linear(16, 50)
    scores = head(body(nn.Embedding(50, 8)(ids))[0])
    chances = F.softmax(scores[:, -1, :], dim=0)  # <--
    return torch.multinomial(chances, 1)
`,
    `
import torch
import torch.nn as nn
policy = nn.Linear(4, 2)
def learn(states, actions, returns):
    chances = torch.softmax(policy(states), dim=0)  # <--
    chosen = torch.log(chances.gather(1, actions.unsqueeze(1)))
    return -(chosen.squeeze(1) * returns).mean()
`,
    `
import torch
from networks import make_network
network = make_network()
def accuracy(test_loader):
    right = 0
    for inputs, labels in test_loader:
        chances = torch.softmax(network(inputs), dim=0)  # <--
        right += (chances.data.max(1)[1] == labels).sum().item()
    return right
`,
  ],
  right: [
    OVER_POSITIONS('1'),
    OWN_ENTROPY('1'),
    NEXT_WORD('1'),
    `
import torch
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.each = heads, width // heads
        self.q, self.k, self.v = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, x):
        b, t, c = x.shape
        q = self.q(x).view(b, t, self.heads, self.each).transpose(1, 2)
        k = self.k(x).view(b, t, self.heads, self.each).transpose(1, 2)
        v = self.v(x).view(b, t, self.heads, self.each).transpose(1, 2)
        weights = torch.softmax(q @ k.transpose(-2, -1) / self.each ** 0.5, dim=3)
        return (weights @ v).transpose(1, 2).reshape(b, t, c)
`,
    `
import torch
import torch.nn as nn
import torch.nn.functional as F
layer = nn.Linear(20, 3)
scores = F.log_softmax(layer(torch.randn(8, 20)), dim=-1)
loss = F.nll_loss(scores, torch.randint(0, 3, (8,)))
attention = F.softmax(torch.randn(12, 8), dim=0)
`,
    `
import torch
q, k, v = torch.randn(2, 10, 16), torch.randn(2, 10, 16), torch.randn(2, 10, 16)
out = torch.softmax(torch.bmm(q, k.transpose(1, 2)) / 4, dim=2).bmm(v)
pooled = torch.softmax(torch.randn(2, 10, 1), dim=1).transpose(1, 2) @ v
`,
  ],
  *run(program) {
    yield* attentionOverOther(program);
    yield* chosenFrom(program);
    yield* softmaxOverRows(program);
    for (const loss of lossesNamed(program, 'nll_loss', 'binary_cross_entropy', 'cross_entropy')) {
      const given = loss.input && behindJoins(loss.input);
      const input = given && makerOf(given) === 'log' ? given.inputs[0] : given;
      const activation = input && activationOf(input);
      if (input === undefined || (activation !== 'softmax' && activation !== 'log_softmax')) continue;
      const rank = input.shape?.length;
      const dim = dimOf(input);
      const at = spanOfMaking(input);
      const overBatch = dim === 0 || (dim === null && rank === 3) || (rank !== undefined && dim === -rank);
      const hasBatch = rank === undefined ? dim === 0 && isOfBatch(input) : rank >= 2;
      if (!overBatch || !hasBatch || at === undefined) continue;
      yield {
        at,
        message: `The ${activation} goes over dimension 0, the batch, instead of the classes.`,
        evidence: [
          ...(input.shape === undefined
            ? []
            : [{ kind: 'shapes', shapes: [{ what: 'it is given', shape: input.shape }] } as const]),
          places([`${titleOf(loss)} takes it here`, loss.moment.span]),
        ],
      };
    }
  },
};

/** Whether something of no known shape is what a last layer makes of several examples. */
function isOfBatch(value: Value): boolean {
  const [scores] = value.inputs;
  return scores?.made.kind === 'layer' && scores.made.name === 'Linear' && isOfLoader(scores);
}

/** Whether scores are products of queries and keys, scaled or not: those of each query stand in a row. */
function isOfQueries(scores: Value | undefined): boolean {
  const [of] = scores?.inputs ?? [];
  if (scores === undefined || of === undefined) return false;
  if (/^(mul|div|masked_fill)$/.test(makerOf(scores))) return isOfQueries(of);
  const [, keys] = scores.inputs;
  return makerOf(scores) === 'bmm' && keys !== undefined && /^(transpose|permute|mT)$/.test(makerOf(keys));
}

/** Attention: what is multiplied with the values is weighed over the dimension that the product sums over, the last. */
function* attentionOverOther(program: Program): Generator<Found> {
  const seen = new Set<number>();
  for (const { args, name } of callsNamed(program, '__matmul__', 'matmul', 'bmm')) {
    const [first] = args.positional;
    if (!isValue(first)) continue;
    const row = rowOfWeights(first);
    if (
      row?.span !== undefined &&
      activationOf(row) === 'softmax' &&
      dimOf(row) === 0 &&
      !seen.has(row.span.start)
    ) {
      seen.add(row.span.start);
      yield {
        at: row.span,
        message:
          'The softmax goes over dimension 0, the batch, and its weights are for the positions of each example.',
        evidence: [places(['they are multiplied here', first.span])],
      };
      continue;
    }
    const weights = behindDropout(first);
    // bmm takes three dimensions and no other number of them.
    const rank = weights.shape?.length ?? (name === 'bmm' ? 3 : rankOfScores(weights));
    if (activationOf(weights) !== 'softmax' || rank === undefined) continue;
    const given = dimOf(weights);
    // Where none is given PyTorch takes the first of three, and else the second.
    const dim = given === null ? (rank === 3 ? 0 : 1) : given;
    const at = spanOfMaking(weights);
    const isSure =
      weights.shape !== undefined ||
      dim === 0 ||
      (rank === 4 && name !== 'bmm') ||
      (name === 'bmm' && isOfQueries(weights.inputs[0]));
    if (dim === undefined || !isSure) continue;
    if (rank < 3 || (dim + rank) % rank === rank - 1 || at === undefined || seen.has(at.start)) continue;
    seen.add(at.start);
    yield {
      at,
      message: `The softmax goes over dimension ${dim}${given === null ? ', as none is given' : ''}, and the product with the values sums over the last.`,
      evidence: [
        ...(weights.shape === undefined
          ? []
          : [{ kind: 'shapes', shapes: [{ what: 'the weights', shape: weights.shape }] } as const]),
        places(['they are multiplied here', first.span]),
      ],
    };
  }
}

/**
 * Weights of two dimensions, one row an example, that are laid out for a product of batches: `weights.unsqueeze(1)`, or one
 * row a query, that are laid out by examples again.
 */
function rowOfWeights(value: Value): Value | undefined {
  const [of] = value.inputs;
  const [last, wide] = [of?.shape?.at(-1), value.shape?.at(-1)];
  if (/^(view|reshape)$/.test(makerOf(value)) && of?.shape?.length === 2 && value.shape?.length === 3)
    return last === wide ? behindDropout(of) : undefined;
  if (makerOf(value) !== 'unsqueeze' || of === undefined || value.made.kind !== 'operation') return undefined;
  const isBetween = argument(value.made.args, 'dim', 1) === 1n;
  return isBetween && (of.shape === undefined || of.shape.length === 2) ? behindDropout(of) : undefined;
}

/** How many dimensions scores have whose shape is not known: those that a view gave what they are the products of. */
function rankOfScores(weights: Value): number | undefined {
  let current: Value | undefined = weights;
  for (let depth = 0; current !== undefined && depth < 20; depth++) {
    const { made, inputs }: Value = current;
    if (made.kind === 'operation' && /^(view|reshape)$/.test(made.name))
      return spreadOut(made.args.positional.slice(1)).length;
    if (!PASSES_ON.test(makerOf(current))) return undefined;
    [current] = inputs;
  }
  return undefined;
}

const PASSES_ON =
  /^(softmax|Softmax|masked_fill|masked_fill_|matmul|div|mul|add|sub|neg|dropout|Dropout|float|to|type_as|transpose|permute|contiguous)$/;

/** Probabilities over dimension 0 of which one of dimension 1 is taken for each example. */
function* chosenFrom(program: Program): Generator<Found> {
  const seen = new Set<number>();
  for (const { name, args, moment } of callsNamed(
    program,
    'gather',
    'argmax',
    'max',
    'multinomial',
    'topk',
  )) {
    const [given] = args.positional;
    const isOfRows = name === 'multinomial' || (name === 'topk' && argument(args, 'dim', 2) === undefined);
    if (!isValue(given) || (!isOfRows && argument(args, 'dim', 1) !== 1n)) continue;
    const chances = /^(log|data|detach)$/.test(nameOf(given)) ? given.inputs[0] : given;
    const at = chances && spanOfMaking(chances);
    if (chances === undefined || at === undefined || seen.has(at.start)) continue;
    const kind = activationOf(chances);
    const [scores] = chances.inputs;
    if ((kind !== 'softmax' && kind !== 'log_softmax') || dimOf(chances) !== 0) continue;
    if (scores === undefined || (isOfRows ? !hasRows(scores) : !isOfNetwork(scores))) continue;
    seen.add(at.start);
    yield {
      at,
      message: `The ${kind} goes over dimension 0, the examples, and one of dimension 1 is taken for each of them.`,
      evidence: [places([`${name} takes it here`, moment.span])],
    };
  }
}

/** By what a value was made: an attribute of another has its name. */
function nameOf(value: Value): string {
  return value.made.kind === 'attribute' ? value.made.name : makerOf(value);
}

/** Whether scores have examples in dimension 0: two dimensions, or all that stood there in what they are a part of. */
function hasRows(scores: Value): boolean {
  const rank = scores.shape?.length ?? rankOf(scores);
  const [, key] = operandsOf(scores);
  const [first, ...others] = Array.isArray(key) ? key : [];
  const isWhole = makerOf(scores) === 'getitem' && sliceOf(first)?.start === null && others.length > 0;
  if (rank !== undefined) return rank === 2;
  return isWhole && comesOf(scores, ({ made }) => made.kind === 'layer' && made.name === 'Linear');
}

function behindDropout(value: Value): Value {
  let current = value;
  while (/^([Dd]ropout|to|float|type_as)$/.test(makerOf(current)) && current.inputs[0] !== undefined)
    current = current.inputs[0];
  return current;
}
