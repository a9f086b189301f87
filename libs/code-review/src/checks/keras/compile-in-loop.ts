import { foreignCall, isCertain, isValue, kerasOf, turnsOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** `compile` in the loop that fits an epoch or a batch each turn. */
export const optimizerInLoopInKeras: KerasPart = {
  why: 'Each compile makes a new optimiser: what it had learned of steps and momentum is gone.',
  instead: 'Compile once, before the loop.',
  wrong: [
    `
import tensorflow as tf
from data import batches
net = tf.keras.Sequential([tf.keras.layers.Dense(16, activation='relu'), tf.keras.layers.Dense(1)])
for x, y in batches:
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(net(x) - y))
    optimizer = tf.keras.optimizers.Adam(0.001)  # <--
    gradients = tape.gradient(loss, net.trainable_variables)
    optimizer.apply_gradients(zip(gradients, net.trainable_variables))
`,
    `
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(16, input_dim=4, activation='relu'), Dense(1, activation='sigmoid')])
for epoch in range(100):
    model.compile(loss='binary_crossentropy', optimizer='adam')  # <--
    model.fit(x, y, epochs=1)
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
from data import folds
for x, y in folds:
    model = Sequential([Dense(16, input_dim=4, activation='relu'), Dense(1, activation='sigmoid')])
    model.compile(loss='binary_crossentropy', optimizer='adam')
    model.fit(x, y, epochs=50)
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* forOneStep(program);
    // Layers that are thawed one after the other need a compile each time.
    if (/\.trainable\b/.test(program.source)) return;
    for (const { compiles, fits, network } of kerasOf(program).models) {
      const again = compiles.find(({ moment }) => (moment.turn?.index ?? 0) > 0);
      const loop = again?.moment.turn?.loop;
      const fit = fits.find(
        ({ moment, epochs, call }) =>
          moment.turn?.loop === loop && (call.name === 'train_on_batch' || (epochs ?? 2) === 1),
      );
      if (
        again?.moment.span === undefined ||
        loop === undefined ||
        fit === undefined ||
        network === undefined
      )
        continue;
      const { span } = network;
      if (span !== undefined && span.start >= loop.span.start && span.end <= loop.span.end) continue;
      yield {
        at: again.moment.span,
        severity: 'design',
        message:
          'The network is compiled anew in every turn, with an optimiser that knows nothing of the last one.',
        evidence: [places(['it is trained here', fit.moment.span])],
      };
    }
  },
};

/** An optimiser that is made in the turn in which it takes its one step, of a network that is older. */
function* forOneStep(program: Program): Generator<Found> {
  if (!program.source.includes('apply_gradients') || /maml|reptile|meta|inner/i.test(program.source)) return;
  const said = new Set<number>();
  for (const { args, moment } of callsNamed(program, 'apply_gradients')) {
    const [optimizer] = args.positional;
    const [turn] = turnsOf(moment);
    if (!isValue(optimizer) || turn === undefined || !REMEMBERS.test(foreignCall(optimizer)?.name ?? ''))
      continue;
    const made = eventsOf(program, 'call').find(({ result }) => result === optimizer)?.moment;
    const at = made?.span;
    if (at === undefined || made === undefined || said.has(at.start) || !isCertain(made)) continue;
    const own = turnsOf(made)[0];
    if (
      own?.loop !== turn.loop ||
      own.index !== turn.index ||
      /Sequential\(|Model\(|Net\(|build|make|create/.test(turn.loop.span.text)
    )
      continue;
    said.add(at.start);
    yield {
      at,
      message: 'This optimiser is made in every turn of the loop, and takes one step.',
      evidence: [places(['the loop', turn.loop.span], ['its step', moment.span])],
    };
  }
}

const REMEMBERS = /\.optimizers\.(\w+\.)*(Adam\w*|RMSprop|Nadam|Adagrad|Adadelta|Ftrl)$/;
