import { foreignCall, isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { places, spanOf } from '../../ask/places.js';
import { splitPartOf } from '../../ask/split-parts.js';

export const pairMissing: Check = {
  id: 'pair-missing',
  title: 'Data to validate with, without their labels',
  severity: 'error',
  why: 'validation_data is unpacked as (x, y): an array alone has no labels to compute a loss of, and Keras refuses it or takes its rows apart.',
  instead: 'validation_data=(X_val, y_val).',
  needs:
    'fit with arrays and labels of their own, whose validation_data is one part of a split, or of a published data set.',
  wrong: [
    `
from keras.layers import Dense
from keras.models import Sequential
from sklearn.model_selection import train_test_split
from readings import x, y
x_train, x_val, y_train, y_val = train_test_split(x, y, test_size=0.2)
model = Sequential([Dense(8, input_dim=5, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x_train, y_train, validation_data=x_val, epochs=20)  # <--
`,
  ],
  right: [
    `
from keras.layers import Dense
from keras.models import Sequential
from sklearn.model_selection import train_test_split
from readings import x, y, kept
x_train, x_val, y_train, y_val = train_test_split(x, y, test_size=0.2)
model = Sequential([Dense(8, input_dim=5, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=20)
model.fit(x_train, y_train, validation_data=kept, epochs=20)
`,
  ],
  *run(program) {
    if (!program.source.includes('validation_data')) return;
    for (const { fits } of kerasOf(program).models)
      for (const { call, moment, y } of fits) {
        const given = call.args.named.get('validation_data');
        if (moment.span === undefined || y === undefined || given === undefined) continue;
        if (splitPartOf(given) === undefined && !isOfDataSet(given)) continue;
        yield {
          at: moment.span,
          message: 'validation_data is one array, without the labels that go with it.',
          evidence: [places(['the array', spanOf(given)])],
        };
      }
  },
};

/** One of the arrays that `load_data()` gives in its two pairs. */
function isOfDataSet(datum: Datum): boolean {
  if (!isValue(datum) || datum.made.kind !== 'operation' || datum.made.name !== 'unpacked') return false;
  const [pair] = datum.made.args.positional;
  if (!isValue(pair) || pair.made.kind !== 'operation' || pair.made.name !== 'unpacked') return false;
  return /(^|\.)load_data$/.test(foreignCall(pair.made.args.positional[0])?.name ?? '');
}
