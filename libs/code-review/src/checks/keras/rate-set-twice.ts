import { foreignCall, isValue, kerasCall, kerasOf } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { compiledFor } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

const LEARNER = `
import tensorflow as tf
from data import x, y
model = tf.keras.Sequential([tf.keras.layers.Dense(8, activation='relu'), tf.keras.layers.Dense(1)])
`;

export const rateSetTwice: Check = {
  id: 'rate-set-twice',
  title: 'A callback sets a learning rate that a schedule has',
  severity: 'error',
  why: 'An optimiser made with a schedule has no learning rate of its own that could be set: the callback raises an error as soon as it would lower it.',
  instead: 'Take one of both: the schedule, or a number together with the callback.',
  needs:
    'fit with ReduceLROnPlateau or LearningRateScheduler, and an optimiser made of a LearningRateSchedule.',
  wrong: [
    `${LEARNER}
rate = tf.keras.optimizers.schedules.CosineDecay(1e-3, 10000)
model.compile(loss='mse', optimizer=tf.keras.optimizers.Adam(learning_rate=rate))
model.fit(x, y, epochs=50, validation_split=0.2, callbacks=[tf.keras.callbacks.ReduceLROnPlateau(patience=3)])  # <--
`,
  ],
  right: [
    `${LEARNER}
model.compile(loss='mse', optimizer=tf.keras.optimizers.Adam(learning_rate=1e-3))
model.fit(x, y, epochs=50, validation_split=0.2, callbacks=[tf.keras.callbacks.ReduceLROnPlateau(patience=3)])
rate = tf.keras.optimizers.schedules.CosineDecay(1e-3, 10000)
model.compile(loss='mse', optimizer=tf.keras.optimizers.Adam(rate))
model.fit(x, y, epochs=50, callbacks=[tf.keras.callbacks.EarlyStopping(monitor='loss')])
`,
  ],
  *run(program) {
    if (!program.source.includes('schedules')) return;
    for (const model of kerasOf(program).models)
      for (const { call, moment } of model.fits) {
        const compiled = compiledFor(model, moment.at);
        // Of several compiles the one of another function may not be the last before this.
        if (model.compiles.length > 1 && compiled?.moment.activation !== moment.activation) continue;
        const scheduled = scheduleOf(compiled?.optimizerGiven);
        const given = call.args.named.get('callbacks');
        const callback = (Array.isArray(given) ? given : [given]).find((one) =>
          /^(ReduceLROnPlateau|LearningRateScheduler)$/.test(kerasCall(one)?.name ?? ''),
        );
        if (scheduled === undefined || callback === undefined || moment.span === undefined) continue;
        yield {
          at: moment.span,
          message: `${kerasCall(callback)?.name} sets the learning rate, which a schedule has.`,
          evidence: [places(['the schedule', scheduled.span])],
        };
      }
  },
};

/** The schedule that an optimiser has been made with in place of a learning rate. */
function scheduleOf(optimizer: Datum | undefined): Value | undefined {
  const made = isValue(optimizer) ? foreignCall(optimizer) : undefined;
  const rate =
    made?.args.named.get('learning_rate') ?? made?.args.named.get('lr') ?? made?.args.positional[0];
  return isValue(rate) && /\.schedules\.\w+$/.test(foreignCall(rate)?.name ?? '') ? rate : undefined;
}
