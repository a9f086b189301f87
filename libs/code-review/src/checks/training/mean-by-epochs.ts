import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { loopsOf, statementsIn, targetsOf } from '../../ask/tree.js';

const EPOCHS = (by: string): string => `${PRELUDE}
n_epochs = 10
for epoch in range(n_epochs):
    total = 0.0
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        total += loss.item()
    ${by}
`;

export const meanByEpochs: Check = {
  id: 'mean-by-epochs',
  title: 'The sum of one epoch divided by how many epochs there are',
  severity: 'warning',
  why: 'The sum is begun anew in every epoch and has one figure for each batch: the number of epochs has nothing to do with it.',
  instead: 'Divide by the number of batches, len(loader).',
  needs:
    'A sum over batches that each turn of a loop over range(n) begins anew, and that is divided by n in that turn.',
  wrong: [EPOCHS('total /= n_epochs  # <--'), EPOCHS('print(epoch, total / n_epochs)  # <--')],
  right: [
    EPOCHS('print(epoch, total / len(loader), epoch / n_epochs)'),
    EPOCHS('print(epoch, total)')
      .replace('    total = 0.0\n', '')
      .replace('n_epochs = 10', 'n_epochs, total = 10, 0.0'),
  ],
  *run(program) {
    if (!/epoch/i.test(program.source)) return;
    for (const outer of loopsOf(program)) {
      const epochs = outer.kind === 'For' ? boundOf(outer.iterable) : undefined;
      if (epochs === undefined) continue;
      for (const inner of outer.body) {
        if (inner.kind !== 'For' || boundOf(inner.iterable) === epochs) continue;
        for (const sum of statementsIn(inner.body)) {
          const [name = ''] = targetsOf(sum);
          if (sum.kind !== 'AugAssign' || sum.operator !== '+') continue;
          if (!/^[\w.]+\.item\(\)$/.test(sum.value.span.text)) continue;
          const isBegunAnew = outer.body.some(
            (one) =>
              one.kind === 'Assign' && one.span.end <= inner.span.start && targetsOf(one).includes(name),
          );
          const at = isBegunAnew ? dividedBy(outer, inner, name, epochs) : undefined;
          if (at === undefined) continue;
          yield {
            at: at.span,
            message: `${name} is a sum over the batches of one epoch, and is divided by ${epochs}, the number of epochs.`,
            evidence: [places(['it is summed up here', sum.span])],
          };
        }
      }
    }
  },
};

/** `n_epochs` of `range(n_epochs)`, where it says by its name that it counts epochs. */
function boundOf(iterable: tree.Expression): string | undefined {
  const bound = /\bt?range\(\s*(?:[01]\s*,\s*)?([\w.]+)(?:\s*\+\s*1)?\s*\)/.exec(iterable.span.text)?.[1];
  return bound !== undefined && /epoch/i.test(bound) ? bound : undefined;
}

/** Where a loop divides a name by another after an inner loop, with nothing between that gives it another value. */
function dividedBy(
  outer: tree.For | tree.While,
  inner: tree.For,
  name: string,
  by: string,
): tree.Expression | tree.Statement | undefined {
  for (const one of outer.body) {
    if (one.span.start < inner.span.end) continue;
    if (one.kind === 'AugAssign' && one.operator === '/' && one.target.span.text === name)
      return one.value.span.text === by ? one : undefined;
    let found: tree.Expression | undefined;
    eachNode(one, (node) => {
      if (node.kind === 'BinOp' && node.operator === '/' && node.left.span.text === name)
        if (node.right.span.text === by) found ??= node;
    });
    if (found !== undefined) return found;
    if (targetsOf(one).includes(name)) return undefined;
  }
  return undefined;
}
