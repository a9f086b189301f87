import { isValue, lossOf, predictionOf, REGRESSION } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsOfUnknown } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** What a network gives in the place of the targets. */
export const lossArgumentsInKeras: KerasPart = {
  why: 'Losses of Keras take the targets first and what the network gives second; the other way round cross entropy takes logarithms of the labels.',
  instead: 'Write loss(y_true, y_pred).',
  wrong: [
    `
import tensorflow as tf
from data import batches
model = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(10)])
optimizer = tf.keras.optimizers.Adam()
loss_of = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
for x, y in batches:
    with tf.GradientTape() as tape:
        scores = model(x)
        loss = loss_of(scores, y)  # <--
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
  ],
  right: [
    `
import tensorflow as tf
from data import batches
model = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(10)])
optimizer = tf.keras.optimizers.Adam()
loss_of = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
for x, y in batches:
    with tf.GradientTape() as tape:
        scores = model(x)
        loss = loss_of(y, scores)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!/losses|[Cc]rossentropy/.test(program.source)) return;
    const said = new Set<number>();
    for (const { args, moment, result } of callsOfUnknown(program)) {
      const at = moment.span;
      if (at === undefined || said.has(at.start) || !isValue(result) || result.made.kind !== 'operation')
        continue;
      const [callee] = result.made.args.positional;
      const loss = lossOf(callee);
      const given = result.made.args.positional.slice(1);
      const [first, second] = given;
      if (loss === undefined || given.length < 2 || args.named.has('y_true')) continue;
      if (predictionOf(program, first) === undefined || predictionOf(program, second) !== undefined) continue;
      if (REGRESSION.has(loss.name) || !loss.name.endsWith('crossentropy')) continue;
      said.add(at.start);
      yield {
        at,
        message: `${loss.name} is given what the network gives first, and the targets second.`,
        evidence: [places(['what the network gives', isValue(first) ? first.span : undefined])],
      };
    }
  },
};
