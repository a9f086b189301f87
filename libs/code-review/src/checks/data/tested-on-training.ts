import type { Program, ProgramLoader } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { isTrainedOn } from '../../ask/data-sets.js';
import { eventsOf } from '../../ask/events.js';
import { goneOver, isOfTesting, isOfTraining, speaksOfTraining } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { partsOverlapping } from './parts-overlap.js';
import { readAgain } from './read-again.js';
import { testOverwritten } from './test-overwritten.js';
import {
  learnedFromTesting,
  learnedUnmasked,
  madeAlike,
  partsFromOneStart,
  partsWithin,
} from './trained-on-testing.js';
import { boundBy, callsOf, loopsOf, statementAt, statementsOf, targetsOf } from '../../ask/tree.js';

const PARTS = `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset
train_set = TensorDataset(torch.randn(100, 8), torch.randint(0, 3, (100,)))
test_set = TensorDataset(torch.randn(20, 8), torch.randint(0, 3, (20,)))
net = nn.Linear(8, 3)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
`;
const LEARN = `
def accuracy(loader):
    hits = count = 0
    with torch.no_grad():
        for x, y in loader:
            hits += (net(x).argmax(1) == y).sum().item()
            count += len(y)
    return hits / count

for x, y in train_loader:
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(x), y).backward()
    optimizer.step()
`;
const LOADERS = `train_loader = DataLoader(train_set, 32, shuffle=True)
test_loader = DataLoader(test_set, 32)
`;

