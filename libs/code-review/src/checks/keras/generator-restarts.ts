import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { loopsOf, targetsOf, usesOf } from '../../ask/tree.js';

const BEGINNING = `
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
`;

const ENDING = `
model = Sequential([Dense(16, input_dim=4, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(batches(), steps_per_epoch=100, epochs=10)
`;

export const generatorRestarts: Check = {
  id: 'generator-restarts',
  title: 'A generator that gives the same batch again and again',
  severity: 'warning',
  why: 'The place to go on from is set to the beginning in every turn of the endless loop: what is added to it after the yield is forgotten, and the network sees one batch of all its data.',
  instead: 'Set it before the loop, and to the beginning again only where the data end.',
  needs: 'A loop that yields, sets a counter to a number before it and adds to that counter after it.',
  wrong: [
    `${BEGINNING}
def batches(size=32):
    while True:
        start = 0  # <--
        yield x[start:start + size], y[start:start + size]
        start += size
        if start + size > len(x):
            start = 0
${ENDING}`,
  ],
  right: [
    `${BEGINNING}
def batches(size=32):
    start = 0
    while True:
        yield x[start:start + size], y[start:start + size]
        start += size
        if start + size > len(x):
            start = 0
${ENDING}`,
    `${BEGINNING}
def batches(size=32):
    while True:
        start = 0
        while start + size <= len(x):
            yield x[start:start + size], y[start:start + size]
            start += size
${ENDING}`,
    `${BEGINNING}
def batches(size=32):
    while True:
        seen = 0
        for start in range(0, len(x), size):
            yield x[start:start + size], y[start:start + size]
            seen += 1
        seen += 1
        print(seen)
${ENDING}`,
  ],
  *run(program) {
    if (!/\byield\b/.test(program.source)) return;
    for (const { kind, body } of loopsOf(program)) {
      if (kind !== 'While') continue;
      for (const [at, statement] of body.entries()) {
        const name = numberGivenTo(statement);
        if (name === undefined) continue;
        const rest = body.slice(at + 1);
        const given = rest.findIndex((one) => yields(one));
        const added = rest.findIndex((one) => one.kind === 'AugAssign' && one.target.span.text === name);
        const yielded = rest[given];
        const adding = rest[added];
        if (yielded === undefined || adding === undefined || added < given) continue;
        // Read again before the turn ends, it is a figure of this turn; set by anything before, no place to go on from.
        if (rest.slice(0, given).some((one) => targetsOf(one).includes(name))) continue;
        if (!mentions(rest.slice(0, given + 1), name) || readsOn(rest.slice(added + 1), name)) continue;
        yield {
          at: statement.span,
          message: `${name} begins anew in every turn: what is yielded is always the same part of the data.`,
          evidence: [places(['yielded here', yielded.span], ['added to, and forgotten', adding.span])],
        };
      }
    }
  },
};

/** The name that a statement gives a number that is written down. */
function numberGivenTo(statement: tree.Statement): string | undefined {
  if (statement.kind !== 'Assign' || statement.targets.length !== 1) return undefined;
  const [target] = statement.targets;
  return target?.kind === 'Name' && /^\d+$/.test(statement.value.span.text) ? target.id : undefined;
}

/** `yield …` as a statement of the loop itself. */
function yields(statement: tree.Statement): boolean {
  return statement.kind === 'Expr' && statement.value.kind === 'Yield';
}

const mentions = (statements: readonly tree.Statement[], name: string): boolean =>
  usesOf(statements, name).length > 0;

/** Whether what comes after it looks at the counter for more than to set it to the beginning. */
function readsOn(statements: readonly tree.Statement[], name: string): boolean {
  return statements.some((one) => {
    if (one.kind !== 'If') return mentions([one], name);
    return [...one.body, ...one.orElse].some(
      (inner) => numberGivenTo(inner) !== name && mentions([inner], name),
    );
  });
}
