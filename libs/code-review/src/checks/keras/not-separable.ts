import { isLinear } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { fitsAfter, hiddenInAll, layersOf, trainedIn } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import { isDivided, zerosAndOnes } from '../../ask/separable.js';

export const notSeparable: Check = {
  id: 'not-separable',
  title: 'A network without a hidden layer for what no line divides',
  severity: 'warning',
  why: 'Without a hidden layer that is not linear a network divides its examples by one line or plane, and these lie on both sides of any.',
  instead: 'Put a hidden layer with an activation before the last one.',
  needs:
    'A table of 0 and 1 that is written down, with its labels, and a network of which only the last layer may be other than linear.',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
table = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
either = np.array([0, 1, 1, 0])
model = Sequential()
model.add(Dense(1, input_dim=2, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(table, either, epochs=5000)  # <--
`,
  ],
  right: [
    // OR is divided by a line.
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
table = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
any_of = np.array([0, 1, 1, 1])
model = Sequential()
model.add(Dense(1, input_dim=2, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(table, any_of, epochs=5000)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
table = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
either = np.array([[0], [1], [1], [0]])
model = Sequential()
model.add(Dense(8, input_dim=2, activation='tanh'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(table, either, epochs=5000)
`,
  ],
  *run(program) {
    for (const trained of trainedIn(program)) {
      const layers = layersOf(trained.network).map(({ layer }) => layer);
      const isDense = layers.every(
        (layer) =>
          layer !== undefined && /^(Dense|Activation|Input|InputLayer|Flatten|Dropout)$/.test(layer.type),
      );
      const isFlat =
        layers.some((layer) => layer !== undefined && isLinear(layer)) &&
        hiddenInAll(trained.network).every(({ activation }) => activation === 'linear');
      if (!isDense || !isFlat) continue;
      for (const { inputs, targets, moment } of fitsAfter(trained)) {
        const table = zerosAndOnes(inputs.elements, inputs.shape);
        const labels = targets.elements;
        if (table === undefined || labels?.length !== table.length || moment.span === undefined) continue;
        if (labels.some((one) => one !== 0 && one !== 1)) continue;
        if (
          isDivided(
            table,
            labels.map((one) => one === 1),
          )
        )
          continue;
        yield {
          at: moment.span,
          message:
            'No line divides these examples by their labels, and the network has no hidden layer with an activation.',
          evidence: [places(['the last layer', layers.at(-1)?.span])],
        };
      }
    }
  },
};
