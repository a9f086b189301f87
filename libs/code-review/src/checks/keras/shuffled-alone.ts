import { isValue, kerasOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { isMadeOf } from '../../ask/made-of.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** Examples that are shuffled in place, and their labels not. */
export const shuffledAloneInKeras: KerasPart = {
  why: 'The labels stay in the order they had, so that examples have the labels of others.',
  instead: 'Leave shuffling to fit, or draw one permutation and index both by it.',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
np.random.shuffle(x)  # <--
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
  ],
  right: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import table, order
np.random.shuffle(table)
np.random.shuffle(order)
x, y = table[:, :8], table[:, 8]
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
  ],
  *run(program: Program): Generator<Found> {
    const shuffles = callsNamed(program, 'shuffle').filter(
      ({ args, result }) => result === null && args.positional.length === 1 && isValue(args.positional[0]),
    );
    if (shuffles.length === 0 || shuffles.length > 1) return;
    for (const { fits } of kerasOf(program).models)
      for (const { x, y } of fits)
        for (const { args, moment } of shuffles) {
          const [of] = args.positional;
          if (moment.span === undefined || !isValue(y) || !isValue(of)) continue;
          if (x !== of || y === of || isMadeOf(y, of) || isMadeOf(of, y)) continue;
          // Both of one table that was read: the labels may be made of what was shuffled already.
          if (
            y.id > of.id &&
            y.inputs.some((one) => of.inputs.includes(one)) &&
            y.made.kind === 'operation'
          ) {
            const made = y.span;
            if (made !== undefined && made.start > moment.span.start) continue;
          }
          yield {
            at: moment.span,
            message: 'The examples are put in another order here, and their labels are not.',
            evidence: [places(['the labels', y.span])],
          };
        }
  },
};
