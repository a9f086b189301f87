import { Value } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { callsOfUnknown, eventsOf } from '../../ask/events.js';
import { isUsedAsRecord } from '../../ask/records.js';
import { statementsIn, statementsOf, functionsAround } from '../../ask/tree.js';
import { keptMisspelt } from './kept-misspelt.js';

/** Methods of tensors that give another and leave the one they are called on as it is. */
const PURE = new Set([
  'to',
  'cuda',
  'cpu',
  'float',
  'long',
  'double',
  'half',
  'view',
  'reshape',
  'flatten',
  'squeeze',
  'unsqueeze',
  'permute',
  'transpose',
  'contiguous',
  'detach',
  'clamp',
  'relu',
  'sigmoid',
  'tanh',
  'softmax',
  'log_softmax',
  'dropout',
  'leaky_relu',
  'normalize',
]);
const MOVES = new Set(['to', 'cuda', 'cpu']);

export const resultUnused: Check = {
  id: 'result-unused',
  title: 'A tensor is computed and dropped',
  severity: 'warning',
  why: 'These functions leave their input as it is and give a new tensor; where that is not kept, the line does nothing.',
  instead: 'Assign the result: x = x.to(device), x = F.relu(x).',
  needs: 'A statement that is nothing but such a call on a tensor, on a gradient, or a sum or product.',
  wrong: [
    `
import torch.nn as nn
from data import loader
net = nn.Sequential(nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))
for images, labels in loader:
    imgaes = images.view(images.size(0), -1)  # <--
    loss = nn.functional.cross_entropy(net(images), labels)
`,
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = nn.Linear(64, 3)

    def forward(self, x):
        x = self.fc1(x)
        x.view(-1, 64)  # <--
        return self.fc2(F.relu(x))
`,
    `
import torch

def attend(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1)
    if mask is not None:
        scores.masked_fill(~mask, -1e9)  # <--
    return torch.softmax(scores, dim=-1) @ value
`,
    `
def train(model, loader, optimizer, criterion, device):
    model.to(device)
    for inputs, labels in loader:
        inputs.to(device)  # <--
        labels = labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
`,
    `
import torch
import torch.nn as nn

class Positions(nn.Module):
    def __init__(self, width, most):
        super().__init__()
        self.table = nn.Parameter(torch.zeros(most, width))

    def forward(self, x):
        x + self.table[: x.size(1)]  # <--
        return x
`,
    `
def clipped(model, optimizer):
    for p in model.parameters():
        p.grad.data.clamp(-1, 1)  # <--
    optimizer.step()
`,
    `
def clip_critic(critic, most=0.01):
    for p in critic.parameters():
        p.data.clamp(-most, most)  # <--
`,
  ],
  right: [
    `
import numpy as np

def squashed(x, gamma):
    np.tanh(gamma * x, x)
    try:
        x + ''
    except TypeError:
        return x
`,
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.cuda()

    def forward(self, x):
        x = self.fc1(x)
        F.relu(x, inplace=True)
        x.clamp_(0, 1)
        return x

net = Net()
net.to('cpu')
`,
    `
import torch
from models import build_model

def main(args, device):
    model, criterion, post = build_model(args)
    model.to(device)
    discriminator, schedule = build_model(args.other)
    discriminator.to(device)
    optimizer = torch.optim.AdamW(discriminator.parameters())
    for name, part in model.named_modules():
        part.to(device)
`,
    `
from torch.utils.data import DataLoader
from texts import tokenizer, texts, model, optimizer, device
loader = DataLoader(texts, batch_size=8, shuffle=True, collate_fn=lambda rows: tokenizer.pad(rows))
for batch in loader:
    batch.to(device)
    optimizer.zero_grad()
    model(**batch).loss.backward()
    optimizer.step()
`,
    `
from torch_geometric.loader import DataLoader
from graphs import graphs, model, optimizer, loss_of, device
for step, (pair, label) in enumerate(DataLoader(graphs, batch_size=8, shuffle=True)):
    pair.to(device)
    optimizer.zero_grad()
    loss_of(model(pair.x, pair.edge_index), label.to(device)).backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Relations(nn.Module):
    def __init__(self):
        super().__init__()
        self.rel = nn.Embedding(10, 4)

    def reset(self):
        F.normalize(self.rel.weight.data, dim=-1, out=self.rel.weight.data)
`,
  ],
  *run(program) {
    const bare = new Map<number, tree.Expression>();
    for (const node of statementsOf(program))
      if (node.kind === 'Expr' && node.value.kind === 'Call') bare.set(node.value.span.start, node.value);
    yield* sumsDropped(program);
    yield* keptMisspelt(program);
    const seen = new Set<number>();
    for (const { name, owner, args, moment } of eventsOf(program, 'call')) {
      const { span } = moment;
      const statement = span && bare.get(span.start);
      const [receiver] = args.positional;
      if (span === undefined || statement === undefined || seen.has(span.start) || !PURE.has(name)) continue;
      if (span.source.file !== program.file || statement.span.end !== span.end) continue;
      if (!(receiver instanceof Value) || args.named.get('inplace') === true) continue;
      // Written into something that is kept.
      if (args.named.has('out') || (/^(np|numpy)\./.test(span.text) && args.positional.length > 1)) continue;
      const isTensor =
        owner === 'Tensor' ||
        owner === '' ||
        receiver.shape !== undefined ||
        (isBatch(receiver) &&
          !isNetwork(program, receiver, span.text) &&
          !isUsedAsRecord(program, /^\w*/.exec(span.text)?.[0] ?? ''));
      const isMade = receiver.made.kind === 'layer' || receiver.made.kind === 'module';
      if ((!isTensor && !isMade) || (owner === 'unknown' && !isMade && !MOVES.has(name))) continue;
      if (!MOVES.has(name) && functionsAround(program, span).length === 0) continue;
      if (args.positional.some((datum) => datum === true) && owner === '') continue;
      seen.add(span.start);
      yield {
        at: span,
        message: `${name} gives a new tensor, which is dropped here: the old one stays as it is.`,
        evidence: [],
      };
    }
  },
};

