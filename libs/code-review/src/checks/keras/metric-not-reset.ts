import { isValue, kerasCall, turnsOf } from '@tensormark/frameworks';
import type { Called, Datum, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const LOOP = (reset: string): string => `
import tensorflow as tf
from data import batches
model = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu', input_shape=(8,)), tf.keras.layers.Dense(3)])
optimizer = tf.keras.optimizers.Adam()
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
accuracy = tf.keras.metrics.SparseCategoricalAccuracy()
for epoch in range(10):
${reset}    for x, y in batches:
        with tf.GradientTape() as tape:
            scores = model(x, training=True)
            loss = loss_fn(y, scores)
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        accuracy.update_state(y, scores)
`;

/** A metric of Keras that goes on from epoch to epoch. */
export const metricResetInKeras: KerasPart = {
  why: 'A metric keeps what it was given until it is reset: the figure of an epoch is then the mean over all epochs so far.',
  instead: 'Call metric.reset_state() at the start of each epoch (reset_states() before Keras 3).',
  wrong: [`${LOOP('')}    print(epoch, accuracy.result().numpy())  # <--\n`],
  right: [
    `${LOOP('    accuracy.reset_state()\n')}    print(epoch, accuracy.result().numpy())\n`,
    `${LOOP('')}print(accuracy.result().numpy())\n`,
  ],
  *run(program: Program): Generator<Found> {
    if (!program.source.includes('update_state') || /\.reset_states?\(|reset_metrics/.test(program.source))
      return;
    const updates = callsNamed(program, 'update_state');
    const said = new Set<Datum>();
    for (const result of callsNamed(program, 'result')) {
      const [metric] = result.args.positional;
      const made = kerasCall(metric);
      const at = result.moment.span;
      if (made?.group !== 'metrics' || at === undefined || !isValue(metric) || said.has(metric)) continue;
      const update = updates.find(({ args }) => args.positional[0] === metric);
      if (update === undefined || !isAroundOf(result, update) || isMadeInside(program, metric, result))
        continue;
      said.add(metric);
      yield {
        at,
        message: 'This is the mean over all epochs so far: the metric is never reset.',
        evidence: [places(['it is given more here', update.moment.span], ['the metric', metric.span])],
      };
    }
  },
};

/** Whether a call is in the loop around the loop of another one. */
function isAroundOf(outer: Called, inner: Called): boolean {
  const [around, ...more] = turnsOf(outer.moment);
  const inside = turnsOf(inner.moment);
  return (
    around !== undefined &&
    more.length === 0 &&
    inside.length === 2 &&
    inside[1]?.loop === around.loop &&
    around.loop.turns > 1
  );
}

/** Whether the metric is made anew in the loop. */
function isMadeInside(program: Program, metric: Datum, { moment }: Called): boolean {
  const loop = moment.turn?.loop;
  return program.events.some(
    (event) =>
      event.kind === 'call' &&
      event.result === metric &&
      turnsOf(event.moment).some((turn) => turn.loop === loop),
  );
}
