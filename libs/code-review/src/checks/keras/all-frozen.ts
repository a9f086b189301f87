import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf, functionsAround, statementsIn, statementsOf } from '../../ask/tree.js';
import type { KerasPart } from './in-keras.js';

const JUDGE = `
import numpy as np
from keras.layers import Dense
from keras.models import Sequential
from data import examples
judge = Sequential()
judge.add(Dense(32, activation='relu', input_dim=2))
judge.add(Dense(1, activation='sigmoid'))
`;

/** A network that is frozen as a whole before it is compiled, and trained all the same. */
export const allFrozenInKeras: KerasPart = {
  why: 'Which weights are trained is settled when compile is called: of a network that is frozen by then nothing is.',
  instead:
    'Compile the network first and freeze it afterwards, before the one that it is a part of is compiled.',
  wrong: [
    `${JUDGE}
judge.trainable = False  # <--
judge.compile(loss='binary_crossentropy', optimizer='adam')
for step in range(1000):
    judge.train_on_batch(examples(64), np.ones(64))
`,
  ],
  right: [
    `${JUDGE}
judge.compile(loss='binary_crossentropy', optimizer='adam')
judge.trainable = False
for step in range(1000):
    judge.train_on_batch(examples(64), np.ones(64))
`,
    `${JUDGE}
judge.trainable = False
judge.compile(loss='binary_crossentropy', optimizer='adam')
print(judge.evaluate(examples(64), np.ones(64)))
judge.trainable = True
judge.compile(loss='binary_crossentropy', optimizer='adam')
for step in range(1000):
    judge.train_on_batch(examples(64), np.ones(64))
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!/\.trainable\s*=\s*False/.test(program.source)) return;
    for (const frozen of statementsOf(program)) {
      const name = frozenBy(frozen);
      if (name === undefined || isThawed(program, name)) continue;
      const around = functionsAround(program, frozen.span).at(-1)?.body ?? program.body;
      const later = statementsIn(around).filter(({ span }) => span.start > frozen.span.start);
      // What is made anew under the name is not frozen.
      const compiled = later.find((one) => isCall(one, name, /^compile$/) || isMade(one, name));
      if (compiled === undefined || isMade(compiled, name)) continue;
      const before = statementsIn(around).some(
        (one) => one.span.start < frozen.span.start && isCall(one, name, /^compile$/),
      );
      const trained = trainingOf(program, name);
      if (before || trained === undefined) continue;
      yield {
        at: frozen.span,
        message: `All of ${name} is frozen when it is compiled, and it is trained by itself: nothing in it is learned.`,
        severity: 'warning',
        evidence: [places(['compiled here', compiled.span], ['trained here', trained.span])],
      };
    }
  },
};

/** The network of `net.trainable = False`. */
function frozenBy(statement: tree.Statement): string | undefined {
  if (statement.kind !== 'Assign' || statement.value.span.text !== 'False') return undefined;
  const [target, ...more] = statement.targets;
  return more.length === 0 && target?.kind === 'Attribute' && target.attribute === 'trainable'
    ? target.value.span.text
    : undefined;
}

/** Whether anything else in the program may set what is trained. */
function isThawed(program: Program, name: string): boolean {
  return statementsOf(program).some(
    (one) =>
      one.kind === 'Assign' &&
      one.targets.some((target) => target.kind === 'Attribute' && target.attribute === 'trainable') &&
      !(frozenBy(one) === name) &&
      one.value.span.text !== 'False',
  );
}

function isMade(statement: tree.Statement, name: string): boolean {
  return statement.kind === 'Assign' && statement.targets.some(({ span }) => span.text === name);
}

function isCall(statement: tree.Statement, name: string, method: RegExp): boolean {
  return (
    statement.kind === 'Expr' &&
    statement.value.kind === 'Call' &&
    statement.value.callee.kind === 'Attribute' &&
    method.test(statement.value.callee.attribute) &&
    statement.value.callee.value.span.text === name
  );
}

/** Where a network is trained by itself. */
function trainingOf(program: Program, name: string): tree.Expression | undefined {
  let found: tree.Expression | undefined;
  for (const node of callsOf(program)) {
    if (
      node.callee.kind === 'Attribute' &&
      /^(fit|fit_generator|train_on_batch)$/.test(node.callee.attribute) &&
      node.callee.value.span.text === name
    )
      found ??= node;
  }
  return found;
}
