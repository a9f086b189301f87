import { foreignCall, isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum, Examples, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { foldPart } from '../../ask/folds.js';
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
    `${BEGINNING}
x_train, x_test = scaler.transform(x_train), scaler.transform(x_test)
model.fit(x_train, y_train, epochs=20)
print(model.evaluate(x_train, y_train))  # <--
`,
  ],
  right: [
    `${BEGINNING}
x_train, x_test = scaler.transform(x_train), scaler.transform(x_test)
model.fit(x_train, y_train, epochs=20)
print(model.evaluate(x_train, y_train), model.predict(x_test))
`,
    `${BEGINNING}
model.fit(scaler.transform(x_train), y_train, epochs=20)
print(model.evaluate(scaler.transform(x_test), y_test))
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* testedOnLearned(program);
    yield* learnedFromTesting(program);
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

/** What a set or a split keeps for testing, learned from by a network that is given the other part nowhere. */
function* learnedFromTesting(program: Program): Generator<Found> {
  for (const { fits, uses } of kerasOf(program).models) {
    const parts = fits.map(({ inputs: { set, split } }) => set?.part ?? split?.part);
    const [fit] = fits;
    const at = fit?.moment.span;
    if (at === undefined || parts.length === 0 || !parts.every((part) => part === 'test')) continue;
    const isTestedOnIt = uses.some(({ x }) => areTheSame(fit?.x, x));
    if (!isTestedOnIt) continue;
    yield {
      at,
      message: 'The network learns from the part that is kept for testing, and is tested on the same.',
      evidence: [places(['the data', isValue(fit?.x) ? fit.x.span : undefined])],
    };
  }
}

/** What was learned from, evaluated in place of the part that a split keeps for it, which nothing looks at. */
function* testedOnLearned(program: Program): Generator<Found> {
  for (const { fits, uses } of kerasOf(program).models) {
    const given = [...fits, ...fits.flatMap(({ validation }) => validation ?? []), ...uses];
    for (const { x, inputs, moment, kind } of uses) {
      const fit = fits.find((one) => areTheSame(one.x, x) && one.moment.at < moment.at);
      if (kind !== 'evaluate' || moment.span === undefined || fit === undefined || !isValue(x)) continue;
      const part = keptBeside(x, inputs);
      if (part === undefined || given.some((one) => !areTheSame(one.x, x) && part(one))) continue;
      yield {
        at: moment.span,
        message:
          'This evaluates on what was learned from, and what the split keeps for testing is not looked at.',
        evidence: [places(['learned from here', fit.moment.span])],
      };
    }
  }
}

/** Whether two are one array, or the same rows of one. */
function areTheSame(one: Datum | undefined, other: Datum | undefined): boolean {
  if (one === other) return true;
  if (!isValue(one) || !isValue(other) || one.made.kind !== 'operation' || other.made.kind !== 'operation')
    return false;
  const [left, right] = [one.made, other.made];
  return (
    left.name === 'getitem' &&
    right.name === 'getitem' &&
    left.args.positional.every((part, at) => part === right.args.positional[at])
  );
}

/** Tells what is of the same split and not for learning. */
function keptBeside(x: Value, { split }: Examples['inputs']): ((given: Examples) => boolean) | undefined {
  if (split?.part === 'train')
    return ({ inputs }) => inputs.split?.by === split.by && inputs.split.part === 'test';
  const rows =
    x.made.kind === 'operation' && x.made.name === 'getitem' ? x.made.args.positional[1] : undefined;
  const by = foldPart(rows)?.fold;
  return by === undefined
    ? undefined
    : ({ x: other }) =>
        isValue(other) &&
        other.made.kind === 'operation' &&
        other.made.name === 'getitem' &&
        other.made.args.positional[1] !== rows &&
        foldPart(other.made.args.positional[1])?.fold === by;
}

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
