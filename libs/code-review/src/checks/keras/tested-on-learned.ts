import { foreignCall, isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum, Examples, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const BEGINNING = `
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from keras.models import Sequential
from keras.layers import Dense
x, y = load_breast_cancer(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2)
scaler = StandardScaler().fit(x_train)
model = Sequential([Dense(16, input_dim=30, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
`;

/** All the data are learned from, and then a part of them that a split kept for testing is tested on. */
export const leakResplitInKeras: KerasPart = {
  instead: 'Give fit the part for training alone.',
  wrong: [
    `
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import Dense
x, y = load_breast_cancer(return_X_y=True)
x = x / x.max(axis=0)
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2)
model = Sequential([Dense(16, input_dim=30, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=20)  # <--
print(model.evaluate(x_test, y_test))
`,
  ],
  right: [
    `${BEGINNING}
model.fit(scaler.transform(x_train), y_train, epochs=20)
print(model.evaluate(scaler.transform(x_test), y_test))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { fits, uses } of kerasOf(program).models)
      for (const { x, moment, validation } of fits) {
        const at = moment.span;
        if (at === undefined || !isValue(x)) continue;
        const used = uses.find((use) => use.moment.at > moment.at && isKeptOf(use, x));
        const isValidated = validation !== undefined && isKeptOf(validation, x);
        if (used === undefined && !isValidated) continue;
        yield {
          at,
          message: 'All the data are learned from, those that the split keeps for testing too.',
          evidence: [places(['the data', x.span], ['tested here', used?.moment.span])],
        };
      }
  },
};

/** Whether examples are the part for testing of a split of that very array. */
function isKeptOf({ inputs, x }: Pick<Examples, 'inputs' | 'x'>, whole: Value): boolean {
  const { split } = inputs;
  return (
    split?.part === 'test' &&
    isValue(x) &&
    x.made.kind === 'operation' &&
    x.made.name === 'unpacked' &&
    foreignCall(split.by)?.args.positional.some((datum: Datum) => datum === whole) === true
  );
}
