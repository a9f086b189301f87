import { scaledByHand } from './figures-of-all.js';
import { eachNode, foreignCall, isValue, Value } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { areOfOneArray, splitPartOf } from '../../ask/split-parts.js';
import { holds, statementAt, statementsOf, targetsOf } from '../../ask/tree.js';

/** What learns its numbers from the data it is fitted to. */
const FITTED =
  /^sklearn\.(preprocessing\.\w*Scaler|preprocessing\.(PowerTransformer|QuantileTransformer)|decomposition\.\w+|feature_extraction\.text\.\w+|impute\.\w+|compose\.(ColumnTransformer|make_column_transformer))$/;

/** What numbers the classes that it is fitted to, in their order. */
const ENCODERS = /^sklearn\.preprocessing\.(Label|OneHot|Ordinal)(Encoder|Binarizer)$/;

const BEGINNING = `
import torch
import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
data, labels = np.load("data.npy"), np.load("labels.npy")
scaler = StandardScaler()
`;

function isSplit(value: Value): boolean {
  return foreignCall(value)?.name === 'sklearn.model_selection.train_test_split';
}

/** Whether it is one of the parts that a split keeps for testing: those at odd places. */
function isTestPart(datum: Datum | undefined): boolean {
  if (!isValue(datum)) return false;
  let current: Value | undefined = datum;
  for (let depth = 0; current !== undefined && depth < 30; depth++) {
    const { made, inputs }: Value = current;
    const [of, index] = made.kind === 'operation' ? made.args.positional : [];
    if (made.kind === 'operation' && made.name === 'unpacked' && isValue(of) && isSplit(of))
      return typeof index === 'bigint' && index % 2n === 1n;
    [current] = inputs;
  }
  return false;
}

interface Fit {
  readonly scaler: Value;
  readonly data: Datum | undefined;
  readonly at: number;
  readonly call: ReturnType<typeof eventsOf<'call'>>[number];
}

function fitsIn(program: Program, made: RegExp = FITTED): Fit[] {
  if (!program.source.includes('sklearn')) return [];
  return eventsOf(program, 'call').flatMap((call) => {
    const [scaler, data] = call.args.positional;
    if (!/^fit(_transform)?$/.test(call.name) || !isValue(scaler)) return [];
    return made.test(foreignCall(scaler)?.name ?? '') ? [{ scaler, data, at: call.moment.at, call }] : [];
  });
}

/** Whether what it gives goes by one name and not the other: `x_test = scaler.fit_transform(…)`. */
function isOf(program: Program, { call }: Fit, name: RegExp, not: RegExp): boolean {
  const { span } = call.moment;
  const statement = span && statementAt(program, span);
  if (call.name !== 'fit_transform' || statement === undefined) return false;
  const names = targetsOf(statement);
  return names.length === 1 && names.every((one) => name.test(one) && !not.test(one));
}

/** Whether two scalers of one kind are fitted to the two parts that a split makes of one array. */
function isOfOneSplit(one: Fit, other: Fit): boolean {
  const [part, learned] = [splitPartOf(one.data), splitPartOf(other.data)];
  return (
    part !== undefined &&
    learned !== undefined &&
    areOfOneArray(part, learned) &&
    foreignCall(one.scaler)?.name === foreignCall(other.scaler)?.name
  );
}

/** `scaler.fit(x_train)`, by the name of what it is given. */
function isFitToTraining({ call }: Fit): boolean {
  const text = call.moment.span?.text ?? '';
  return call.name === 'fit' && /train/i.test(text) && !/test/i.test(text);
}

