import { isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { activationOf, comesOf, linearMaker, behind } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';

const ONE_WAY = [
  'cross_entropy',
  'nll_loss',
  'binary_cross_entropy',
  'binary_cross_entropy_with_logits',
  'kl_div',
  'ctc_loss',
];

export const lossArguments: Check = {
  id: 'loss-arguments',
  title: 'A loss given targets first and outputs second',
  severity: 'error',
  why: 'These losses are no distances: the first argument is what the network gives, and the second what it should give.',
  instead: 'Call criterion(outputs, targets).',
  needs: 'A loss whose first argument comes of no network and whose second does.',
  wrong: [
    `${PRELUDE}
def train(batches):
    for inputs, labels in batches:
        optimizer.zero_grad()
        loss = criterion(labels, model(inputs))  # <--
        loss.backward()
        optimizer.step()
`,
    `${PRELUDE}
model = nn.Sequential(nn.Linear(20, 8), nn.ReLU(), nn.Linear(8, 20), nn.Sigmoid())
optimizer = torch.optim.Adam(model.parameters())
pictures = torch.rand(64, 20)
for (batch,) in DataLoader(TensorDataset(pictures), batch_size=32, shuffle=True):
    optimizer.zero_grad()
    loss = F.binary_cross_entropy(batch.view(-1, 20), model(batch))  # <--
    loss.backward()
    optimizer.step()
`,
    `
import torch.nn as nn
from somewhere import net, optimizer, criterion_weights
criterion = nn.CrossEntropyLoss(criterion_weights)

def step_on(engine, batch):
    images, labels = batch
    optimizer.zero_grad()
    outputs = net(images)
    loss = criterion(labels, outputs)  # <--
    loss.backward()
    optimizer.step()
`,
  ],
  right: [
    `
import torch.nn as nn
from somewhere import net, other, optimizer
criterion = nn.CrossEntropyLoss()

def step_on(engine, batch):
    images, out = batch
    optimizer.zero_grad()
    y = net(images)
    loss = criterion(y, out)
    loss.backward()
    optimizer.step()
`,
    `${PRELUDE}
teacher = nn.Linear(20, 3)
student = model(X)
loss = criterion(student, y) + F.kl_div(F.log_softmax(student, 1), F.softmax(teacher(X), 1), reduction='batchmean')
`,
  ],
  *run(program) {
    for (const loss of lossesNamed(program, ...ONE_WAY)) {
      const { input, target } = loss;
      const at = loss.moment.span;
      if (input === undefined || !isValue(target) || at === undefined) continue;
      if (isLearned(input)) continue;
      const [first, second] = writtenFirst(at.text);
      const isComputed = isLearned(target) && isOutput(target);
      // What is not known may come of a network too.
      const isOfData = isData(input) || TARGETS.test(first) || isMadeByHand(input);
      if (!(isComputed && isOfData) && !areNamedSwapped(first, second, target, input)) continue;
      yield {
        at,
        message: `${titleOf(loss)} is given the targets first and what the network gives second.`,
        evidence: [places(['the network gives this', target.span], ['this comes of the data', input.span])],
      };
    }
  },
};

/** Whether a value is what a layer of a network gives, through an activation or not. */
function isOutput(value: Value): boolean {
  const given = behind(value);
  const [input] = given.inputs;
  const raw = input !== undefined && activationOf(given) !== undefined ? behind(input) : given;
  return linearMaker(raw) !== undefined;
}

function isLearned(value: Value): boolean {
  return comesOf(
    value,
    ({ made }) => made.kind === 'layer' || made.kind === 'module' || made.kind === 'parameter',
  );
}

/** What targets are called. */
const TARGETS = /^(\w+\.)?(y|gt|tgt|truth|y_(true|train|batch)|train_y|\w*labels?|\w*targets?)$/i;

/** What the outputs of a network are called. */
const OUTPUTS = /^(\w+\.)?((y_?)?(pred|hat)\w*|\w+_(pred\w*|hat|logits?)|logits?|outputs?|out|scores)$/i;

/** The first two arguments of a call as they are written, where they are names. */
function writtenFirst(call: string): readonly [first: string, second: string] {
  const [, first = '', second = ''] = /^[\w.()]+?\(\s*([\w.]+)\s*,\s*(?:([\w.]+)\s*[,)])?/.exec(call) ?? [];
  return [first, second];
}

/** Of a network that is not known, by what the two are called: `criterion(labels, outputs)`. */
function areNamedSwapped(first: string, second: string, { made, dtype }: Value, input: Value): boolean {
  if (made.kind === 'batch' || dtype === 'int64') return false;
  if (TARGETS.test(first) && OUTPUTS.test(second) && makerIsCall(made) && isOfLoader(input)) return true;
  // An input is called y too where that is what a network gave.
  return TARGETS.test(first) && (/^y$/i.test(first) ? /pred|hat|logit/i : OUTPUTS).test(second);
}

const makerIsCall = (made: Value['made']): boolean => made.kind === 'operation' && made.name === 'call';

/** Whether a value is what a loader gives, and nothing was called with it. */
function isOfLoader(value: Value): boolean {
  let isCalled = false;
  const isGiven = comesOf(value, ({ made }) => {
    isCalled ||= makerIsCall(made);
    return made.kind === 'argument' && made.role === 'loader';
  });
  return isGiven && !isCalled;
}

/** Whether a value is made of numbers alone, with nothing behind it that is not known. */
function isMadeByHand(value: Value): boolean {
  return !comesOf(
    value,
    ({ made }) =>
      /^(argument|unknown|attribute|batch|parameter)$/.test(made.kind) ||
      (made.kind === 'operation' && /^(call|detach|data)$/.test(made.name)),
  );
}

/** Whether a value is of the data: of a batch, or whole numbers. */
function isData(value: Value): boolean {
  return (
    value.dtype === 'int64' ||
    comesOf(value, ({ made }) => made.kind === 'batch') ||
    comesOf(value, ({ made }) => made.kind === 'operation' && /^(LongTensor|long)$/.test(made.name))
  );
}

export const lossConstructed: Check = {
  id: 'loss-constructed',
  title: 'A loss made of tensors where it is to be called with them',
  severity: 'error',
  why: 'nn.MSELoss(outputs, targets) makes a loss with these as its settings, and computes none.',
  instead: 'Make it first and then call it: criterion = nn.MSELoss(), and criterion(outputs, targets).',
  needs: 'One of PyTorch’s losses made with two tensors.',
  wrong: [
    `${PRELUDE}
def step(inputs, labels):
    optimizer.zero_grad()
    loss = nn.CrossEntropyLoss(model(inputs), labels)  # <--
    loss.backward()
    optimizer.step()
`,
  ],
  right: [
    `${PRELUDE}
weighted = nn.CrossEntropyLoss(torch.ones(3))
loss = weighted(model(X), y)
`,
  ],
  *run(program) {
    if (!/Loss\(\s*[\w.]+[^()]*\S,/.test(program.source) && !/Loss\([^)]*\(/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { owner, args, moment } of callsNamed(program, '__init__')) {
      const [made, first, second] = args.positional;
      const at = moment.span;
      if (owner !== 'Module' || at === undefined || seen.has(at.start)) continue;
      if (typeof made !== 'object' || made === null || !('kind' in made) || made.kind !== 'module') continue;
      if (!made.isNative || !made.type.endsWith('Loss') || !isValue(first) || !isValue(second)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `nn.${made.type} is made with two tensors as its settings; it is not computed of them.`,
        evidence: [places(['the first', first.span], ['the second', second.span])],
      };
    }
  },
};