export const testedOnTraining: Check = {
  id: 'tested-on-training',
  title: 'What is called a test is made on the examples to learn from',
  severity: 'warning',
  why: 'A network remembers what it has learned from: measured on the same examples, it looks better than it is.',
  instead: 'Give the test the loader over the examples that were kept for it.',
  needs:
    'A figure or loader that is called one of testing or validation, made of what is called one of training, or a loop over that in a function that tests.',
  wrong: [
    `
from pictures import load
(x_train, y_train), (x_test, y_test) = load()
x_train = x_train.astype('float32')
x_test = x_train.astype('float32')  # <--
`,
    `
import lightning as L
from nets import Net
from pictures import test_dl, train_dl
trainer = L.Trainer(max_epochs=5)
trainer.fit(Net(), train_dataloaders=train_dl, val_dataloaders=train_dl)  # <--
`,
    `${PARTS}${LOADERS}${LEARN}
test_accuracy = accuracy(train_loader)  # <--
`,
    `
import torch
import torch.nn.functional as F
from nets import Graphs
from data import links, features, labels, idx_train, idx_val
net = Graphs(features.shape[1])
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
for epoch in range(100):
    optimizer.zero_grad()
    output = net(features, links)
    loss_train = F.nll_loss(output, labels)  # <--
    share = (output[idx_train].argmax(1) == labels[idx_train]).float().mean()
    loss_train.backward()
    optimizer.step()
    loss_val = F.nll_loss(output[idx_val], labels[idx_val])
    print(share.item(), loss_val.item())
`,
    `${PARTS}
from torch.utils.data import random_split
one, other = random_split(train_set, [80, 20])
train_loader = DataLoader(one.dataset, 32, shuffle=True)
val_loader = DataLoader(other.dataset, 32)  # <--
${LEARN}print(accuracy(val_loader))
`,
    `${PARTS}train_loader = DataLoader(train_set, 32, shuffle=True)
val_loader = DataLoader(train_set, 32)  # <--
${LEARN}print(accuracy(val_loader))
`,
    `${PARTS}${LOADERS}${LEARN}
def validate():
    hits = 0
    with torch.no_grad():
        for x, y in train_loader:  # <--
            hits += (net(x).argmax(1) == y).sum().item()
    return hits
`,
    `${PARTS}
X_train, X_test = torch.randn(100, 8), torch.randn(20, 8)
y_train, y_test = torch.randint(0, 3, (100,)), torch.randint(0, 3, (20,))
for epoch in range(10):
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(X_train), y_train).backward()
    optimizer.step()
with torch.no_grad():
    test_pred = net(X_train)  # <--
`,
    `
from readings import read
X_train, y_train = read('./data', split='train')
X_test, y_test = read('./data', split='train')  # <--
`,
    `
import torch
data = torch.randint(0, 50, (1000,))
n = int(0.9 * len(data))
train_data, val_data = data, data[n:]  # <--
`,
    `
import torch
order = torch.randperm(1000)
index_train = order[:800]
index_validation = order[:200]  # <--
`,
    `${PARTS.split('train_set')[0] ?? ''}
from words import Words

def learn(texts, labels, val_texts, val_labels, net, optimizer, criterion):
    train_loader = DataLoader(Words(texts, labels), 32, shuffle=True)
    val_loader = DataLoader(Words(texts, labels), 32)  # <--
    for x, y in train_loader:
        optimizer.zero_grad()
        criterion(net(x), y).backward()
        optimizer.step()
    return val_loader
`,
    `${PARTS}
X_train, X_test = torch.randn(100, 8), torch.randn(20, 8)
y_train, y_test = torch.randint(0, 3, (100,)), torch.randint(0, 3, (20,))
loader = DataLoader(TensorDataset(X_test, y_test), 32, shuffle=True)  # <--
for x, y in loader:
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(x), y).backward()
    optimizer.step()
`,
  ],
  right: [
    `
from pictures import load, scaler
(x_train, y_train), (x_test, y_test) = load()
x_train = scaler.fit_transform(x_train)
x_test = scaler.transform(x_test)
x_val = x_train[:1000]
y_val = y_train.copy()
print(x_test.shape)
x_test = x_train.copy()
`,
    `
from readings import read
from torch.utils.data import Subset
train_set = read('./data', split='train')
test_set = read('./data', split='train')
train_set, test_set = Subset(train_set, range(900)), Subset(test_set, range(900, 1000))
`,
    `${PARTS}
from torch.utils.data import random_split
one, other = random_split(train_set, [80, 20])
train_loader = DataLoader(one, 32, shuffle=True)
val_loader = DataLoader(other, 32)
again = DataLoader(one, 32)
${LEARN}print(accuracy(val_loader), accuracy(again))
`,
    `${PARTS}${LOADERS}${LEARN}
train_accuracy, test_accuracy = accuracy(train_loader), accuracy(test_loader)
print(train_accuracy, test_accuracy)
`,
    `
import torch
data = torch.randint(0, 50, (1000,))
n = int(0.9 * len(data))
train_data, val_data = data[:n], data[n:]
first, test_tail = data[:10], data[-100:]
train_few, val_rest = data[:n], val_data[:10]
`,
  ],
  *run(program) {
    yield* readAgain(program);
    yield* fittedWithOne(program);
    yield* testOverwritten(program);
    if (!speaksOfTraining(program.source)) return;
    yield* partsWithin(program);
    yield* partsFromOneStart(program);
    yield* partsOverlapping(program);
    if (!/backward\(/.test(program.source)) return;
    yield* madeAlike(program);
    yield* learnedFromTesting(program);
    yield* learnedUnmasked(program);
    yield* figuresOfTraining(program);
    yield* loadersOverTraining(program);
    yield* loadersOverTheSame(program);
    yield* loopsOverTraining(program);
    yield* predictionsOfTraining(program);
    yield* figuresOfPart(program);
  },
};

const isData = (text: string): boolean => /load|_dl$|iter|data|set$|batches/i.test(text);

/** `test_acc = accuracy(net, train_loader)`, of a function of the file that learns nothing. */
function* figuresOfTraining(program: Program): Generator<Found> {
  const functions = new Map(
    statementsOf(program).flatMap((node) =>
      node.kind === 'FunctionDef' ? [[node.name, node] as const] : [],
    ),
  );
  for (const statement of statementsOf(program)) {
    if (statement.kind !== 'Assign' || statement.value.kind !== 'Call') continue;
    const names = targetsOf(statement);
    const { callee, args, keywords } = statement.value;
    const definition = functions.get(callee.span.text);
    if (names.length === 0 || !names.every((name) => isOfTesting(name) && !isData(name))) continue;
    if (definition === undefined || /backward\(|random_split|DataLoader\(/.test(definition.span.text))
      continue;
    const given = [...args, ...keywords.map(({ value }) => value)].map(({ span }) => span.text);
    const training = given.filter((text) => isOfTraining(text) && isData(text));
    if (training.length !== 1 || given.some((text) => isOfTesting(text))) continue;
    // Something to test with has to be there: a file with one loader has named it so for want of another.
    if (!hasDataToTest(program)) continue;
    yield {
      at: statement.span,
      message: `${names.join(', ')} is measured on ${training[0] ?? ''}, from which the network learns.`,
      evidence: [places(['the function', definition.span])],
    };
  }
}

/** `val_acc = (pred[idx_train] == labels[idx_train]).float().mean()`, where the file has an `idx_val` too. */
function* figuresOfPart(program: Program): Generator<Found> {
  for (const one of statementsOf(program)) {
    if (one.kind !== 'Assign' || !/==|\.eq\(/.test(one.value.span.text)) continue;
    const names = targetsOf(one);
    const [name] = names;
    if (names.length !== 1 || name === undefined || !/^(val|valid|test)_?(acc|accuracy)\w*$/i.test(name))
      continue;
    const keys = [...one.value.span.text.matchAll(/\[\s*(\w*train\w*)\s*\]/gi)].map((found) => found[1]);
    const [key] = keys;
    if (keys.length !== 2 || key === undefined || keys[1] !== key) continue;
    const part = /^(val|valid|test)/i.exec(name)?.[1]?.toLowerCase() ?? '';
    const own = key.replace(/train/i, part);
    if (!statementsOf(program).some((other) => targetsOf(other).includes(own))) continue;
    yield {
      at: one.span,
      message: `${name} is measured by ${key}, from which the network learns, and not by ${own}.`,
      evidence: [],
    };
  }
}

function hasDataToTest(program: Program): boolean {
  return statementsOf(program).some((statement) =>
    [...targetsOf(statement), ...(statement.kind === 'FunctionDef' ? parametersOf(statement) : [])].some(
      (name) => isOfTesting(name) && isData(name),
    ),
  );
}

/** `val_loader = DataLoader(train_set)` beside another loader over the same, with nothing that picks from it. */
function* loadersOverTraining(program: Program): Generator<Found> {
  const loaders = statementsOf(program).flatMap((statement) => {
    if (statement.kind !== 'Assign' || statement.value.kind !== 'Call') return [];
    const { callee, args, keywords } = statement.value;
    const over = args[0] ?? keywords.find(({ name }) => name === 'dataset')?.value;
    const [name = ''] = boundBy(statement).map((bound) => bound.replace(/^\./, ''));
    const isPicked = keywords.some(({ name: word }) => word === undefined || /sampler/.test(word));
    return /(^|\.)DataLoader$/.test(callee.span.text) && over !== undefined
      ? [{ statement, name, over: over.span.text, isPicked }]
      : [];
  });
  for (const { statement, name, over, isPicked } of loaders) {
    if (isPicked || !isOfTesting(name) || !isOfTraining(over)) continue;
    const learned = loaders.find((one) => one.over === over && speaksOfTraining(one.name) && !one.isPicked);
    const isUsed = program.source.slice(statement.span.end).includes(name);
    if (learned === undefined || !isUsed) continue;
    const isBoundBetween = statementsOf(program).some(
      (one) =>
        targetsOf(one).includes(over) &&
        one.span.start > Math.min(statement.span.start, learned.statement.span.start) &&
        one.span.start < Math.max(statement.span.start, learned.statement.span.start),
    );
    if (isBoundBetween) continue;
    yield {
      at: statement.span,
      message: `${name} goes over ${over}, from which the network learns.`,
      evidence: [places(['the loader to train with', learned.statement.span])],
    };
  }
}

/** Two loaders over one and the same data set, whatever its name is, of which one is learned from and the other called one of testing. */
function* loadersOverTheSame(program: Program): Generator<Found> {
  const loaders = eventsOf(program, 'loader-made').map(({ loader }) => loader);
  const whole = loaders.filter(({ named }) => ![...named.keys()].some((name) => /sampler/.test(name)));
  const nameOf = ({ made }: ProgramLoader): string => {
    const statement = made.span && statementAt(program, made.span);
    return statement?.kind === 'Assign' ? (boundBy(statement)[0] ?? '').replace(/^\./, '') : '';
  };
  for (const tested of whole) {
    const id = identityOf(tested);
    const at = tested.made.span;
    const name = nameOf(tested);
    if (id === undefined || at === undefined || !isOfTesting(name)) continue;
    const learned = whole.find(
      (one) =>
        one !== tested && identityOf(one) === id && isTrainedOn(program, one) && !isOfTesting(nameOf(one)),
    );
    if (learned === undefined || isTrainedOn(program, tested)) continue;
    const iterated = eventsOf(program, 'loader-iterated').some(({ loader }) => loader === tested);
    if (!iterated || at.source.file !== program.file) continue;
    yield {
      at: statementAt(program, at)?.span ?? at,
      message: `${name} goes over the same data set as the loader that the network learns from.`,
      evidence: [places(['the loader to train with', learned.made.span])],
    };
  }
}

/** Which data set a loader goes over; undefined where it may be one of several. */
function identityOf({ dataset }: ProgramLoader): number | undefined {
  return typeof dataset === 'object' && dataset !== null && 'kind' in dataset && dataset.kind === 'other'
    ? dataset.id
    : undefined;
}

/** `test_pred = model(X_train)`, where the file has an `X_test`. */
function* predictionsOfTraining(program: Program): Generator<Found> {
  const names = new Set(statementsOf(program).flatMap(targetsOf));
  for (const one of statementsOf(program)) {
    if (one.kind !== 'Assign' || one.value.kind !== 'Call') continue;
    const [name = ''] = targetsOf(one);
    const { args, callee } = one.value;
    const [given] = args;
    if (!isOfTesting(name) || !/(pred|out|prob|logit|score)\w*$/i.test(name) || args.length !== 1) continue;
    if (
      given?.kind !== 'Name' ||
      !isOfTraining(given.id) ||
      !/^(self\.)?(model|net|network|\w*(model|net))$/i.test(callee.span.text)
    )
      continue;
    const own = ['test', 'val', 'valid']
      .map((part) => given.id.replace(/train/i, part))
      .find((each) => names.has(each));
    if (own === undefined) continue;
    yield {
      at: one.span,
      message: `${name} is made of ${given.id}, from which the network learns, and not of ${own}.`,
      evidence: [],
    };
  }
}

function parametersOf({ parameters }: tree.FunctionDefinition): string[] {
  return parameters.map(({ name }) => name);
}

/** A loop over the loader to train with in a function that is called one of testing, where another loader is at hand. */
function* loopsOverTraining(program: Program): Generator<Found> {
  if (!hasDataToTest(program)) return;
  for (const node of statementsOf(program)) {
    if (node.kind !== 'FunctionDef' || !isOfTesting(node.name)) continue;
    if (/backward\(|\.step\(/.test(node.span.text) || /train/i.test(node.name)) continue;
    const loops = loopsOf(program).filter(
      (loop): loop is tree.For =>
        loop.kind === 'For' && loop.span.start >= node.span.start && loop.span.end <= node.span.end,
    );
    const overs = loops.map((loop) => ({ loop, over: goneOver(loop.iterable).span.text }));
    const wrong = overs.find(({ over }) => isOfTraining(over) && isData(over));
    if (wrong === undefined || overs.some(({ over }) => isOfTesting(over))) continue;
    if (parametersOf(node).includes(wrong.over)) continue;
    yield {
      at: wrong.loop.iterable.span,
      message: `${node.name} goes over ${wrong.over}, from which the network learns.`,
      evidence: [],
    };
  }
}

/** `trainer.fit(net, train_dataloaders=train, val_dataloaders=train)`: Lightning given one loader for both. */
function* fittedWithOne(program: Program): Generator<Found> {
  for (const call of callsOf(program)) {
    if (call.callee.kind !== 'Attribute' || call.callee.attribute !== 'fit') continue;
    const given = (names: RegExp): tree.Expression | undefined =>
      call.keywords.find(({ name }) => names.test(name ?? ''))?.value;
    const [learned, validated] = [given(/^train_dataloaders?$/), given(/^val_dataloaders?$/)];
    if (learned?.kind !== 'Name' || validated?.kind !== 'Name' || learned.id !== validated.id) continue;
    // Over-fitting a few examples on purpose says so.
    if (/overfit/i.test(program.source)) continue;
    yield {
      at: validated.span,
      message: `${validated.id} is what is learned from, and validated with.`,
      evidence: [],
    };
  }
}