export const leakFitAgain: Check = {
  id: 'leak-fit-on-test',
  title: 'What was fitted to the training data is fitted again to the data to test with',
  severity: 'warning',
  why: 'The test data are then brought to other numbers than the network has learned from, by figures taken from themselves.',
  instead: 'Fit to the training data alone, and use transform() for the test data.',
  needs:
    'A scaler or an encoder of scikit-learn’s that is fitted to both parts of one split, or to what is called training and then to what is called test data.',
  wrong: [
    `${BEGINNING}
x_train, x_test, y_train, y_test = train_test_split(data, labels, test_size=0.2)
x_train = scaler.fit_transform(x_train)
x_test = scaler.fit_transform(x_test)  # <--
`,
    `
import pandas as pd
from sklearn.preprocessing import MinMaxScaler
scaler = MinMaxScaler()
train = scaler.fit_transform(pd.read_csv("train.csv"))
test = scaler.fit_transform(pd.read_csv("test.csv"))  # <--
`,
    `
import numpy as np
from keras.utils import np_utils
from sklearn.preprocessing import LabelEncoder
encoder = LabelEncoder()
y_train = np_utils.to_categorical(encoder.fit_transform(np.load("train.npy")))
y_test = np_utils.to_categorical(encoder.fit_transform(np.load("test.npy")))  # <--
`,
  ],
  right: [
    `${BEGINNING}
x_train, x_test, y_train, y_test = train_test_split(data, labels, test_size=0.2)
x_train = scaler.fit_transform(x_train)
x_test = scaler.transform(x_test)
`,
    `
import numpy as np
from keras.utils import np_utils
from sklearn.preprocessing import LabelEncoder
encoder = LabelEncoder()
y_train = np_utils.to_categorical(encoder.fit_transform(np.load("train.npy")))
y_test = np_utils.to_categorical(encoder.transform(np.load("test.npy")))
`,
  ],
  *run(program) {
    yield* fittedAgain(program, fitsIn(program));
    for (const found of fittedAgain(program, fitsIn(program, ENCODERS)))
      yield {
        ...found,
        message:
          'The classes are numbered anew by the labels to test with: where one of them is missing there, the numbers are others than those learned.',
        severity: 'design',
      };
  },
};

function* fittedAgain(program: Program, fits: readonly Fit[]): Generator<Found> {
  for (const fit of fits) {
    const { scaler, data, at, call } = fit;
    const isNamed = isOf(program, fit, /test/i, /train/i);
    if ((!isTestPart(data) && !isNamed) || call.moment.span === undefined) continue;
    const first = fits.find(
      (other) =>
        (other.scaler === scaler || isOfOneSplit(fit, other)) &&
        other.at < at &&
        (isNamed
          ? isOf(program, other, /train/i, /test/i) || isFitToTraining(other)
          : !isTestPart(other.data)),
    );
    if (first === undefined) continue;
    yield {
      at: call.moment.span,
      message: 'What was fitted to the training data is fitted again to the data to test with.',
      evidence: [places(['it is fitted to the training data', first.call.moment.span])],
    };
  }
}

export const leakFitBeforeSplit: Check = {
  id: 'leak-fit-before-split',
  title: 'Scaling is fitted before the data are split',
  severity: 'design',
  why: 'Figures of the test data then go into what is learned from, and the result comes out a little too well.',
  instead: 'Split first, fit to the training part alone, and transform both.',
  needs: 'A scaler of scikit-learn’s, and a split of what it gave.',
  wrong: [
    `
import numpy as np
x, y = np.load('x.npy'), np.load('y.npy')
mean, std = x.mean(axis=0), x.std(axis=0)
x = (x - mean) / std  # <--
n = int(0.8 * len(x))
x_train, x_test = x[:n], x[n:]
`,
    `${BEGINNING}
data = scaler.fit_transform(data)  # <--
x_train, x_test, y_train, y_test = train_test_split(data, labels, test_size=0.2)
`,
    `${BEGINNING}
n = int(0.8 * len(data))
scaled = scaler.fit_transform(data)  # <--
train, test = scaled[:n], scaled[n:]
`,
    `${BEGINNING}
n = int(0.8 * len(data))
data = scaler.fit_transform(data)  # <--
train, test = data[0:n, :], data[n:len(data), :]
`,
    `${BEGINNING}
scaler.fit(data)  # <--
data = scaler.transform(data)
x_train, x_test, y_train, y_test = train_test_split(data, labels, test_size=0.2)
`,
    `${BEGINNING}
n = int(0.8 * len(data))
scaler.fit(data)  # <--
train, test = scaler.transform(data[:n]), scaler.transform(data[n:])
`,
  ],
  right: [
    `${BEGINNING}
x_train, x_test, y_train, y_test = train_test_split(data, labels, test_size=0.2)
x_train = scaler.fit_transform(x_train)
`,
    `${BEGINNING}
n = int(0.8 * len(data))
scaler.fit(data[:n])
train, test = scaler.transform(data[:n]), scaler.transform(data[n:])
`,
    `${BEGINNING}
n = int(0.8 * len(data))
train = scaler.fit_transform(data[:n])
first, rest = train[:10], train[10:]
`,
  ],
  *run(program) {
    yield* scaledByHand(program);
    const fits = fitsIn(program);
    if (fits.length === 0) return;
    const splits = eventsOf(program, 'call').filter(({ result }) => isValue(result) && isSplit(result));
    for (const { call } of fits) {
      const { moment } = call;
      if (moment.span === undefined) continue;
      const whole = call.name === 'fit' ? cutOf(program, call) : undefined;
      if (whole !== undefined && !isValueOfSplit(call.args.positional[1])) {
        yield {
          at: moment.span,
          message: 'This is fitted to all the data, those that are kept for testing too.',
          evidence: [places(['the data are split', whole])],
        };
        continue;
      }
      const result = call.name === 'fit_transform' ? call.result : transformedBy(program, call);
      if (!isValue(result)) continue;
      const cut = cutAfter(program, result);
      if (cut !== undefined) {
        yield {
          at: moment.span,
          message: 'This is fitted to all the data, those that are kept for testing too.',
          evidence: [places(['the data are split', cut])],
        };
        continue;
      }
      const split = splits.find(({ args }) =>
        args.positional.some((datum) => isValue(datum) && comesOf(datum, (value) => value === result)),
      );
      if (split === undefined || comesOf(result, isSplit)) continue;
      yield {
        at: moment.span,
        message: 'This is fitted to all the data, those that are kept for testing too.',
        evidence: [places(['the data are split', split.moment.span])],
      };
    }
  },
};

