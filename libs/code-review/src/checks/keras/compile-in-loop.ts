import { kerasOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** `compile` in the loop that fits an epoch or a batch each turn. */
export const optimizerInLoopInKeras: KerasPart = {
  why: 'Each compile makes a new optimiser: what it had learned of steps and momentum is gone.',
  instead: 'Compile once, before the loop.',
  wrong: [
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
