import { foreignCall, foreignName, isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { spreadOut } from '../../ask/makings.js';
import { comesOf } from '../../ask/ancestry.js';
import { isFlatName } from '../../ask/flat.js';
import { graphCall, HOLDS_VARIABLES } from '../../ask/graphs.js';
import { lossOf, trainingSteps } from '../../ask/graph-runs.js';
import { networkOfVariables } from '../../ask/keras.js';
import { isMadeOf } from '../../ask/made-of.js';
import { gradientsAsked } from '../../ask/tapes.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** A loss that is made of plain numbers of what the network gives. */
export const graphCutInKeras: KerasPart = {
  why: 'float(), .numpy() and functions of NumPy give numbers that the tape knows nothing of: the gradient is None.',
  instead: 'Stay with tensors and functions of TensorFlow from the network to the loss.',
  wrong: [
    `
import tensorflow as tf
from data import batches
model = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.Adam()
for x, y in batches:
    with tf.GradientTape() as tape:
        guess = model(x).numpy()  # <--
        loss = tf.reduce_mean((guess - y) ** 2)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
    `
import tensorflow as tf
from data import batches
model = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.Adam()
for x, y in batches:
    with tf.GradientTape() as tape:
        error = model.predict(x) - y  # <--
        loss = tf.reduce_mean(tf.square(error))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
    `
import tensorflow as tf
from data import batches
model = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.Adam()
for x, y in batches:
    with tf.GradientTape() as tape:
        guess = tf.round(model(x))  # <--
        loss = tf.reduce_mean(tf.abs(guess - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
  ],
  right: [
    `
import tensorflow as tf
from data import batches
model = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.Adam()
for x, y in batches:
    with tf.GradientTape() as tape:
        guess = model(x)
        loss = tf.reduce_mean((guess - y) ** 2) / float(x.shape[0])
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    print(guess.numpy(), model.predict(x))
`,
  ],
  *run(program: Program): Generator<Found> {
    const looked = new Set<number>();
    for (const { call, target, sources } of gradientsAsked(program)) {
      const { moment } = call;
      const start = moment.span?.start ?? -1;
      if (!isValue(target) || looked.has(start)) continue;
      looked.add(start);
      const model = networkOfVariables(sources);
      const cut = model && cutBefore(target, model);
      if (cut?.span === undefined) continue;
      yield {
        at: cut.span,
        severity: 'error',
        message: isFlat(cut)
          ? FLAT
          : 'What the network gives becomes plain numbers here: the loss has no gradient by its variables, only None.',
        evidence: [places(['the gradient is asked for', moment.span])],
      };
    }
  },
};

const FLAT =
  'All that the network gives goes through this on its way to the loss, and it has no gradient: nothing is learned.';

const GRAPH = `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 64])
y = tf.placeholder(tf.float32, [None, 1])
hidden = tf.layers.dense(x, 32, activation=tf.nn.relu)
w = tf.Variable(tf.truncated_normal([32, 1], stddev=0.1))
chance = tf.sigmoid(tf.matmul(hidden, w))
`;

/** A loss of a graph that nothing but rounded or compared values of the network reaches. */
export const graphCutInGraphs: KerasPart = {
  instead: 'Compute the loss from the scores or probabilities themselves.',
  wrong: [
    `${GRAPH}
chosen = tf.floor(chance + 0.5)  # <--
loss = tf.reduce_mean(tf.abs(y - chosen))
train = tf.train.GradientDescentOptimizer(0.005).minimize(loss)
`,
    `${GRAPH}
chosen = tf.cast(chance > 0.5, tf.float32)  # <--
train = tf.train.AdamOptimizer(0.005).minimize(tf.reduce_mean(tf.square(y - chosen)))
`,
  ],
  right: [
    `${GRAPH}
chosen = tf.floor(chance + 0.5)
wrong = tf.reduce_mean(tf.abs(y - chosen))
loss = tf.reduce_mean(tf.where(chance > 0.5, 1 - chance, chance) + tf.abs(y - chance) + 0.001 * wrong)
train = tf.train.GradientDescentOptimizer(0.005).minimize(loss)
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<number>();
    for (const step of trainingSteps(program)) {
      const loss = lossOf(program, step);
      const cut = loss && cutInGraph(loss);
      if (cut?.span === undefined || said.has(cut.span.start)) continue;
      said.add(cut.span.start);
      yield {
        at: cut.span,
        severity: 'error',
        message: FLAT,
        evidence: [places(['the step', step.moment.span])],
      };
    }
  },
};

/** Where all that leads from the variables of a graph to its loss has no gradient; undefined where something does, or is not known. */
function cutInGraph(loss: Value): Value | undefined {
  const seen = new Set<number>();
  const cuts: Value[] = [];
  const waiting = [loss];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    if (seen.has(current.id)) continue;
    seen.add(current.id);
    if (seen.size > 1000) return undefined;
    if (isFlat(current)) cuts.push(current);
    else if (mayHoldVariables(current)) return undefined;
    else waiting.push(...givenTo(current));
  }
  return cuts.find((cut) =>
    comesOf(cut, (one) => one !== cut && HOLDS_VARIABLES.test(graphCall(one)?.name ?? '')),
  );
}

/** What an operation or a function of TensorFlow is given. */
function givenTo(value: Value): readonly Value[] {
  const args = graphCall(value)?.args ?? (value.made.kind === 'operation' ? value.made.args : undefined);
  return args === undefined
    ? []
    : spreadOut([...args.positional, ...args.named.values()])
        .filter((one) => isValue(one))
        .filter((one) => foreignName(one) === undefined);
}

/** Anything but plain operations and functions of TensorFlow that have no variables. */
function mayHoldVariables(value: Value): boolean {
  const name = graphCall(value)?.name;
  return name === undefined
    ? value.made.kind !== 'operation' || value.made.name === 'call'
    : name !== 'placeholder' && (!PLAIN.test(name) || OF_FUNCTIONS.test(name));
}

const PLAIN = /^((nn|math)\.)?(?!get_)[a-z_0-9]+$/;
const OF_FUNCTIONS = /fn|func|cond|while|scan|case|rnn/;

/** Rounding, places of the largest, and comparisons. */
function isFlat(value: Value): boolean {
  const name = foreignCall(value)?.name;
  if (name !== undefined) return name.startsWith('tensorflow.') && isFlatName(name);
  return value.made.kind === 'operation' && /^(gt|lt|ge|le|eq|ne)$/.test(value.made.name);
}

/** Where all that leads from a network to its loss leaves the tensors; undefined where something does not. */
function cutBefore(target: Value, model: Value): Value | undefined {
  const seen = new Set<number>();
  const cuts: Value[] = [];
  const waiting = [target];
  for (let current = waiting.pop(); current !== undefined && seen.size < 1000; current = waiting.pop()) {
    if (seen.has(current.id)) continue;
    seen.add(current.id);
    if (current === model) return undefined;
    if (isCut(current) || isFlat(current) || isPredicted(current, model)) cuts.push(current);
    else waiting.push(...current.inputs);
  }
  return cuts.find((cut) => isMadeOf(cut, model));
}

/** What `predict` gives is an array of NumPy's. */
function isPredicted({ made }: Value, model: Value): boolean {
  return made.kind === 'operation' && made.name === 'predict' && made.args.positional[0] === model;
}

function isCut(value: Value): boolean {
  if (value.made.kind !== 'operation') return false;
  return /^(numpy|float|item)$/.test(value.made.name) && foreignCall(value) === undefined;
}
