import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { loopsOf, statementsIn, targetsOf } from '../../ask/tree.js';

const EVERY = (told: string): string => `${PRELUDE}
running = 0.0
for i, (inputs, labels) in enumerate(loader):
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    optimizer.step()
    running += loss.item()
    if i % 10 == 9:
        ${told}
        running = 0.0
`;

export const meanOfInterval: Check = {
  id: 'mean-of-interval',
  title: 'A sum of some batches divided by another number of them',
  severity: 'warning',
  why: 'Told after every tenth batch, the sum is of ten: divided by another number it is no mean of anything.',
  instead: 'Divide by as many as were summed up.',
  needs:
    'A sum of losses that is told and begun anew every so many batches, written as a number, and divided by another number.',
  wrong: [EVERY('print(i, running / 1000)  # <--')],
  right: [EVERY('print(i, running / 10)'), EVERY('print(i, running / 10 / 32)')],
  *run(program) {
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For') continue;
      const inside = statementsIn(loop.body);
      for (const told of inside) {
        if (told.kind !== 'If') continue;
        const every = /%\s*(\d+)\s*==\s*(\d+)\s*:?\s*\)?$/.exec(told.test.span.text);
        const [, count = '', rest = ''] = every ?? [];
        // At 0 of 10 the first time is after one.
        if (every === null || Number(rest) !== Number(count) - 1) continue;
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
        const wrong = isBegunAnew ? dividedIn(told.body, name, Number(count)) : undefined;
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

/** Where a name is divided by a number other than this, and by nothing more. */
function dividedIn(
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
    const by = /^\d+$/.test(node.right.span.text) ? Number(node.right.span.text) : undefined;
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