/** Where what was fitted is cut in two: `data[:n]` is learned from and `data[n:]` is not. */
function cutAfter(program: Program, fitted: Value): Span | undefined {
  let found: Span | undefined;
  eachNode(program.body, (node) => {
    if (found !== undefined || node.kind !== 'Subscript' || node.value.kind !== 'Name') return;
    const [name, bound] = [node.value.id, upperOf(node)];
    if (bound === undefined || !isFitted(program, name, fitted)) return;
    eachNode(program.body, (other) => {
      if (other.kind !== 'Subscript' || other.value.span.text !== name) return;
      // What is kept may begin some rows earlier, where windows look back: `data[n - 60:]`.
      const lower = lowerOf(other);
      const isBound = lower === bound || lower?.startsWith(`${bound} -`) === true;
      if (!isBound) return;
      found ??= node.span;
    });
  });
  return found;
}

/** Where what a scaler was fitted to, by its name alone, is cut in two. */
function cutOf(program: Program, { moment: { span } }: Fit['call']): Span | undefined {
  const name = /\.fit\(\s*(\w+)\s*\)$/.exec(span?.text ?? '')?.[1];
  let found: Span | undefined;
  if (name === undefined) return undefined;
  eachNode(program.body, (node) => {
    if (found !== undefined || node.kind !== 'Subscript' || node.value.span.text !== name) return;
    const bound = upperOf(node);
    if (bound === undefined) return;
    eachNode(program.body, (other) => {
      if (other.kind === 'Subscript' && other.value.span.text === name && lowerOf(other) === bound)
        found ??= node.span;
    });
  });
  return found;
}

function isValueOfSplit(datum: Datum | undefined): boolean {
  return isValue(datum) && comesOf(datum, isSplit);
}

/** What a scaler that was fitted makes afterwards of the very data that it was fitted to. */
function transformedBy(program: Program, { args: { positional }, moment }: Fit['call']): Datum | undefined {
  const [scaler, data] = positional;
  return callsNamed(program, 'transform').find(
    (one) =>
      one.args.positional[0] === scaler && one.args.positional[1] === data && one.moment.at > moment.at,
  )?.result;
}

function firstSlice({ index }: tree.Subscript): tree.Slice | undefined {
  const first = index.kind === 'Tuple' ? index.items[0] : index;
  return first?.kind === 'Slice' ? first : undefined;
}

/** The bound of a slice from the first row on: `data[:n]`, `data[0:n]`. */
function upperOf(node: tree.Subscript): string | undefined {
  const slice = firstSlice(node);
  const isFromFirst = slice?.lower === undefined || slice.lower.span.text === '0';
  return isFromFirst ? slice?.upper?.span.text : undefined;
}

/** The bound of a slice up to the last row: `data[n:]`, `data[n:len(data)]`. */
function lowerOf(node: tree.Subscript): string | undefined {
  const slice = firstSlice(node);
  const isToLast = slice?.upper === undefined || slice.upper.span.text === `len(${node.value.span.text})`;
  return isToLast ? slice?.lower?.span.text : undefined;
}

/** Whether a name is given what a scaler gave, where it was fitted to all there is. */
function isFitted(program: Program, name: string, { span }: Value): boolean {
  return statementsOf(program).some(
    (statement) =>
      statement.kind === 'Assign' &&
      statement.targets.some((target) => target.span.text === name) &&
      span !== undefined &&
      holds(statement.value.span, span) &&
      !/\[\s*:/.test(statement.value.span.text),
  );
}
