import { isValue, kerasOf, turnIn, turnsOf } from '@tensormark/frameworks';
import type { ArrayFacts, Examples, Fitted, PartOfSplit, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { areApart as areRowsApart, rowsTaken } from '../../ask/folds.js';
import { graphRuns } from '../../ask/graph-runs.js';
import { places, spanOf } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const SPLIT = `
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from keras.models import Sequential
from keras.layers import Dense
x, y = load_breast_cancer(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2)
scaler = StandardScaler().fit(x_train)
x_train, x_test = scaler.transform(x_train), scaler.transform(x_test)
model = Sequential([Dense(16, input_dim=30, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
`;

const CODED = `
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from keras.models import Model, Sequential
from keras.layers import Dense, Input
homes = pd.get_dummies(pd.read_csv('homes.csv').drop(['id'], axis=1))
rest, kept = train_test_split(homes, test_size=0.2)
learned, tuned = train_test_split(rest, test_size=0.2)
learned_x, tuned_x = learned.drop('price', axis=1), tuned.drop('price', axis=1)
row = Input(shape=(40,))
coder = Model(row, Dense(8, activation='relu')(row))
codes = coder.predict(np.array(learned_x))
model = Sequential([Dense(16, input_dim=8, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
`;

/** Examples of one part of a split, or of a data set, with the targets of the other. */
export const partsMixedInKeras: KerasPart = {
  instead: 'Give what was split off together: fit(x_train, y_train).',
  wrong: [
    `${SPLIT}
from sklearn.model_selection import KFold
for learned, kept in KFold(5).split(x_train):
    model.fit(x_train[learned], y_train[kept], epochs=20)  # <--
`,
    `${SPLIT}
model.fit(x_train, y_test, epochs=20)  # <--
`,
    `${CODED}
model.fit(codes, kept.price, epochs=20)  # <--
`,
    `
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense, Flatten
(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train, x_test = x_train / 255, x_test / 255
model = Sequential([Flatten(input_shape=(28, 28)), Dense(64, activation='relu'), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x_train, y_train, epochs=5)
model.evaluate(x_test, y_train)  # <--
`,
  ],
  right: [
    `${CODED}
model.fit(codes, learned.price.values, validation_data=(coder.predict(np.array(tuned_x)), tuned.price), epochs=20)
print(model.evaluate(coder.predict(np.array(kept.drop('price', axis=1))), kept.price))
`,
    `${SPLIT}
model.fit(x_train, y_train, epochs=20, validation_data=(x_test, y_test))
print(model.evaluate(x_test, y_test))
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* fedApart(program);
    for (const { fits, uses } of kerasOf(program).models)
      for (const given of [...fits, ...uses]) {
        const { moment } = given;
        const isApart =
          areOtherRows(given) ||
          areApart(given) ||
          (isFit(given) &&
            given.validation !== undefined &&
            (areApart(given.validation) || areOtherRows(given.validation)));
        if (moment.span === undefined || !isApart) continue;
        yield {
          at: moment.span,
          message: 'The examples are of one part of the data, and the targets of the other.',
          evidence: [],
        };
      }
  },
};

/** Rows of a fold for the examples, and those of the other part of the fold for the targets. */
function areOtherRows({ x, y }: Examples): boolean {
  const [one, other] = [rowsTaken(x), rowsTaken(y)];
  return one?.kind === 'fold' && areRowsApart(one, other);
}

/** Pictures of one part of the digits of TensorFlow's tutorials fed to a graph, and labels of another. */
function* fedApart(program: Program): Generator<Found> {
  if (!program.source.includes('read_data_sets')) return;
  for (const { call, fed } of graphRuns(program)) {
    const parts = (fed ?? []).flatMap(([, value]) => {
      const named = isValue(value) && value.made.kind === 'attribute' ? value : undefined;
      const part = named?.inputs[0];
      return /^(images|labels)$/.test(attributeOf(named)) &&
        /^(train|validation|test)$/.test(attributeOf(part))
        ? [attributeOf(part)]
        : [];
    });
    const [first] = parts;
    if (call.moment.span === undefined || parts.length !== 2 || parts.every((part) => part === first))
      continue;
    yield {
      at: call.moment.span,
      message: `What is fed here is of two parts of the data: ${parts.join(' and ')}.`,
      evidence: [],
    };
  }
}

function attributeOf(value: Value | undefined): string {
  return value?.made.kind === 'attribute' ? value.made.name : '';
}

function isFit(given: Examples): given is Fitted {
  return 'validation' in given;
}

function areApart({ inputs, targets }: Examples): boolean {
  if (inputs.split !== undefined && targets.split !== undefined)
    return splitsOf(inputs).some(({ by, part }) =>
      splitsOf(targets).some((other) => other.by === by && other.part !== part),
    );
  const [one, other] = [inputs.set, targets.set];
  return (
    inputs.split === undefined &&
    targets.split === undefined &&
    one !== undefined &&
    other !== undefined &&
    one.of === other.of &&
    one.part !== 'all' &&
    other.part !== 'all' &&
    one.part !== other.part
  );
}

/** The splits that an array is part of a part of, the last one first. */
function splitsOf({ split }: ArrayFacts): readonly PartOfSplit[] {
  const found: PartOfSplit[] = [];
  for (let one = split; one !== undefined && found.length < 8; one = one.within) found.push(one);
  return found;
}

/** Learned from what the split keeps for testing, and tested on it. */
export const testedOnTrainingInKeras: KerasPart = {
  why: 'What was learned from was seen before: figures on it say nothing of other data, and the part for training is left unused.',
  instead: 'Give fit the part for training.',
  wrong: [
    `${SPLIT}
model.fit(x_test, y_test, epochs=20)  # <--
print(model.evaluate(x_test, y_test))
`,
    `${SPLIT}
import numpy as np
size = len(x) // 5
for fold in range(5):
    model = Sequential([Dense(16, input_dim=30, activation='relu'), Dense(1, activation='sigmoid')])
    model.compile(loss='binary_crossentropy', optimizer='adam')
    some = x[fold * size:(fold + 1) * size]
    of_some = y[fold * size:(fold + 1) * size]
    others = np.concatenate([x[:fold * size], x[(fold + 1) * size:]])
    of_others = np.concatenate([y[:fold * size], y[(fold + 1) * size:]])
    some = scaler.transform(some)  # <--
    model.fit(some, of_some, epochs=20)
    print(model.evaluate(scaler.transform(others), of_others))
`,
  ],
  right: [
    `${SPLIT}
model.fit(x_train, y_train, epochs=20)
print(model.evaluate(x_test, y_test))
model.fit(x_test, y_test, epochs=1)
`,
    `${SPLIT}
import numpy as np
size = len(x) // 5
for fold in range(5):
    model = Sequential([Dense(16, input_dim=30, activation='relu'), Dense(1, activation='sigmoid')])
    model.compile(loss='binary_crossentropy', optimizer='adam')
    others = np.concatenate([x[:fold * size], x[(fold + 1) * size:]])
    of_others = np.concatenate([y[:fold * size], y[(fold + 1) * size:]])
    model.fit(scaler.transform(others), of_others, epochs=20)
    print(model.evaluate(scaler.transform(x[fold * size:(fold + 1) * size]), y[fold * size:(fold + 1) * size]))
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* foldExchanged(program);
    for (const { fits, uses } of kerasOf(program).models) {
      if (fits.some(({ inputs }) => !isOfTesting(inputs))) continue;
      for (const { inputs, x, moment } of fits) {
        const used = uses.find(
          (use) =>
            use.moment.at > moment.at && use.inputs.split?.by === inputs.split?.by && isOfTesting(use.inputs),
        );
        if (moment.span === undefined || used === undefined || !isValue(x)) continue;
        yield {
          at: moment.span,
          message: 'This learns from the part that the split keeps for testing, and that part is tested on.',
          evidence: [places(['the part', x.span], ['tested here', used.moment.span])],
        };
      }
    }
  },
};

/** A network that learns from the one fold of a cross-validation and is tested on all the others. */
function* foldExchanged(program: Program): Generator<Found> {
  if (!/Fold|concat|stack|delete|append/.test(program.source)) return;
  const said = new Set<number>();
  for (const { fits, uses } of kerasOf(program).models)
    for (const { x, moment } of fits) {
      const at = moment.span;
      const learned = rowsTaken(x);
      const isOne = learned?.kind === 'piece' || (learned?.kind === 'fold' && learned.part === 1);
      const [turn] = turnsOf(moment);
      if (!isOne || at === undefined || turn === undefined || said.has(at.start)) continue;
      const tested = uses.find(
        (use) => turnIn(use.moment, turn.loop) === turn.index && areRowsApart(learned, rowsTaken(use.x)),
      );
      if (tested === undefined) continue;
      said.add(at.start);
      yield {
        at: spanOf(x) ?? at,
        message: 'This learns from one fold, and all the other folds are tested on.',
        evidence: [places(['learned from here', at], ['tested here', tested.moment.span])],
      };
    }
}

function isOfTesting({ split }: ArrayFacts): boolean {
  return split?.part === 'test';
}
