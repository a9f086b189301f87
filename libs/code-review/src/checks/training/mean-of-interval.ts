import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { loopsOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const EVERY = (told: string, test = 'i % 10 == 9'): string => `${PRELUDE}
every, running = 10, 0.0
log_interval = 50
for i, (inputs, labels) in enumerate(loader):
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    optimizer.step()
    running += loss.item()
    if ${test}:
        ${told}
        running = 0.0
`;

export const meanOfInterval: Check = {
  id: 'mean-of-interval',
  title: 'A sum of some batches divided by another number of them',
  severity: 'warning',
  why: 'Told after every tenth batch, the sum is of ten: divided by another number it is no mean of anything.',
  instead: 'Divide by as many as were summed up.',
  needs: 'A sum of losses that is told and begun anew every so many batches, and divided by another number.',
  wrong: [
    EVERY('print(i, running / 1000)  # <--'),
    EVERY('print(i, running / 100)  # <--', 'i % log_interval == log_interval - 1'),
    EVERY('print(i, running / log_interval)  # <--', '(i + 1) % 20 == 0'),
    `
import torch

def learn(model, loader, criterion, optimizer, every):
    total = 0.0
    for i, (x, y) in enumerate(loader):
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
        if (i + 1) % every == 0:
            print(total / every)
        total = 0.0  # <--
`,
  ],
  right: [
    EVERY('print(i, running / 50)', '(i + 1) % log_interval == 0'),
    EVERY('print(i, running / 100)', 'i % log_interval == 0'),
    EVERY('print(i, running / 10)'),
    EVERY('print(i, running / 10 / 32)'),
  ],
  *run(program) {
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For') continue;
      yield* begunEachTurn(loop);
      const inside = statementsIn(loop.body);
      for (const told of inside) {
        if (told.kind !== 'If') continue;
        const count = intervalOf(program, told.test);
        if (count === undefined) continue;
        const summed = inside.find(
          (one) =>
            one.kind === 'AugAssign' &&
            one.operator === '+' &&
            /^\w+(\.item\(\)|\.data)$/.test(one.value.span.text),
        );
        const [name = ''] = summed === undefined ? [] : targetsOf(summed);
        const isBegunAnew = statementsIn(told.body).some(
          (one) =>
            one.kind === 'Assign' && targetsOf(one).includes(name) && /^0(\.0*)?$/.test(one.value.span.text),
        );
        const wrong = isBegunAnew ? dividedIn(program, told.body, name, count) : undefined;
        if (summed === undefined || wrong === undefined) continue;
        yield {
          at: wrong.span,
          message: `${name} is the sum of ${count} batches here, and is divided by ${wrong.right.span.text}.`,
          evidence: [places(['it is summed up here', summed.span])],
        };
      }
    }
  },
};

/** A sum that is told as the mean of several turns, and set back to 0 at the end of every one of them. */
function* begunEachTurn({ body }: tree.For): Generator<Found> {
  const summed = body.filter((one) => one.kind === 'AugAssign' && one.operator === '+');
  for (const [at, reset] of body.entries()) {
    if (reset.kind !== 'Assign' || !/^0(\.0*)?$/.test(reset.value.span.text)) continue;
    const [name = ''] = targetsOf(reset);
    const sum = summed.find((one) => targetsOf(one).includes(name));
    if (sum === undefined || body.indexOf(sum) > at) continue;
    const told = body
      .slice(0, at)
      .find(
        (one) =>
          one.kind === 'If' &&
          /%/.test(one.test.span.text) &&
          new RegExp(String.raw`\b${name}\s*/\s*(?!len\()`).test(one.span.text),
      );
    if (told === undefined) continue;
    yield {
      at: reset.span,
      message: `${name} is set back to 0 after every turn, and is told as the mean of several.`,
      evidence: [places(['it is told here', told.span])],
    };
  }
}

/** Of how many turns `i % 10 == 9` or `(i + 1) % every == 0` holds in the last; undefined where it holds in another. */
function intervalOf(program: Program, test: tree.Expression): number | undefined {
  if (test.kind !== 'Compare' || test.operators.length !== 1 || test.operators[0] !== '==') return undefined;
  const [wanted] = test.comparators;
  if (test.left.kind !== 'BinOp' || test.left.operator !== '%' || wanted === undefined) return undefined;
  const count = numberIn(program, test.left.right);
  const rest = numberIn(program, wanted);
  const isNext = test.left.left.kind === 'BinOp' && /^1\s*\+|\+\s*1$/.test(test.left.left.span.text);
  // At 0 of 10 the first time is after one.
  return count !== undefined && rest === (isNext ? 0 : count - 1) ? count : undefined;
}

/** A number that is written there, or that a name of the file is given once and for all. */
function numberIn(program: Program, node: tree.Expression, depth = 0): number | undefined {
  if (/^\d+$/.test(node.span.text)) return Number(node.span.text);
  if (node.kind === 'BinOp' && node.operator === '-' && depth < 3) {
    const [one, other] = [node.left, node.right].map((side) => numberIn(program, side, depth + 1));
    return one === undefined || other === undefined ? undefined : one - other;
  }
  if (node.kind !== 'Name' || depth > 3) return undefined;
  const set = statementsOf(program).filter((one) => targetsOf(one).includes(node.id));
  const isArgument = statementsOf(program).some(
    (one) => one.kind === 'FunctionDef' && one.parameters.some(({ name }) => name === node.id),
  );
  const [only] = set;
  return set.length === 1 && !isArgument && only?.kind === 'Assign'
    ? numberIn(program, only.value, depth + 1)
    : undefined;
}

/** Where a name is divided by a number other than this, and by nothing more. */
function dividedIn(
  program: Program,
  body: readonly tree.Statement[],
  name: string,
  count: number,
): tree.BinaryOperation | undefined {
  let found: tree.BinaryOperation | undefined;
  const within = new Set<tree.Expression>();
  eachNode(body, (node) => {
    if (node.kind !== 'BinOp') return;
    // A part of a longer product or quotient may make up for it.
    within.add(node.left);
    within.add(node.right);
    const by = numberIn(program, node.right);
    if (
      node.operator === '/' &&
      node.left.span.text === name &&
      by !== undefined &&
      by !== count &&
      !within.has(node)
    )
      found ??= node;
  });
  return found;
}