/** Sums and products in functions that nothing is done with, and gradients that are clipped and not kept. */
function* sumsDropped(program: Program): Generator<Found> {
  const tried = new Set(
    statementsOf(program).flatMap((node) => (node.kind === 'Try' ? statementsIn(node.body) : [])),
  );
  for (const node of statementsOf(program)) {
    if (node.kind !== 'Expr') continue;
    const { value } = node;
    // Tried for whether it can be worked out at all.
    if (tried.has(node) && value.kind === 'BinOp') continue;
    if (value.kind === 'BinOp' && /^([+*/@-]|\*\*)$/.test(value.operator)) {
      if (functionsAround(program, node.span).length === 0) continue;
      yield {
        at: value.span,
        message: 'This is worked out and dropped: no name is given the result.',
        evidence: [],
      };
    }
    // Only tensors have these, so that it does not matter whether the statement was run.
    if (
      value.kind === 'Call' &&
      value.callee.kind === 'Attribute' &&
      /^(masked_fill|masked_scatter)$/.test(value.callee.attribute) &&
      /^(self\.)?\w+$/.test(value.callee.value.span.text) &&
      !/^(torch|F)$/.test(value.callee.value.span.text)
    )
      yield {
        at: value.span,
        message: 'This gives a new tensor, which is dropped here: nothing is masked in the old one.',
        evidence: [],
      };
    if (
      value.kind === 'Call' &&
      /\.(grad(\.data)?|data)\.(clamp|clip|div|mul|add|sub)\([^)]*\)$/.test(value.span.text)
    )
      yield {
        at: value.span,
        message: value.span.text.includes('.grad')
          ? 'This gives new gradients, which are dropped here: the old ones stay as they are.'
          : 'This gives a new tensor, which is dropped here: the old one stays as it is.',
        evidence: [],
      };
  }
}

const OF_NETWORKS =
  /^(train|eval|parameters|named_parameters|modules|children|state_dict|load_state_dict|zero_grad|apply|share_memory)$/;

/** Whether something that was taken out of a pair is a network, which moves as it stands: by its name, or by what is done with it. */
function isNetwork(program: Program, receiver: Value, text: string): boolean {
  if (/^\w*(model|net|module|layer|encoder|decoder|generator|critic|criterion|loss_?fn)\w*\./i.test(text))
    return true;
  const [of] = receiver.inputs;
  if (
    of !== undefined &&
    comesOf(of, (value) => /^(named_modules|named_children|items)$/.test(makerOf(value)))
  )
    return true;
  return callsOfUnknown(program).some(
    ({ name, args }) => args.positional[0] === receiver && (name === '' || OF_NETWORKS.test(name)),
  );
}

/** A part of what a loader gives. */
function isBatch({ made }: Value): boolean {
  if (made.kind === 'batch') return true;
  return made.kind === 'operation' && made.name === 'unpacked';
}
