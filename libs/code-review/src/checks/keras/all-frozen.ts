import type { Program } from '@tensormark/frameworks';
import { kerasOf } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { fitsAfter } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import { callsOf, functionsAround, loopsOf, statementsIn, statementsOf } from '../../ask/tree.js';
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

const ON_TOP = `
from keras.applications import VGG16
from keras.layers import Dense, Flatten
from keras.models import Model
from data import x, y
def built():
    base = VGG16(include_top=False, input_shape=(96, 96, 3))
    model = Model(base.input, Dense(3, activation='softmax')(Flatten()(base.output)))`;
const TAUGHT = `
def teach(model):
    model.fit(x, y, epochs=5)
teach(built())`;

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
    `${ON_TOP}
    for layer in model.layers:  # <--
        layer.trainable = False
    model.compile(loss='categorical_crossentropy', optimizer='adam')
    return model
${TAUGHT}
`,
  ],
  right: [
    `${ON_TOP}
    for layer in base.layers:
        layer.trainable = False
    model.compile(loss='categorical_crossentropy', optimizer='adam')
    return model
${TAUGHT}
`,
    `
from keras.layers import Dense
from keras.models import load_model
from data import x, y
model = load_model('first.h5')
model.pop()
for layer in model.layers:
    layer.trainable = False
model.add(Dense(3, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=5)
`,
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
    yield* frozenOneByOne(program);
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
      const trained = trainingOf(program, name)?.span ?? trainedAfter(program, compiled.span);
      if (before || trained === undefined) continue;
      yield {
        at: frozen.span,
        message: `All of ${name} is frozen when it is compiled, and it is trained by itself: nothing in it is learned.`,
        severity: 'warning',
        evidence: [places(['compiled here', compiled.span], ['trained here', trained])],
      };
    }
  },
};

/** Every layer of a network is frozen in a loop, the new ones too, and it is compiled and trained so. */
function* frozenOneByOne(program: Program): Generator<Found> {
  for (const loop of loopsOf(program)) {
    if (loop.kind !== 'For' || loop.body.length !== 1) continue;
    const [only] = loop.body;
    const name = /^(\w+)\.layers$/.exec(loop.iterable.span.text)?.[1];
    if (name === undefined || only === undefined || frozenBy(only) !== loop.target.span.text) continue;
    const around = functionsAround(program, loop.span).at(-1)?.body ?? program.body;
    const compiled = statementsIn(around)
      .filter(({ span }) => span.start >= loop.span.end)
      .find(
        (one) =>
          isCall(one, name, /^(compile|add)$/) ||
          isMade(one, name) ||
          /\.trainable\s*=\s*True/.test(one.span.text),
      );
    if (compiled === undefined || !isCall(compiled, name, /^compile$/)) continue;
    const trained = trainedAfter(program, compiled.span);
    if (trained === undefined) continue;
    yield {
      at: loop.span,
      severity: 'warning',
      message: `Every layer of ${name} is frozen, the last ones too, when it is compiled, and it is trained so: nothing in it is learned.`,
      instead:
        'Freeze the layers of the network that was learned before, base.layers, and not those that are put on top of it.',
      evidence: [places(['compiled here', compiled.span], ['trained here', trained])],
    };
  }
}

/** Where a network is trained before it is compiled again; undefined where it is not. */
function trainedAfter(program: Program, compiling: Span): Span | undefined {
  for (const model of kerasOf(program).models) {
    const compiled = model.compiles.find(({ moment }) => moment.span?.start === compiling.start);
    const fit = compiled && fitsAfter({ model, compiled })[0];
    if (fit !== undefined) return fit.moment.span;
  }
  return undefined;
}

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
