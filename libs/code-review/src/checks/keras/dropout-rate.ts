import { layerArgument } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { layersMade } from '../../ask/keras-calls.js';
import type { KerasPart } from './in-keras.js';

/** A dropout layer that drops nearly everything. */
export const dropoutRateInKeras: KerasPart = {
  why: 'The rate is the share that is dropped, not the share that is kept.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense, Dropout
model = Sequential()
model.add(Dense(64, input_dim=8, activation='relu'))
model.add(Dropout(0.95))  # <--
model.add(Dense(3, activation='softmax'))
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense, Dropout
model = Sequential()
model.add(Dense(64, input_dim=8, activation='relu'))
model.add(Dropout(0.5))
model.add(Dense(3, activation='softmax'))
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<number>();
    for (const { layer } of layersMade(program)) {
      if (!/Dropout/.test(layer.type) || layer.span === undefined || said.has(layer.span.start)) continue;
      const given = layerArgument(layer, ['rate', 'p'], 0);
      const rate = typeof given === 'bigint' ? Number(given) : given;
      if (typeof rate !== 'number' || (rate < 0.9 && rate >= 0)) continue;
      said.add(layer.span.start);
      yield {
        at: layer.span,
        message:
          rate < 0 || rate > 1
            ? `A rate of ${rate} is no share: Keras takes numbers from 0 to 1.`
            : `This dropout drops ${Math.round(rate * 100)} % of what it is given.`,
        ...((rate < 0 || rate > 1) && { severity: 'error' as const }),
        evidence: [{ kind: 'numbers', numbers: [{ what: 'rate', value: rate }] }],
      };
    }
  },
};
