import { kerasOf } from '@tensormark/frameworks';
import type { Fitted, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** Classes one after the other, learned from or split in that order. */
export const noShuffleInKeras: KerasPart = {
  why: 'Data that come class by class pull the weights one way after the other, and the last part of them has classes that the rest has not.',
  instead: 'Leave shuffle=True, and shuffle data before validation_split takes their last part.',
  wrong: [
    `
from sklearn.datasets import load_iris
from sklearn.preprocessing import StandardScaler
from keras.utils import to_categorical
from keras.models import Sequential
from keras.layers import Dense
iris = load_iris()
X = StandardScaler().fit_transform(iris.data)
Y = to_categorical(iris.target)
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(X, Y, epochs=100, validation_split=0.2)  # <--
`,
  ],
  right: [
    `
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from keras.utils import to_categorical
from keras.models import Sequential
from keras.layers import Dense
iris = load_iris()
X = StandardScaler().fit_transform(iris.data)
X, X_test, Y, Y_test = train_test_split(X, to_categorical(iris.target))
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(X, Y, epochs=100, validation_split=0.2)
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { fits } of kerasOf(program).models)
      for (const fit of fits) {
        const at = fit.moment.span;
        if (at === undefined) continue;
        const isSorted = isInOrder(fit);
        const isSplit = (fit.validationSplit ?? 0) > 0;
        if (isSorted && isSplit)
          yield {
            at,
            severity: 'warning',
            message: 'These data come class by class, and the part to validate with is their last.',
            evidence: [places(['the labels', spanOf(fit)])],
          };
        else if (
          fit.shuffle === false &&
          (isSorted || fit.targets.targets?.kind === 'one-hot' || fit.targets.targets?.kind === 'classes')
        )
          yield {
            at,
            severity: isSorted ? 'warning' : 'design',
            message: 'The examples are learned from in the same order every epoch.',
            evidence: [places(['the labels', spanOf(fit)])],
          };
      }
  },
};

function spanOf({ y }: Fitted): Found['at'] | undefined {
  return typeof y === 'object' && y !== null && 'span' in y ? y.span : undefined;
}

function isInOrder({ targets: { set, split, isShuffled } }: Fitted): boolean {
  return set?.of.isSorted === true && (split === undefined || isShuffled === false) && isShuffled !== true;
}
