import { argument, isValue, kerasOf, madeBy } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { givenIn } from '../../ask/targets.js';
import { callsOf, loopsOf, statementsIn, statementsOf } from '../../ask/tree.js';

export const generatorSteps: Check = {
  id: 'generator-steps',
  title: 'A generator and a number of steps that do not go together',
  severity: 'error',
  why: 'Keras takes batches of a generator until it ends or until steps_per_epoch: one without an end never finishes the first epoch, and one that ends has nothing left for the second.',
  instead: 'Give steps_per_epoch with a generator that goes on forever (while True).',
  needs: 'fit that is handed the call of a generator that the program writes itself.',
  wrong: [
    `
import numpy as np
from keras.applications import VGG16
from keras.preprocessing.image import ImageDataGenerator
base = VGG16(include_top=False, input_shape=(150, 150, 3))
batches = ImageDataGenerator().flow_from_directory('pictures', target_size=(150, 150), batch_size=20)
found = np.zeros((2000, 4, 4, 512))
at = 0
for pictures, labels in batches:  # <--
    found[at * 20:(at + 1) * 20] = base.predict(pictures)
    at += 1
`,
    `
from keras.layers import Dense, Flatten
from keras.models import Sequential
from keras.preprocessing.image import ImageDataGenerator
from pictures import x, y
model = Sequential([Flatten(input_shape=(32, 32, 3)), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
parts = ImageDataGenerator(rescale=1 / 255).flow(x, y, batch_size=16)
model.fit(parts, steps_per_epoch=len(parts) / 16, epochs=20)  # <--
`,
    `
from keras.preprocessing.image import ImageDataGenerator
from nets import model
model.compile(loss='categorical_crossentropy', optimizer='adam')
pictures = ImageDataGenerator(rescale=1 / 255).flow_from_directory('train', batch_size=32)
model.fit(pictures, steps_per_epoch=pictures.samples, epochs=10)  # <--
`,
    `
from keras.models import Sequential
from keras.layers import Dense
from data import batch
def batches():
    while True:
        yield batch()
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(batches(), epochs=10)  # <--
`,
    `
from keras.models import Sequential
from keras.layers import Dense
from data import batch, names
def batches():
    for name in names:
        yield batch(name)
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit_generator(batches(), steps_per_epoch=100, epochs=10)  # <--
`,
    `
import tensorflow as tf
from data import x, y
pairs = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(1000).repeat().batch(32)
model = tf.keras.Sequential([tf.keras.layers.Dense(8, input_dim=4, activation='relu'), tf.keras.layers.Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(pairs, epochs=10)  # <--
`,
  ],
  right: [
    `
from keras.preprocessing.image import ImageDataGenerator
from nets import model
model.compile(loss='categorical_crossentropy', optimizer='adam')
pictures = ImageDataGenerator(rescale=1 / 255).flow_from_directory('train', batch_size=32)
model.fit(pictures, steps_per_epoch=pictures.samples // 32, epochs=10)
`,
    `
from keras.models import Sequential
from keras.layers import Dense
from data import batch, names
def forever():
    while True:
        for name in names:
            yield batch(name)
def once():
    for name in names:
        yield batch(name)
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(forever(), steps_per_epoch=100, epochs=10)
for epoch in range(10):
    model.fit(once(), epochs=1)
`,
    `
import tensorflow as tf
from data import x, y
pairs = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(1000).repeat(3).batch(32)
endless = pairs.repeat()
model = tf.keras.Sequential([tf.keras.layers.Dense(8, input_dim=4, activation='relu'), tf.keras.layers.Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(pairs, epochs=10)
model.fit(endless, steps_per_epoch=100, epochs=10)
model.fit(endless.take(50), epochs=10)
`,
  ],
  *run(program) {
    yield* endlessSets(program);
    yield* endlessFlows(program);
    yield* stepsOfExamples(program);
    if (!/\byield\b/.test(program.source)) return;
    for (const { fits } of kerasOf(program).models)
      for (const { call, moment, epochs } of fits) {
        const at = moment.span;
        const written = at && generatorGiven(program, at);
        if (at === undefined || written === undefined || !/^fit(_generator)?$/.test(call.name)) continue;
        const { named } = call.args;
        const hasSteps = named.has('steps_per_epoch') || named.has('samples_per_epoch');
        const isEndless = statementsIn(written.body).some(isForever);
        const message = isEndless
          ? hasSteps
            ? undefined
            : 'The generator never ends, and steps_per_epoch is not given: the first epoch goes on forever.'
          : (epochs ?? 1) > 1
            ? 'The generator ends after one pass, and there are more epochs than that.'
            : undefined;
        if (message === undefined) continue;
        yield { at, message, evidence: [places(['the generator', written.nameSpan])] };
      }
  },
};

/** What a data set is handed on by without becoming shorter. */
const HANDS_ON = /^(map|batch|padded_batch|cache|prefetch|shuffle|filter|with_options|unbatch)$/;

