import { isValue, turnsOf } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { graphOf, isCut } from '../../ask/gradients.js';
import { learnedWithin } from '../../ask/learners.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { backwardsOf, valuesLearnedFrom } from '../../ask/training.js';
import { callsOf } from '../../ask/tree.js';

const ADDITIONS = ['__iadd__', '__add__', '__radd__', 'add'] as const;

export const lossAccumulate: Check = {
  id: 'loss-accumulate',
  title: 'The running total keeps every graph',
  severity: 'warning',
  why: 'The total is a tensor that remembers how each loss was computed, so memory grows with every batch.',
  instead: 'Add loss.item(), which is a plain number.',
  needs:
    'A sum carried from turn to turn of a training loop, of losses that gradients flow through, that backward() is never called on.',
  wrong: [
    `${PRELUDE}
import matplotlib.pyplot as plt
losses = []
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss)  # <--
plt.plot(losses)
`,
    `
import torch
from nets import Coder
net = Coder()
optimizer = torch.optim.Adam(net.parameters())
total = 0
for pictures in torch.rand(100, 8, 3, 32, 32):
    made, code_loss = net(pictures)
    near = torch.nn.functional.mse_loss(made, pictures)
    loss = near + 0.25 * code_loss.mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    total += near * len(pictures)  # <--
`,
    `${PRELUDE}
for epoch in range(10):
    total = 0
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        total += loss  # <--
    print(total / len(loader))
`,
    `
def train(model, loader, optimizer, criterion):
    total = 0
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        total += loss  # <--
    return total / len(loader)
`,
  ],
  right: [
    `
def train(model, loader, optimizer, criterion):
    total = 0
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        total += loss.detach()
    return total / len(loader)
`,
    `${PRELUDE}
for epoch in range(10):
    total = 0
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        total += loss.item()
`,
    `${PRELUDE}
for epoch in range(10):
    optimizer.zero_grad()
    total = 0
    for inputs, labels in loader:
        total += criterion(model(inputs), labels)
    total.backward()
    optimizer.step()
`,
    `${PRELUDE}
with torch.no_grad():
    total = 0
    for inputs, labels in loader:
        total += criterion(model(inputs), labels)
`,
  ],
  *run(program) {
    const backwards = backwardsOf(program);
    const inGraphs = valuesLearnedFrom(program);
    const losses = new Set(backwards.flatMap(({ on }) => (on === undefined ? [] : [on.id])));
    const seen = new Set<number>();
    yield* keptInLists(program, losses);
    for (const { args, result, moment } of callsNamed(program, ...ADDITIONS)) {
      const turn = turnsOf(moment)[0];
      if (!isValue(result) || turn === undefined || turn.index === 0) continue;
      const { span } = moment;
      if (span === undefined || seen.has(span.start) || isCut(result) || inGraphs.has(result)) continue;
      const operands = args.positional.filter(isValue);
      const carried = operands.find(
        (value) => value.span?.start === span.start && makerOf(value) === 'add' && value.id !== result.id,
      );
      const added = operands.find((value) => value !== carried);
      if (carried === undefined || added === undefined || isCut(added)) continue;
      // A loss that backward() was called on has a graph, whatever made it.
      const isTrained =
        losses.has(added.id) || isOfLoss(program, added, losses) || isPartLearned(program, added);
      if (!isTrained) continue;
      seen.add(span.start);
      yield {
        at: span,
        message: 'The loss is added to a running total as a tensor, with the graph it came from.',
        evidence: [places(['the loss', added.span], ['the loop', turn.loop.span])],
      };
    }
  },
};

/** Where NumPy or Matplotlib, which take no tensors that need gradients, is handed a list of the file. */
function arrayOf(program: Program, list: string | undefined): Span | undefined {
  if (list === undefined) return undefined;
  return callsOf(program).find(
    ({ callee, args }) =>
      /^((plt|ax\w*|pyplot)\.(plot|scatter|semilogy)|(np|numpy)\.(array|asarray|mean|average|sum|save|std|median))$/.test(
        callee.span.text,
      ) && args.some(({ span }) => span.text === list),
  )?.span;
}

/** Whether it is made of a loss that gradients are computed of: one of PyTorch’s, or any of what a network gives. */
function isOfLoss(program: Program, added: Value, losses: ReadonlySet<number>): boolean {
  const computed = new Set(eventsOf(program, 'loss').flatMap(({ result }) => result ?? []));
  const of = graphOf(added).filter(({ id }) => losses.has(id));
  return (
    of.some((value) => computed.has(value)) || (of.length > 0 && learnedWithin(program, added).length > 0)
  );
}

/** Whether it is made of a part of a loss that gradients are computed of, by which a network learns. */
function isPartLearned(program: Program, added: Value): boolean {
  const inGraphs = valuesLearnedFrom(program);
  const parts = new Set(eventsOf(program, 'loss').flatMap(({ result }) => result ?? []));
  return (
    graphOf(added).some((value) => parts.has(value) && inGraphs.has(value)) &&
    learnedWithin(program, added).length > 0
  );
}

/** `losses.append(loss)`: each keeps the tensor, which plots and prints as one, where its number is meant. */
function* keptInLists(program: Program, losses: ReadonlySet<number>): Generator<Found> {
  const backwards = backwardsOf(program);
  const seen = new Set<number>();
  for (const { owner, args, moment } of callsNamed(program, 'append')) {
    const [, kept] = args.positional;
    const at = moment.span;
    if (owner !== 'list' || !isValue(kept) || at === undefined || seen.has(at.start)) continue;
    if (!losses.has(kept.id) || isCut(kept) || turnsOf(moment).length === 0) continue;
    if (
      backwards.some(({ on }) => on !== undefined && on !== kept && comesOf(on, ({ id }) => id === kept.id))
    )
      continue;
    seen.add(at.start);
    const array = arrayOf(program, /^([\w.]+)\.append\(/.exec(at.text)?.[1]);
    yield {
      at,
      ...(array === undefined && { severity: 'design' as const }),
      message:
        array === undefined
          ? 'The loss is kept in a list as a tensor that needs gradients, not as a number.'
          : 'The loss is kept in a list as a tensor that needs gradients, of which no array can be made.',
      evidence: [places(['the loss', kept.span], ['an array is made of them here', array])],
    };
  }
}
