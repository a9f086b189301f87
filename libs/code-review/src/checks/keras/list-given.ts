import { isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { places, spanOf } from '../../ask/places.js';

export const listGiven: Check = {
  id: 'list-given',
  title: 'Lists where arrays are taken',
  severity: 'design',
  why: 'A list is one array for each input of a network: Keras takes nested lists of numbers for as many inputs as there are rows, and refuses them; only some versions turn them into an array.',
  instead: 'Give fit NumPy arrays: np.array(x).',
  needs: 'fit of a network with one input, on what tolist() gave.',
  wrong: [
    `
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense
table = pd.read_csv('rocks.csv').values
x = (table[:, 0:60] / 100).tolist()
y = table[:, 60].tolist()
model = Sequential([Dense(5, input_dim=60, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=20)  # <--
`,
  ],
  right: [
    `
import numpy as np
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense
table = pd.read_csv('rocks.csv').values
x = np.array((table[:, 0:60] / 100).tolist())
y = table[:, 60]
model = Sequential([Dense(5, input_dim=60, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=20)
`,
  ],
  *run(program) {
    for (const { network, fits } of kerasOf(program).models)
      for (const { x, moment } of fits) {
        if (moment.span === undefined || network === undefined || network.outputs !== undefined || !isList(x))
          continue;
        yield {
          at: moment.span,
          message: 'The examples are a list of lists, and the network takes one array.',
          evidence: [places(['the list', spanOf(x)])],
        };
      }
  },
};

function isList(datum: Datum | undefined): boolean {
  return isValue(datum) && datum.made.kind === 'operation' && datum.made.name === 'tolist';
}
