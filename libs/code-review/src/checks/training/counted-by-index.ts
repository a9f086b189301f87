import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { functionsAround, loopsOf, statementsIn, targetsOf } from '../../ask/tree.js';

export const countedByIndex: Check = {
  id: 'counted-by-index',
  title: 'Turns counted by their index',
  severity: 'warning',
  why: 'The indices 0, 1, 2, … summed up are about half the square of the number of turns, not that number: a mean by it comes out far too small.',
  instead: 'Add 1 in each turn, or divide by the length of the loader.',
  needs: 'The index of enumerate added to a name that starts at 0, and something divided by that name.',
  wrong: [
    `${PRELUDE}
def evaluate():
    model.eval()
    total, batches = 0.0, 0
    with torch.no_grad():
        for i, (inputs, labels) in enumerate(loader):
            total += criterion(model(inputs), labels).item()
            batches += i  # <--
    return total / (batches + 1)
`,
    `
import torch

def learn(model, loader, criterion, optimizer):
    total = 0
    for i, (x, y) in enumerate(loader):
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    print(total / i)  # <--
`,
    `
import torch

def examine(model, loader, score):
    model.eval()
    total, count = 0, 0
    with torch.no_grad():
        for i, (x, y) in enumerate(loader):
            total += score(model(x), y)
            count = i  # <--
    return total / count
`,
  ],
  right: [
    `
import torch

def learn(model, loader, criterion, optimizer):
    total = 0
    for i, (x, y) in enumerate(loader):
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    print(total / (i + 1))
`,
    `
def examine(model, loader, score):
    total, last = 0, 1
    for i, (x, y) in enumerate(loader):
        total += score(model(x), y)
        last = i
    first = total / (last + 1)
    last = len(loader)
    return first, total / last
`,
    `${PRELUDE}
def evaluate():
    model.eval()
    total, batches = 0.0, 0
    with torch.no_grad():
        for i, (inputs, labels) in enumerate(loader):
            total += criterion(model(inputs), labels).item()
            batches += 1
    return total / batches
`,
    `
indices = 0
for i, value in enumerate([3, 4, 5]):
    indices += i
print(indices)
`,
  ],
  *run(program) {
    if (!program.source.includes('enumerate(')) return;
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For' || !/^enumerate\([^,]*\)$/.test(loop.iterable.span.text)) continue;
      if (loop.target.kind !== 'Tuple' || loop.target.items[0]?.kind !== 'Name') continue;
      const index = loop.target.items[0].id;
      const around = functionsAround(program, loop.span).at(-1)?.body ?? program.body;
      const block = [
        around,
        ...statementsIn(around).flatMap((one) => ('body' in one ? [one.body] : [])),
      ].find((one) => Array.isArray(one) && one.includes(loop));
      const after = Array.isArray(block) ? block[block.indexOf(loop) + 1] : undefined;
      const byLast = after && dividedBy([after], index, true);
      const summed = byLast?.kind === 'BinOp' ? byLast.left.span.text : '';
      if (
        byLast !== undefined &&
        loop.body.some(
          (one) => one.kind === 'AugAssign' && one.operator === '+' && targetsOf(one).includes(summed),
        )
      )
        yield {
          at: byLast.span,
          message: `${index} is the index of the last turn, one less than there were turns.`,
          evidence: [places(['the loop', loop.iterable.span])],
        };
      yield* lastKept(loop, index, around);
      for (const counted of loop.body) {
        if (counted.kind !== 'AugAssign' || counted.operator !== '+') continue;
        if (counted.target.kind !== 'Name' || counted.value.kind !== 'Name' || counted.value.id !== index)
          continue;
        const [name = ''] = targetsOf(counted);
        const mean = dividedBy(around, name);
        if (mean === undefined) continue;
        yield {
          at: counted.span,
          message: `${name} adds up the indices ${index}, and is taken for the number of turns.`,
          evidence: [places(['something is divided by it', mean.span])],
        };
      }
    }
  },
};

/** `count = i` in the loop, and a sum of its turns divided by count after it. */
function* lastKept(
  { body, span, iterable }: tree.For,
  index: string,
  around: readonly tree.Statement[],
): Generator<Found> {
  const summed = body.flatMap((one) =>
    one.kind === 'AugAssign' && one.operator === '+' ? targetsOf(one) : [],
  );
  for (const kept of body) {
    if (kept.kind !== 'Assign' || kept.value.kind !== 'Name' || kept.value.id !== index) continue;
    const [name = ''] = targetsOf(kept);
    const after = statementsIn(around).filter((one) => one.span.start >= span.end);
    const mean = dividedBy(after, name, true);
    if (mean?.kind !== 'BinOp' || !summed.includes(mean.left.span.text)) continue;
    if (after.some((one) => one.span.start < mean.span.start && targetsOf(one).includes(name))) continue;
    yield {
      at: kept.span,
      message: `${name} is the index of the last turn, one less than there were turns.`,
      evidence: [places(['the loop', iterable.span], ['the sum is divided by it', mean.span])],
    };
  }
}

/** Where something is divided by a name, or by one more. */
function dividedBy(
  body: readonly tree.Statement[],
  name: string,
  isAlone = false,
): tree.Expression | undefined {
  const by = isAlone ? new RegExp(`^${name}$`) : new RegExp(String.raw`^\(?\s*${name}\s*(\+\s*1)?\s*\)?$`);
  let found: tree.Expression | undefined;
  eachNode(body, (node) => {
    if (node.kind === 'BinOp' && node.operator === '/' && by.test(node.right.span.text)) found ??= node;
  });
  return found;
}
