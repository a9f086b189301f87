import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
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
        message:
          'What the network gives becomes plain numbers here: the loss has no gradient by its variables, only None.',
        evidence: [places(['the gradient is asked for', moment.span])],
      };
    }
  },
};

/** Where all that leads from a network to its loss leaves the tensors; undefined where something does not. */
function cutBefore(target: Value, model: Value): Value | undefined {
  const seen = new Set<number>();
  const cuts: Value[] = [];
  const waiting = [target];
  for (let current = waiting.pop(); current !== undefined && seen.size < 1000; current = waiting.pop()) {
    if (seen.has(current.id)) continue;
    seen.add(current.id);
    if (current === model) return undefined;
    if (isCut(current) || isPredicted(current, model)) cuts.push(current);
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
