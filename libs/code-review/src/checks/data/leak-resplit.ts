import { foreignCall, givenTo } from '@tensormark/frameworks';
import type { NamedCall, Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { dataOf, isLearnedFrom } from '../../ask/data-sets.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { boundBy, statementAt, statementsOf } from '../../ask/tree.js';
import { splitUnread } from './split-unread.js';

const FLOWERS = `
import torch
from torch.utils.data import DataLoader, random_split
from torchvision import datasets, transforms
flowers = datasets.ImageFolder("flowers", transform=transforms.Compose([transforms.Resize((64, 64)), transforms.ToTensor()]))
`;

export const leakResplit: Check = {
  id: 'leak-resplit',
  title: 'Examples to test with are learned from',
  severity: 'warning',
  why: 'A network remembers what it has learned from: measured on the same examples, it looks better than it is.',
  instead: 'Split once, and make each loader from its own part.',
  needs:
    'One of torchvision’s data sets, the same part of it twice; or a split whose part for testing is used, and a loader to train with over the whole, or another split of the same.',
  wrong: [
    `
import torch.nn as nn
import torch.nn.functional as F
from graphs import load, network

def learn(optimizer):
    graph = load()
    train_mask, test_mask = graph.train_mask, graph.test_mask
    for epoch in range(100):
        logits = network(graph)
        labels = graph.y
        loss = F.cross_entropy(logits, labels)  # <--
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return (logits[test_mask].argmax(1) == labels[test_mask]).float().mean()
`,
    `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms
learned = datasets.CIFAR10("data", train=True, transform=transforms.ToTensor())
tested = datasets.CIFAR10("data", train=True, transform=transforms.ToTensor())  # <--
net = nn.Sequential(nn.Flatten(), nn.Linear(3072, 10))
optimizer = torch.optim.Adam(net.parameters())
for images, labels in DataLoader(learned, 64, shuffle=True):
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(images), labels).backward()
    optimizer.step()
net.eval()
with torch.no_grad():
    for images, labels in DataLoader(tested, 64):
        print((net(images).argmax(1) == labels).float().mean())
`,
    `${FLOWERS}
training, testing = random_split(flowers, [800, 200])
train_loader = DataLoader(flowers, batch_size=32, shuffle=True)  # <--
test_loader = DataLoader(testing, batch_size=32)
`,
    `${FLOWERS}
training, _ = random_split(flowers, [800, 200])
_, testing = random_split(flowers, [800, 200])  # <--
train_loader = DataLoader(training, batch_size=32, shuffle=True)
test_loader = DataLoader(testing, batch_size=32)
`,
  ],
  right: [
    `${FLOWERS}
training, testing = random_split(flowers, [800, 200])
train_loader = DataLoader(training, batch_size=32, shuffle=True)
test_loader = DataLoader(testing, batch_size=32)
full_loader = DataLoader(flowers, batch_size=32)
`,
    `${FLOWERS}
training, _ = random_split(flowers, [800, 200], generator=torch.Generator().manual_seed(1))
_, testing = random_split(flowers, [800, 200], generator=torch.Generator().manual_seed(1))
`,
  ],
  *run(program) {
    yield* splitUnread(program);
    yield* sameTwice(program);
    const splits = statementsOf(program).flatMap((statement) => splitOf(statement) ?? []);
    if (splits.length === 0) return;
    yield* wholeTrainedOn(program, splits);
    yield* splitAgain(program, splits);
  },
};

/**
 * One part of a published data set under two names, the one learned from and the other, by its name, for testing. What
 * picks examples out of it, as samplers and subsets do, may keep the two apart.
 */
function* sameTwice(program: Program): Generator<Found> {
  const iterated = new Set(eventsOf(program, 'loader-iterated').map(({ loader }) => loader));
  const whole = [...iterated].flatMap((loader) => {
    const call = foreignCall(loader.dataset);
    const data = dataOf(loader);
    const isPicked = ['sampler', 'batch_sampler'].some((name) => loader.named.has(name));
    return call === undefined || data?.span === undefined || data.train === undefined || isPicked
      ? []
      : [{ loader, call, data, span: data.span }];
  });
  for (const testing of whole) {
    if (testing.call.name.includes('.data.') || isLearnedFrom(program, testing.loader)) continue;
    const [name = ''] = namesOfMaking(program, testing.span);
    if (!/test|val/i.test(name) || /train/i.test(name)) continue;
    const learned = whole.find(
      (one) =>
        one.span.start !== testing.span.start &&
        one.data.name === testing.data.name &&
        one.data.train === testing.data.train &&
        isSameFolder(one.call, testing.call) &&
        isLearnedFrom(program, one.loader),
    );
    if (learned === undefined) continue;
    yield {
      at: testing.span,
      message: `${name} is the very part of ${testing.data.name} that is learned from.`,
      evidence: [places(['it is learned from', learned.span])],
    };
  }
}

function isSameFolder(one: NamedCall, other: NamedCall): boolean {
  const [first, second] = [givenTo(one, 'root', 0), givenTo(other, 'root', 0)];
  return typeof first === 'string' ? first === second : first !== undefined && second !== undefined;
}

/** The names that the statement with a call binds. */
function namesOfMaking(program: Program, span: Span): readonly string[] {
  const statement = statementAt(program, span);
  return statement === undefined ? [] : [...boundBy(statement)];
}

interface Split {
  readonly statement: tree.Statement;
  /** What is split, as it is written. */
  readonly of: string;
  /** Names of the parts, in order; `_` for one that is not wanted. */
  readonly parts: readonly string[];
  readonly call: string;
}

function splitOf(statement: tree.Statement): Split | undefined {
  if (statement.kind !== 'Assign' || statement.value.kind !== 'Call') return undefined;
  const [target] = statement.targets;
  const [of] = statement.value.args;
  if (!/(^|\.)random_split$/.test(statement.value.callee.span.text) || of?.kind !== 'Name') return undefined;
  if (target?.kind !== 'Tuple' && target?.kind !== 'List') return undefined;
  return {
    statement,
    of: of.id,
    parts: target.items.map(({ span }) => span.text),
    call: statement.value.span.text,
  };
}

interface Loader {
  readonly name: string;
  readonly over: string;
  readonly statement: tree.Statement;
}

function loadersIn(program: Program): Loader[] {
  return statementsOf(program).flatMap((statement): Loader[] => {
    if (statement.kind !== 'Assign' || statement.value.kind !== 'Call') return [];
    const { callee, args, keywords } = statement.value;
    const [name = ''] = boundBy(statement);
    const over = args[0] ?? keywords.find((keyword) => keyword.name === 'dataset')?.value;
    return /(^|\.)DataLoader$/.test(callee.span.text) && over?.kind === 'Name'
      ? [{ name, over: over.id, statement }]
      : [];
  });
}

function* wholeTrainedOn(program: Program, splits: readonly Split[]): Generator<Found> {
  const loaders = loadersIn(program);
  for (const { statement, of, parts } of splits) {
    const isUsed = loaders.some(
      ({ name, over }) => parts.includes(over) && /test|val/i.test(name) && /test|val/i.test(over),
    );
    const whole = loaders.find(
      (one) => one.over === of && /train/i.test(one.name) && one.statement.span.start > statement.span.start,
    );
    const isOther = statementsOf(program).some(
      (one) => one.span.start > statement.span.start && boundBy(one).includes(of),
    );
    if (!isUsed || whole === undefined || isOther || parts.includes(of)) continue;
    yield {
      at: whole.statement.span,
      message: `This loader goes over all of ${of}, the part that is kept for testing too.`,
      evidence: [places(['it is split', statement.span])],
    };
  }
}

function* splitAgain(program: Program, splits: readonly Split[]): Generator<Found> {
  if (/manual_seed|seed_everything|set_seed/.test(program.source)) return;
  for (const [at, second] of splits.entries())
    for (const first of splits.slice(0, at)) {
      const wanted = ({ parts }: Split): number[] =>
        parts.flatMap((name, index) => (name === '_' ? [] : [index]));
      if (first.of !== second.of || first.call !== second.call || /generator/.test(first.call)) continue;
      if (!first.parts.includes('_') || !second.parts.includes('_')) continue;
      if (wanted(first).some((index) => wanted(second).includes(index))) continue;
      yield {
        at: second.statement.span,
        message: `${second.of} is split a second time, by chance anew: some of one part are in the other.`,
        evidence: [places(['it is split first', first.statement.span])],
      };
    }
}
