import { isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { areOfOneArray, splitPartOf } from '../../ask/split-parts.js';
import type { SplitPart } from '../../ask/split-parts.js';
import type { KerasPart } from './in-keras.js';

/** Parts of one call of train_test_split, taken in another order than it gives them. */
export const splitMixedInKeras: KerasPart = {
  why: 'train_test_split gives the two parts of its first array, then the two of the next: taken in another order, inputs stand beside other inputs, or beside the labels of other rows.',
  instead: 'Unpack it as x_train, x_test, y_train, y_test = train_test_split(x, y).',
  wrong: [
    `
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
x_train, y_train, x_test, y_test = train_test_split(x, y)
model = Sequential([Dense(64, input_dim=20, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x_train, y_train, epochs=20)  # <--
`,
  ],
  right: [
    `
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
x_train, x_test, y_train, y_test = train_test_split(x, y)
model = Sequential([Dense(64, input_dim=20, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x_train, y_train, epochs=20, validation_data=(x_test, y_test))
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!program.source.includes('train_test_split')) return;
    for (const { fits, uses } of kerasOf(program).models)
      for (const { x, y, moment } of [...fits, ...uses]) {
        const [one, other] = [partBehind(x), partBehind(y)];
        if (moment.span === undefined || one === undefined || other === undefined || one.by !== other.by)
          continue;
        const isSameArray = areOfOneArray(one, other);
        if (!isSameArray && one.index % 2 === other.index % 2) continue;
        yield {
          at: moment.span,
          severity: 'error',
          message: isSameArray
            ? 'Both are parts of one array: its rows to learn from, and its rows to test with.'
            : 'One is the part to learn from, and the other the part to test with: their rows are not the same.',
          evidence: [places(['the split', one.by.span])],
        };
        return;
      }
  },
};

const HANDS_ON = /^(transform|fit_transform|toarray|astype|to_numpy|copy|texts_to_sequences)$/;

/** The part of a split that something is, also where a scaler or the like has gone over it. */
function partBehind(datum: Datum | undefined): SplitPart | undefined {
  let current = datum;
  for (let depth = 0; depth < 6 && isValue(current) && current.made.kind === 'operation'; depth++) {
    const part = splitPartOf(current);
    if (part !== undefined) return part;
    const { args, name }: typeof current.made = current.made;
    if (!HANDS_ON.test(name)) return undefined;
    current = /transform$|^texts/.test(name) ? args.positional[1] : args.positional[0];
  }
  return undefined;
}
