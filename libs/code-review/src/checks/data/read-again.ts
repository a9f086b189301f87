import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { areSameCalls } from '../../ask/same-source.js';
import { statementsOf } from '../../ask/tree.js';

/** `X_test, y_test = read('data', split='train')`, where `X_train, y_train` are given by the very same call. */
export function* readAgain(program: Program): Generator<Found> {
  // What is read twice may be divided by its rows afterwards.
  if (!/['"]train/i.test(program.source) || /Subset\(|Sampler\(|_split\(.*test/.test(program.source)) return;
  const reads = statementsOf(program).flatMap((at) => readIn(at) ?? []);
  for (const test of reads) {
    if (!test.names.some((name) => /test/i.test(name))) continue;
    const train = reads.find(
      ({ names, at }) =>
        areSameCalls(at.value, test.at.value) &&
        at.span.start < test.at.span.start &&
        isFellow(names, test.names),
    );
    const isGivenOnce = reads.filter(({ names }) => names.join() === test.names.join()).length === 1;
    if (train === undefined || !isGivenOnce) continue;
    yield {
      at: test.at.span,
      message: `The call that gives ${train.names.join(', ')} is made again for ${test.names.join(', ')}: both are the same data.`,
      evidence: [places(['the same call', train.at.span])],
    };
  }
}

interface Read {
  readonly at: tree.Assign;
  readonly names: readonly string[];
}

/** What is read by a call that is told that it is for training. */
function readIn(at: tree.Statement): Read | undefined {
  if (at.kind !== 'Assign' || at.value.kind !== 'Call') return undefined;
  const { args, keywords } = at.value;
  const given = [...args, ...keywords.map(({ value }) => value)];
  const [target] = at.targets;
  const names =
    target?.kind === 'Tuple' ? target.items.map((item) => item.span.text) : [target?.span.text ?? ''];
  return given.some(
    (one) => one.kind === 'Constant' && typeof one.value === 'string' && isTraining(one.value),
  )
    ? { at, names }
    : undefined;
}

function isTraining(text: string): boolean {
  return /(^|[/_\W])train(ing)?($|[/_\W])/i.test(text);
}

/** Whether names are those of training with `test` in place of `train`, one by one. */
function isFellow(train: readonly string[], test: readonly string[]): boolean {
  return (
    train.length === test.length &&
    train.every(
      (name, at) =>
        name !== test[at] && name.replace(/train/i, 'test') === test[at]?.replace(/test/i, 'test'),
    )
  );
}
