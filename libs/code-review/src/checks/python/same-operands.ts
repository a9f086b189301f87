import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf, functionsAround, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';
import { comparedWithItself } from './compared-with-itself.js';
import { fellowUnread } from './fellow-unread.js';
import { partUnread } from './part-unread.js';
import { twinCalls } from './twin-calls.js';
import { argumentsOverwritten, globalsForArguments, takenTwice } from './taken-twice.js';

const BLOCK = `
import torch
import torch.nn as nn

class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, padding=1)
`;

export const sameOperands: Check = {
  id: 'same-operands',
  title: 'One value taken for two',
  severity: 'warning',
  why: 'The smaller, the larger or the distance of a value and itself is that value, or nothing, and its sum with itself is twice it: the other was left out.',
  instead: 'Name both values; for a way around a layer, keep what goes in: residual = x.',
  needs:
    'torch.min, max, minimum or maximum, or a loss, given the same value twice; what a layer gave added to itself in forward; two names made of the first of them alone; or one name taken twice where one a letter apart is read nowhere.',
  wrong: [
    `
import torch
import torch.nn as nn

class Boxes(nn.Module):
    def __init__(self):
        super().__init__()
        self.mse = nn.MSELoss()

    def forward(self, said, wanted):
        seen = wanted[..., 20:21]
        return self.mse(  # <--
            torch.flatten(seen * said[..., :20], end_dim=-2),
            torch.flatten(seen * said[..., :20], end_dim=-2),
        )
`,
    `
import torch.nn as nn

class Siamese(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 4))

    def forward(self, input1, input2):
        one = self.body(input1)
        other = self.body(input1)  # <--
        return one, other
`,
    `
import torch

def collate(rows):
    words, kinds, labels = [], [], []
    for row in rows:
        words.append(torch.tensor(row[0]))
        kinds.append(torch.tensor(row[0]))  # <--
        labels.append(row[2])
    return words, kinds, labels
`,
    `
from PIL import Image

def load(path, mask_path, size):
    image, mask = Image.open(path), Image.open(mask_path)
    image = image.resize(size, Image.BILINEAR)
    mask = image.resize(size, Image.NEAREST)  # <--
    return image, mask
`,
    `
def step(net, batch):
    return net(input_ids=batch['input_ids'], attention_mask=batch['input_ids'], labels=batch['labels'])  # <--
`,
    `
import torch

def smaller(q1, q2):
    return torch.min(q1, q1)  # <--
`,
    `
import torch.nn.functional as F

def error(outputs, targets):
    return F.mse_loss(outputs, outputs)  # <--
`,
    `
import torch
import torch.nn as nn
net, criterion = nn.Linear(20, 1), nn.BCEWithLogitsLoss()
scores = net(torch.randn(8, 20))
loss = criterion(scores, scores)  # <--
`,
    `
import torch
import torch.nn.functional as F

def distilled(student, teacher, x, heat):
    with torch.no_grad():
        wanted = teacher(x)
    given = student(x)
    return F.kl_div(F.log_softmax(wanted / heat, -1), F.softmax(wanted / heat, -1), reduction='batchmean')  # <--
`,
    `
def both_ways(there, back, one, other, criterion):
    again, anew = back(there(one)), there(back(other))
    return criterion(again, one) + criterion(other, other)  # <--
`,
    `${BLOCK}
    def forward(self, x):
        x = self.conv(x)
        x += x  # <--
        return x
`,
    `
import torch.nn as nn

def last(rnn, words, order):
    out, (h, c) = rnn(words)
    h, c = h[:, order], h[:, order]  # <--
    return h, c
`,
    `
def compare(net, criterion, first, label):
    z1, z2 = net(first), net(first.flip(0))
    return criterion(z1, z1, label)  # <--
`,
    `
import torch.nn as nn

class Twins(nn.Module):
    def forward(self, a, b):
        return self.once(a), self.once(a)  # <--
`,
  ],
  right: [
    `
def learn(coder, attend, x1, x2):
    coder.fit(x1, x1, epochs=20)
    return attend.self_attention(x1, x1)
`,
    `
import torch

def collate(rows, device):
    words, again, labels = [], [], []
    for row in rows:
        words.append(torch.tensor(row[0]))
        again.append(torch.tensor(row[0]))
        labels.append(row[2] + row[1])
    x = torch.stack(words)
    x = x.to(device)
    skip = x.to(device)
    return x, skip, again, labels
`,
    `
import torch.nn.functional as F

def both_ways(net, x, criterion, far):
    one, other = net(x), net(x)
    return F.mse_loss(one, other) + far(x, one) - 0.5 * criterion(x, x) - 0.5 * criterion(one, one)
`,
    `
import torch

def scores(x, heads):
    b, t, c = x.shape
    mask = torch.ones(t, t)
    z1, z2 = heads(x), heads(mask)
    return torch.cat([z1, z2]), torch.cat([z1, z1])
`,
    `
import torch

def smaller(q1, q2):
    return torch.min(q1, q2), torch.max(q1, 1)
`,
    `${BLOCK}
    def forward(self, x):
        residual = x
        x = self.conv(x)
        x += residual
        return x + x
`,
    `
import torch.nn as nn

def last(rnn, words, order, rows):
    out, (h, c) = rnn(words)
    h, c = h[:, order], c[:, order]
    a, b = words.new_zeros(rows), words.new_zeros(rows)
    return h, c, a, b
`,
  ],
  *run(program) {
    yield* doubled(program);
    yield* takenTwice(program);
    yield* fellowUnread(program);
    yield* partUnread(program);
    yield* twinCalls(program);
    const found = new Map<number, { readonly at: Span; readonly name: string }>();
    for (const one of comparedWithItself(program)) found.set(one.at.start, one);
    if (/\b(min|max|minimum|maximum|\w+_loss|\w*cross_entropy\w*)\(/.test(program.source))
      for (const node of callsOf(program)) {
        if (node.args.length < 2) continue;
        if (
          !/^torch\.(min|max|minimum|maximum)$|^(F|functional|nn\.functional|torch\.nn\.functional)\.\w+(_loss|cross_entropy\w*)$/.test(
            node.callee.span.text,
          )
        )
          continue;
        const [one, other] = node.args;
        if (one?.kind !== 'Name' || other?.kind !== 'Name' || one.id !== other.id) continue;
        found.set(node.span.start, { at: node.span, name: one.id });
      }
    for (const one of lossesOfOne(program)) found.set(one.at.start, one);
    for (const { at, name } of found.values()) yield { at, message: `Both are ${name}.`, evidence: [] };
  },
};

/** Losses, and parameters to learn, that are given one and the same, written out twice: `self.mse(flat(seen * said), flat(seen * said))`. */
function lossesOfOne(program: Program): readonly { readonly at: Span; readonly name: string }[] {
  if (!/mse|loss|criterion|bce|l1|chain/i.test(program.source)) return [];
  return callsOf(program).flatMap((node) => {
    const [one, other] = node.args;
    if (one === undefined || other === undefined || one.kind === 'Constant') return [];
    const isChain = /(^|\.)chain$/.test(node.callee.span.text) && one.span.text.endsWith('.parameters()');
    if (isChain && one.span.text === other.span.text) return [{ at: node.span, name: one.span.text }];
    if (!/(^|[._])(mse|bce|l1|criterion|mse_?loss|loss_?fn)$/i.test(node.callee.span.text)) return [];
    const [text, same] = [one, other].map(({ span }) => span.text.replaceAll(/\s/g, ''));
    // What is drawn anew is another each time.
    if (text !== same || one.kind === 'Name' || /rand|drop/i.test(text ?? '')) return [];
    return [{ at: node.span, name: one.span.text }];
  });
}

/** `x = x + x` and `x += x` in a forward pass, where x is what something that was called gave. */
function* doubled(program: Program): Generator<Found> {
  if (!/\b(\w+)\s*(=\s*\1\s*\+|\+=)\s*\1\b/.test(program.source)) return;
  for (const one of statementsOf(program)) {
    const [name = ''] = targetsOf(one);
    if (!/^\w+$/.test(name)) continue;
    const text = one.span.text.replaceAll(/\s/g, '');
    if (text !== `${name}=${name}+${name}` && text !== `${name}+=${name}`) continue;
    const home = functionsAround(program, one.span).at(-1);
    if (home === undefined || !/^(forward|__call__|call)\w*$/.test(home.name)) continue;
    const before = statementsIn(home.body).findLast(
      (other) => other.span.end <= one.span.start && targetsOf(other).includes(name),
    );
    if (before?.kind !== 'Assign' || before.value.kind !== 'Call') continue;
    yield {
      at: one.span,
      message: `${name} is added to itself, which only doubles it: what went into the layers is lost.`,
      evidence: [places(['it is made here', before.span])],
    };
  }
}

export const argumentIgnored: Check = {
  id: 'argument-ignored',
  title: 'An argument that changes nothing',
  severity: 'warning',
  why: 'The argument takes the place of an attribute where it is given, and the attribute is what is used all the same.',
  instead: 'Use the argument below, not the attribute.',
  needs:
    'An argument that stands for an attribute where it is None, is read nowhere after, and the attribute is; one that is made of another argument before anything of it was read; or one in whose place a name of the file is read.',
  wrong: [
    `
class Agent:
    def update(self, tau=None):
        tau = self.tau if tau is None else tau  # <--
        for slow, fast in zip(self.slow.parameters(), self.fast.parameters()):
            slow.data.copy_(self.tau * fast.data + (1 - self.tau) * slow.data)
`,
    `
import torch.nn as nn

class Attention(nn.Module):
    def forward(self, key, query, value):
        rows, places = query.size(0), query.size(1)
        key = key.reshape(rows, -1, 8, 16)
        query = key.reshape(rows, places, 8, 16)  # <--
        value = value.reshape(rows, -1, 8, 16)
        return key, query, value
`,
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner, self.outer = nn.Linear(4, 8), nn.Linear(8, 2)

    def forward(self, x):
        x = torch.relu(self.inner(input))  # <--
        return self.outer(x)

for row in torch.randn(8, 1, 4):
    input = row
    Net()(input)
`,
  ],
  right: [
    `
import torch

def recorded(inputs, kept):
    def flat(inputs):
        def each(input, into):
            into.append(input)
            return into
        return [each(data, []) for data in kept]
    return flat(inputs)

data = torch.zeros(3)
`,
    `
import torch
import torch.nn as nn
data = torch.randn(100, 4)

class Rows(torch.utils.data.Dataset):
    def __getitem__(self, at):
        return data[at]

def width(x):
    data = x * 2
    return data.shape[1]
`,
    `
class Agent:
    def update(self, tau=None):
        tau = self.tau if tau is None else tau
        for slow, fast in zip(self.slow.parameters(), self.fast.parameters()):
            slow.data.copy_(tau * fast.data + (1 - tau) * slow.data)
`,
  ],
  *run(program) {
    yield* argumentsOverwritten(program);
    yield* globalsForArguments(program);
    if (
      !/\bself\.(\w+) if \1 is None else \1\b|\b(\w+) if \2 is not None else self\.\2\b/.test(program.source)
    )
      return;
    for (const one of statementsOf(program)) {
      if (one.kind !== 'Assign') continue;
      const [name = ''] = targetsOf(one);
      const text = one.value.span.text.replaceAll(/[()]/g, '');
      if (
        text !== `self.${name} if ${name} is None else ${name}` &&
        text !== `${name} if ${name} is not None else self.${name}`
      )
        continue;
      const home = functionsAround(program, one.span).at(-1);
      if (home === undefined) continue;
      const [reads, attributes] = readsOf(home, name, one);
      if (reads > 0 || attributes === 0) continue;
      yield {
        at: one.span,
        message: `${name} is read nowhere below, where self.${name} is used instead.`,
        evidence: [],
      };
    }
  },
};

/** How often a name, and the attribute of that name, are read after a statement. */
function readsOf(
  home: tree.FunctionDefinition,
  name: string,
  after: tree.Statement,
): readonly [number, number] {
  let [reads, attributes] = [0, 0];
  for (const statement of statementsIn(home.body))
    if (statement.kind === 'Expr' && /\blocals\(\)/.test(statement.span.text)) return [1, 0];
  eachNode(home.body, (node) => {
    if (node.span.start <= after.span.end) return;
    if (node.kind === 'Name' && node.id === name) reads++;
    if (node.kind === 'Attribute' && node.span.text === `self.${name}`) attributes++;
  });
  return [reads, attributes];
}