/** As many steps as there are pictures, of a generator that gives them in batches. */
function* stepsOfExamples(program: Program): Generator<Found> {
  if (!program.source.includes('steps_per_epoch')) return;
  for (const { fits } of kerasOf(program).models)
    for (const { call, moment, x } of fits) {
      const steps = call.args.named.get('steps_per_epoch');
      if (!isValue(steps) || !isValue(x) || moment.span === undefined) continue;
      if (isDividedAgain(steps, x))
        yield {
          at: moment.span,
          message:
            'len() of the generator counts its batches already: divided by the size of a batch, an epoch ends early.',
          instead: 'Leave steps_per_epoch out, or give len(generator).',
          severity: 'warning',
          evidence: [places(['the generator', x.span])],
        };
      const isOfGenerator =
        steps.made.kind === 'attribute' && /^(samples|n)$/.test(steps.made.name) && steps.inputs[0] === x;
      if (!isOfGenerator && !isLengthOfFlow(steps, x)) continue;
      const size =
        x.made.kind === 'operation' && x.made.name.startsWith('flow')
          ? x.made.args.named.get('batch_size')
          : 1n;
      if (size === 1n) continue;
      yield {
        at: moment.span,
        message:
          'There are as many steps as pictures, and each step takes a batch: an epoch goes over all of them many times.',
        instead: 'Leave steps_per_epoch out, or divide the number of pictures by the size of a batch.',
        severity: 'warning',
        evidence: [places(['the generator', x.span])],
      };
    }
}

/** `len(x)` of what `flow(x, y)` goes over. */
function isLengthOfFlow(steps: Value, { made }: Value): boolean {
  const [of] = steps.inputs;
  return (
    madeBy(steps) === 'len' &&
    of !== undefined &&
    made.kind === 'operation' &&
    made.name === 'flow' &&
    made.args.positional.slice(0, 2).includes(of)
  );
}

/** `len(generator) / 8`, of a generator that gives batches of 8. */
function isDividedAgain({ made }: Value, generator: Value): boolean {
  if (made.kind !== 'operation' || !/^(div|floordiv|floor_divide)$/.test(made.name)) return false;
  const [length, by] = made.args.positional;
  if (!isValue(length) || madeBy(length) !== 'len' || length.inputs[0] !== generator) return false;
  const { made: flow } = generator;
  return (
    flow.kind === 'operation' &&
    flow.name.startsWith('flow') &&
    typeof by === 'bigint' &&
    by > 1n &&
    by === (flow.args.named.get('batch_size') ?? 32n)
  );
}

/** Data sets that repeat without end, and no number of steps. */
function* endlessSets(program: Program): Generator<Found> {
  if (!/\.repeat\(/.test(program.source)) return;
  for (const { fits } of kerasOf(program).models)
    for (const { call, moment, x } of fits) {
      const { named } = call.args;
      if (moment.span === undefined || call.name !== 'fit' || moment.span.text.includes('**')) continue;
      if (named.has('steps_per_epoch') || call.args.positional.length > 10) continue;
      const repeated = repeatIn(x);
      if (repeated === undefined) continue;
      yield {
        at: moment.span,
        message:
          'The data set repeats without end, and steps_per_epoch is not given: there is no end to the first epoch.',
        instead: 'Leave repeat() out, which fit does by itself for each epoch, or give steps_per_epoch.',
        evidence: [places(['it repeats here', repeated.span])],
      };
    }
}

function repeatIn(datum: Datum | undefined): Value | undefined {
  let current = datum;
  for (let depth = 0; depth < 12 && isValue(current) && current.made.kind === 'operation'; depth++) {
    const { name, args }: Extract<Value['made'], { kind: 'operation' }> = current.made;
    if (name === 'repeat') {
      const count = argument(args, 'count', 1);
      return count === undefined || count === null || count === -1n ? current : undefined;
    }
    if (!HANDS_ON.test(name)) return undefined;
    [current] = args.positional;
  }
  return undefined;
}

function isForever(statement: tree.Statement): boolean {
  return statement.kind === 'While' && /^(True|1)$/.test(statement.test.span.text);
}

/** The generator whose call is what `fit` is given first, where the program writes it and nothing around it. */
function generatorGiven(program: Program, at: Span): tree.FunctionDefinition | undefined {
  let given: tree.Expression | undefined;
  for (const node of callsOf(program)) {
    if (node.span.start !== at.start || node.span.end !== at.end) continue;
    given ??= node.args[0] ?? node.keywords.find(({ name }) => name === 'x' || name === 'generator')?.value;
  }
  if (given?.kind !== 'Call' || given.callee.kind !== 'Name') return undefined;
  const name = given.callee.id;
  const found = statementsOf(program).filter(
    (one): one is tree.FunctionDefinition => one.kind === 'FunctionDef' && one.name === name,
  );
  const [only] = found;
  if (found.length !== 1 || only === undefined || (only.decorators?.length ?? 0) > 0) return undefined;
  return statementsIn(only.body).some((one) => one.kind === 'Expr' && one.value.kind === 'Yield')
    ? only
    : undefined;
}

/** A loop over what a generator of pictures gives, which goes round without end, where nothing leaves the loop. */
function* endlessFlows(program: Program): Generator<Found> {
  if (!program.source.includes('ImageDataGenerator')) return;
  const flows = new Set(
    statementsOf(program).flatMap((statement) =>
      givenIn(statement).flatMap(({ target, value }) => (isFlow(value) ? [target.span.text] : [])),
    ),
  );
  for (const loop of loopsOf(program)) {
    if (loop.kind !== 'For' || /\b(break|return|raise|yield|exit)\b/.test(loop.span.text)) continue;
    const over =
      loop.iterable.kind === 'Call' && loop.iterable.callee.span.text === 'enumerate'
        ? loop.iterable.args[0]
        : loop.iterable;
    if (over === undefined || !(isFlow(over) || flows.has(over.span.text))) continue;
    yield {
      at: over.span,
      message: 'A generator of pictures goes round without end, and nothing leaves this loop.',
      evidence: [],
    };
  }
}

function isFlow(node: tree.Expression): boolean {
  return (
    node.kind === 'Call' &&
    node.callee.kind === 'Attribute' &&
    /^flow(_from_directory|_from_dataframe)?$/.test(node.callee.attribute)
  );
}
