import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { goneOver, isOfTesting, isOfTraining } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { holds, loopsOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const FIGURES = (by: string): string => `
def judge(model, train_loader, val_loader, criterion, optimizer):
    total = 0.0
    for inputs, labels in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        total += loss.item()
    print(total / len(train_loader))
    total = 0.0
    for inputs, labels in val_loader:
        total += criterion(model(inputs), labels).item()
    mean = total / len(${by})
    return mean
`;

export const otherLoader: Check = {
  id: 'other-loader',
  title: 'A sum over one loader divided by the length of another',
  severity: 'warning',
  why: 'Two loaders have as many batches only by chance: the figure is too large or too small by the ratio of the two.',
  instead: 'Divide by the length of the loader that the sum goes over.',
  needs:
    'A sum that is built in a loop over one loader and, after it, divided by the length of another that a loop goes over.',
  wrong: [
    FIGURES('train_loader').replace('len(train_loader)\n    return', 'len(train_loader)  # <--\n    return'),
    `
def learn(model, train_loader, test_loader, criterion, optimizer):
    total = 0.0
    for inputs, labels in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        total += loss.item()
    total /= len(test_loader.dataset)  # <--
    return total
`,
  ],
  right: [FIGURES('val_loader'), FIGURES('val_loader.dataset')],
  *run(program) {
    if (!/\/=?\s*len\(/.test(program.source)) return;
    const loops = loopsOf(program).filter((loop): loop is tree.For => loop.kind === 'For');
    const loaders = new Set(
      loops.map(overOf).filter((text) => /^[\w.]+$/.test(text) && /load|_dl$|batches|iter/i.test(text)),
    );
    for (const loop of loops) {
      const over = overOf(loop);
      if (!loaders.has(over)) continue;
      const sums = new Set(
        statementsIn(loop.body).flatMap((one) =>
          one.kind === 'AugAssign' && one.operator === '+' ? targetsOf(one) : [],
        ),
      );
      for (const after of following(program.body, loop)) {
        if (
          targetsOf(after).some((name) => sums.has(name)) &&
          after.kind === 'Assign' &&
          !/\//.test(after.span.text)
        )
          for (const name of targetsOf(after)) sums.delete(name);
        if (after.kind === 'For') break;
        const [, sum = '', by = ''] =
          /(?:^|[=(,\s])([\w.]+)\s*\/=?\s*len\(\s*([\w.]+?)(?:\.dataset)?\s*\)/.exec(
            /^(Assign|AugAssign|Return|Expr)$/.test(after.kind) ? after.span.text : '',
          ) ?? [];
        // A loader that no loop goes over is known by its name.
        const isOther = loaders.has(by) || (isOfTraining(over) && isOfTesting(by) && /load/i.test(by));
        if (!sums.has(sum) || by === over || !isOther) continue;
        yield {
          at: after.span,
          message: `${sum} is summed over ${over}, and divided by the length of ${by}.`,
          evidence: [places(['the sum is built here', loop.iterable.span])],
        };
      }
    }

    function* following(body: readonly tree.Statement[], loop: tree.For): Generator<tree.Statement> {
      const block = blockOf(body, loop);
      const at = block.indexOf(loop);
      yield* block.slice(at + 1);
    }

    function blockOf(body: readonly tree.Statement[], loop: tree.For): readonly tree.Statement[] {
      if (body.includes(loop)) return body;
      for (const one of statementsOf(program)) {
        if (!holds(one.span, loop.span) || one === loop) continue;
        if ('body' in one && Array.isArray(one.body) && one.body.includes(loop)) return one.body;
        if ('orElse' in one && Array.isArray(one.orElse) && one.orElse.includes(loop)) return one.orElse;
      }
      return [];
    }
  },
};

function overOf(loop: tree.For): string {
  return goneOver(loop.iterable).span.text;
}
