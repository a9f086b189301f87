import { isValue, predictionOf } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { headOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

/** Operators and functions that a half may be compared with, and those that round to 0 or 1. */
const COMPARISONS: readonly string[] = ['gt', 'ge'];
const ROUNDINGS = ['round', 'rint', 'around'] as const;

export const softmaxThreshold: Check = {
  id: 'softmax-threshold',
  title: 'Probabilities of several classes compared with a half',
  severity: 'warning',
  why: 'Of three or more classes the likeliest often has less than a half: such examples get no class at all, and what comes out is a column a class, not a class.',
  instead: 'Take the class with the largest probability: np.argmax(model.predict(x), axis=1).',
  needs: 'What a network with softmax over three or more units predicts, compared with 0.5 or rounded.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
from data import x, y, x_test
model = Sequential([Dense(32, input_dim=13, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=100)
predicted = model.predict(x_test)
classes = predicted > 0.5  # <--
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
from data import x, y, x_test
model = Sequential([Dense(32, input_dim=13, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=100)
predicted = model.predict(x_test)
classes = predicted.argmax(axis=1)
sure = predicted.max(axis=1) > 0.5
first = predicted[:, 0] > 0.5
labels = Sequential([Dense(32, input_dim=13, activation='relu'), Dense(3, activation='sigmoid')])
labels.compile(loss='binary_crossentropy', optimizer='adam')
labels.fit(x, y, epochs=100)
held = labels.predict(x_test) > 0.5
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { name, args, moment } of callsNamed(program, ...COMPARISONS, ...ROUNDINGS)) {
      const at = moment.span;
      if (at === undefined || seen.has(at.start)) continue;
      const predicted = comparedIn(name, args.positional);
      const network = predictionOf(program, predicted)?.network;
      const head = network && headOf(network);
      if (head?.activation !== 'softmax' || head.units === undefined || head.units < 3) continue;
      seen.add(at.start);
      yield {
        at,
        message: `Each of ${head.units} probabilities that add up to 1 is ${COMPARISONS.includes(name) ? 'compared with 0.5' : 'rounded'}: where none is larger, the example gets no class.`,
        evidence: [places(['the softmax', head.at])],
      };
    }
  },
};

/** What is compared with a half, or rounded to a whole number. */
function comparedIn(name: string, given: readonly Datum[]): Datum | undefined {
  if (COMPARISONS.includes(name)) return given[1] === 0.5 ? given[0] : undefined;
  return given.find((one) => isValue(one));
}
