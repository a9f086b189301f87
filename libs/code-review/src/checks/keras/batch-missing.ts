import { isValue, kerasOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** One example of those that a network learns from, handed to predict without a batch around it. */
export const batchMissingInKeras: KerasPart = {
  why: 'predict takes a batch of examples: the first dimension of a single one is taken for it, and the shape is refused.',
  instead: 'Keep the dimension, model.predict(x[i:i + 1]), or add it: np.expand_dims(x[i], axis=0).',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, LSTM
from data import x, y
model = Sequential([LSTM(32, input_shape=(50, 1)), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=10)
print(model.predict(x[0]))  # <--
`,
  ],
  right: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, LSTM
from data import x, y, parts
model = Sequential([LSTM(32, input_shape=(50, 1)), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=10)
print(model.predict(x[:1]), model.predict(np.expand_dims(x[0], axis=0)), model.predict(parts[0]))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { fits, uses } of kerasOf(program).models)
      for (const { x, kind, moment } of uses) {
        const at = moment.span;
        if (kind !== 'predict' || at === undefined || !isValue(x) || x.made.kind !== 'operation') continue;
        const [of, key] = x.made.args.positional;
        if (x.made.name !== 'getitem' || typeof key !== 'bigint') continue;
        const fit = fits.find((one) => one.x === of && isValue(of));
        if (fit === undefined) continue;
        yield {
          at,
          message: 'One example is handed to predict, with no batch around it.',
          severity: 'error',
          evidence: [places(['learned from a batch of them', fit.moment.span])],
        };
      }
  },
};
