import { foreignCall, isValue, Value } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';

/** What learns its numbers from the data it is fitted to. */
const FITTED =
  /^sklearn\.(preprocessing\.\w*Scaler|preprocessing\.(PowerTransformer|QuantileTransformer)|decomposition\.\w+|feature_extraction\.text\.\w+|impute\.\w+)$/;

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

function fitsIn(program: Program): Fit[] {
  if (!program.source.includes('sklearn')) return [];
  return eventsOf(program, 'call').flatMap((call) => {
    const [scaler, data] = call.args.positional;
    if (!/^fit(_transform)?$/.test(call.name) || !isValue(scaler)) return [];
    return FITTED.test(foreignCall(scaler)?.name ?? '') ? [{ scaler, data, at: call.moment.at, call }] : [];
  });
}

export const leakFitAgain: Check = {
  id: 'leak-fit-on-test',
  title: 'Scaling is fitted to the data to test with',
  severity: 'warning',
  why: 'The test data are then brought to other numbers than the network has learned from, by figures taken from themselves.',
  instead: 'Fit to the training data alone, and use transform() for the test data.',
  needs: 'A scaler of scikit-learn’s that is fitted to both parts of one split.',
  wrong: [
    `${BEGINNING}
x_train, x_test, y_train, y_test = train_test_split(data, labels, test_size=0.2)
x_train = scaler.fit_transform(x_train)
x_test = scaler.fit_transform(x_test)  # <--
`,
  ],
  right: [
    `${BEGINNING}
x_train, x_test, y_train, y_test = train_test_split(data, labels, test_size=0.2)
x_train = scaler.fit_transform(x_train)
x_test = scaler.transform(x_test)
`,
  ],
  *run(program) {
    const fits = fitsIn(program);
    for (const { scaler, data, at, call } of fits) {
      if (!isTestPart(data) || call.moment.span === undefined) continue;
      const first = fits.find((other) => other.scaler === scaler && other.at < at && !isTestPart(other.data));
      if (first === undefined) continue;
      yield {
        at: call.moment.span,
        message: 'What was fitted to the training data is fitted again to the data to test with.',
        evidence: [places(['it is fitted to the training data', first.call.moment.span])],
      };
    }
  },
};

export const leakFitBeforeSplit: Check = {
  id: 'leak-fit-before-split',
  title: 'Scaling is fitted before the data are split',
  severity: 'design',
  why: 'Figures of the test data then go into what is learned from, and the result comes out a little too well.',
  instead: 'Split first, fit to the training part alone, and transform both.',
  needs: 'A scaler of scikit-learn’s, and a split of what it gave.',
  wrong: [
    `${BEGINNING}
data = scaler.fit_transform(data)  # <--
x_train, x_test, y_train, y_test = train_test_split(data, labels, test_size=0.2)
`,
  ],
  right: [
    `${BEGINNING}
x_train, x_test, y_train, y_test = train_test_split(data, labels, test_size=0.2)
x_train = scaler.fit_transform(x_train)
`,
  ],
  *run(program) {
    const fits = fitsIn(program);
    if (fits.length === 0) return;
    const splits = eventsOf(program, 'call').filter(({ result }) => isValue(result) && isSplit(result));
    for (const { call } of fits) {
      const { result, moment } = call;
      if (call.name !== 'fit_transform' || !isValue(result) || moment.span === undefined) continue;
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
