import { REGRESSION } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { taughtIn, otherWord, trainedIn } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** A relu on the last layer of a network that is trained on amounts. */
export const reluOnOutputInKeras: KerasPart = {
  instead: "Leave the last layer of a regression without activation ('linear').",
  wrong: [
    `
from sklearn.datasets import make_regression
from keras.models import Sequential
from keras.layers import Dense
X, y = make_regression(n_samples=500, n_features=8)
model = Sequential()
model.add(Dense(32, input_dim=8, activation='relu'))
model.add(Dense(1, activation='relu'))  # <--
model.compile(loss='mse', optimizer='adam')
model.fit(X, y, epochs=50)
`,
  ],
  right: [
    `
from sklearn.datasets import make_regression
from keras.models import Sequential
from keras.layers import Dense
X, y = make_regression(n_samples=500, n_features=8)
model = Sequential()
model.add(Dense(32, input_dim=8, activation='relu'))
model.add(Dense(1, activation='linear'))
model.compile(loss='mse', optimizer='adam')
model.fit(X, y, epochs=50)
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const trained of trainedIn(program)) {
      const { head, compiled, model } = trained;
      if (head.activation !== 'relu' || !REGRESSION.has(compiled.loss?.name ?? '')) continue;
      const fits = taughtIn(trained);
      if (model.fits.some(({ x, y }) => x === y && x !== undefined)) continue;
      const isNegative = fits.some(
        ({ targets: { targets, scale } }) =>
          scale === 'standard' ||
          scale === 'signed' ||
          (targets?.kind === 'real' && targets.hasNegative === true),
      );
      const fix = otherWord(head.at, 'relu', 'linear');
      yield {
        at: head.at,
        message: isNegative
          ? 'The targets have negative numbers, and relu gives none.'
          : 'With relu the output can never be negative, and where it is 0 no gradient comes back.',
        evidence: [places(['the loss', compiled.moment.span])],
        ...(!isNegative && { severity: 'design' as const }),
        ...(fix && { fix }),
      };
    }
  },
};
