import { isValue, predictionOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { headOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** The largest of what one unit says. */
export const argmaxOneLogitInKeras: KerasPart = {
  instead: 'Compare the probability with 0.5: (model.predict(x) > 0.5).astype(int).',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
classes = np.argmax(model.predict(x), axis=1)  # <--
`,
  ],
  right: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(2, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
classes = np.argmax(model.predict(x), axis=1)
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { args, moment } of callsNamed(program, 'argmax')) {
      const given = args.positional.find(
        (datum) => isValue(datum) && predictionOf(program, datum) !== undefined,
      );
      const network = given === undefined ? undefined : predictionOf(program, given)?.network;
      const head = network && headOf(network);
      const axis = args.named.get('axis') ?? args.positional[args.positional.indexOf(given ?? null) + 1];
      if (head?.units !== 1 || moment.span === undefined || (axis !== 1n && axis !== -1n)) continue;
      yield {
        at: moment.span,
        message: 'The network has one output: the largest of it is always at place 0.',
        evidence: [places(['the last layer', head.layer.span])],
      };
    }
  },
};
