import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import {
  classesOf,
  functionsAround,
  hasUnknownBases,
  methodOf,
  nodesOf,
  statementsOf,
  targetsOf,
} from '../../ask/tree.js';

export const attributeUnread: Check = {
  id: 'attribute-unread',
  title: 'Something is put into a network that it never reads',
  severity: 'design',
  why: 'Nothing in the class reads an attribute of this name, so that setting it changes nothing: a state that is to be reset is not.',
  instead: 'Hand it to forward, or read it there; leave the line out where there is nothing to reset.',
  needs:
    'An attribute set from outside on an instance of a network of this file, which nothing in the file reads.',
  wrong: [
    `
import torch
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(8, 16)

    def begin(self, rows):
        return torch.zeros(1, rows, 16), torch.zeros(1, rows, 16)

    def forward(self, x):
        out, state = self.rnn(x)
        return out[-1]

model = Reader()
for epoch in range(3):
    model.hidden = model.begin(4)  # <--
    out = model(torch.randn(5, 4, 8))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(8, 16)

    def begin(self, rows):
        return torch.zeros(1, rows, 16), torch.zeros(1, rows, 16)

    def forward(self, x):
        out, self.state = self.rnn(x, self.state)
        return out[-1]

model = Reader()
for epoch in range(3):
    model.state = model.begin(4)
    out = model(torch.randn(5, 4, 8))
`,
  ],
  *run(program) {
    if (!SET.test(program.source) || /\b(getattr|hasattr|__dict__|vars)\b/.test(program.source)) return;
    const networks = instancesOf(program);
    if (networks.size === 0) return;
    const reads = new Set<string>();
    const written = new Set<object>();
    for (const { targets } of nodesOf(program, 'Assign')) for (const target of targets) written.add(target);
    for (const node of nodesOf(program, 'Attribute')) if (!written.has(node)) reads.add(node.attribute);
    const seen = new Set<string>();
    for (const one of statementsOf(program)) {
      const [, name = '', attribute = ''] = /^(\w+)\.(\w+)$/.exec(targetsOf(one)[0] ?? '') ?? [];
      if (one.kind !== 'Assign' || one.targets.length !== 1 || !networks.has(name) || reads.has(attribute))
        continue;
      // Notes about a network, such as its name or its epoch, are for whoever asks; a state is for the network.
      if (
        !/^(hidden|h|state|states|cell|h0|c0|hx|hidden_state|memory)\w*$/i.test(attribute) ||
        seen.has(attribute)
      )
        continue;
      if (one.value.kind !== 'Call' || /\b(Linear|Sequential|Identity)\(/.test(one.value.span.text)) continue;
      seen.add(attribute);
      yield {
        at: one.span,
        message: `Nothing reads ${attribute}: the network goes on as if it were not set.`,
        evidence: [],
      };
    }
  },
};

const SET = /^\s*(?!self\b)\w+\.(hidden|h|state|states|cell|h0|c0|hx|hidden_state|memory)\w*\s*=[^=]/im;

/** Names that are given an instance of a network whose whole class is in the file. */
function instancesOf(program: Program): ReadonlySet<string> {
  const whole = new Set(
    classesOf(program)
      .filter((one) => methodOf(one, 'forward') !== undefined && !hasUnknownBases(program, one))
      .map(({ name }) => name),
  );
  const names = new Set<string>();
  for (const one of statementsOf(program)) {
    if (one.kind !== 'Assign' || functionsAround(program, one.span).length > 1) continue;
    const made = ofClass(one.value);
    if (made !== undefined && whole.has(made)) names.add(targetsOf(one)[0] ?? '');
  }
  return names;
}

/** The class that a call makes, moves aside: `Net(…).to(device)`. */
function ofClass(value: tree.Expression): string | undefined {
  if (value.kind !== 'Call') return undefined;
  if (value.callee.kind === 'Name') return value.callee.id;
  return value.callee.kind === 'Attribute' && /^(to|cuda|cpu|float)$/.test(value.callee.attribute)
    ? ofClass(value.callee.value)
    : undefined;
}
