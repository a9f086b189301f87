import { foreignCall, isValue, kerasOf, madeBy } from '@tensormark/frameworks';
import type { Called, Datum, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { eachAncestor } from '../../ask/ancestry.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { isMadeOf } from '../../ask/made-of.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** Examples that are shuffled in place, and their labels not. */
export const shuffledAloneInKeras: KerasPart = {
  why: 'The labels stay in the order they had, so that examples have the labels of others.',
  instead: 'Leave shuffling to fit, or draw one permutation and index both by it.',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
np.random.shuffle(x)  # <--
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
x = np.random.permutation(x)  # <--
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import rows, labels
x, y = np.array(rows), np.array(labels)
order = np.arange(len(y))
np.random.shuffle(order)
x = x[order]  # <--
model = Sequential([Dense(8, activation='relu', input_dim=4), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
  ],
  right: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import table, order
np.random.shuffle(table)
np.random.shuffle(order)
x, y = table[:, :8], table[:, 8]
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import x, y, table
order = np.random.permutation(len(x))
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x[order], y[order], epochs=30)
table = np.random.permutation(table)
model.fit(table[:, :8], table[:, 8], epochs=30)
model.fit(np.random.permutation(x), np.random.permutation(x), epochs=30)
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* permutedAlone(program);
    yield* orderedAlone(program);
    const shuffles = callsNamed(program, 'shuffle').filter(
      ({ args, result }) => result === null && args.positional.length === 1 && isValue(args.positional[0]),
    );
    if (shuffles.length === 0 || shuffles.length > 1) return;
    for (const { fits } of kerasOf(program).models)
      for (const { x, y } of fits)
        for (const { args, moment } of shuffles) {
          const [of] = args.positional;
          if (moment.span === undefined || !isValue(y) || !isValue(of)) continue;
          if (x !== of || y === of || isMadeOf(y, of) || isMadeOf(of, y)) continue;
          // Both of one table that was read: the labels may be made of what was shuffled already.
          if (
            y.id > of.id &&
            y.inputs.some((one) => of.inputs.includes(one)) &&
            y.made.kind === 'operation'
          ) {
            const made = y.span;
            if (made !== undefined && made.start > moment.span.start) continue;
          }
          yield {
            at: moment.span,
            message: 'The examples are put in another order here, and their labels are not.',
            evidence: [places(['the labels', y.span])],
          };
        }
  },
};

/** `x = np.random.permutation(x)`, where the labels are not made of it. */
function* permutedAlone(program: Program): Generator<Found> {
  if (!/\bpermutation\(|\bshuffle\(/.test(program.source)) return;
  const permuted = eventsOf(program, 'call').filter(({ result }) => permutedBy(result) !== undefined);
  for (const { fits } of kerasOf(program).models)
    for (const { x, y } of fits) {
      if (!isValue(x) || !isValue(y)) continue;
      const isOf = (datum: Value, { result }: Called): boolean => datum === result || isMadeOf(datum, result);
      const alone = permuted.find((one) => isOf(x, one));
      const of = permutedBy(alone?.result);
      const at = alone?.moment.span;
      if (at === undefined || !isValue(of) || permuted.some((one) => isOf(y, one))) continue;
      // Of a number, or of the labels' own places, it is an order to index by.
      if (!isExamples(x, alone) || y === of || isMadeOf(of, y)) continue;
      yield {
        at,
        message: 'The examples are put in another order here, and their labels are not.',
        evidence: [places(['the labels', y.span])],
      };
    }
}

/** What NumPy or scikit-learn was told to put in another order by itself. */
function permutedBy(result: Datum | undefined): Value | undefined {
  const made = foreignCall(result);
  if (made === undefined || !/(^|\.)(random\.permutation|utils\.shuffle)$/.test(made.name)) return undefined;
  const [of, ...others] = made.args.positional;
  return isValue(of) && others.length === 0 ? of : undefined;
}

/** Whether what was put in another order is the examples themselves, and no order that something is indexed by. */
function isExamples(x: Value, permuted: Called | undefined): boolean {
  let current: Datum | undefined = x;
  for (let depth = 0; depth < 10 && isValue(current); depth++) {
    if (current === permuted?.result) return true;
    const made: Value['made'] = current.made;
    if (made.kind !== 'operation' || !/^(astype|reshape|div|sub|mul|truediv)$/.test(made.name)) return false;
    current = made.args.positional[0];
  }
  return false;
}

/** `np.random.shuffle(order); x = x[order]`, where nothing that is done to the labels has to do with that order. */
function* orderedAlone(program: Program): Generator<Found> {
  const orders = callsNamed(program, 'shuffle').flatMap(({ args: { positional }, result }) => {
    const [order] = positional;
    return result === null && positional.length === 1 && isValue(order) && isPlaces(order) ? [order] : [];
  });
  if (orders.length === 0) return;
  for (const { fits } of kerasOf(program).models)
    for (const { x, y, moment } of fits) {
      if (!isValue(x) || !isValue(y) || isMadeOf(y, x)) continue;
      const taken = orders.flatMap((order) => rowsBy(x, order) ?? []);
      const [rows] = taken;
      if (
        rows?.span === undefined ||
        y.made.kind !== 'operation' ||
        orders.some((order) => dependsOn(y, order))
      )
        continue;
      yield {
        at: rows.span,
        message: 'The examples are put in another order here, and their labels are not.',
        evidence: [places(['the labels', y.span], ['learned from here', moment.span])],
      };
      return;
    }
}

/** `np.arange(n)`: places to index by. */
function isPlaces(value: Value): boolean {
  return madeBy(value) === 'arange' || /^numpy\.arange$/.test(foreignCall(value)?.name ?? '');
}

/** Where rows are taken in that order. */
function rowsBy(value: Value, order: Value): Value | undefined {
  let found: Value | undefined;
  eachAncestor(value, (one) => {
    if (one.made.kind === 'operation' && one.made.name === 'getitem' && one.made.args.positional[1] === order)
      found ??= one;
    return found === undefined;
  });
  return found;
}

function dependsOn(value: Value, order: Value): boolean {
  return rowsBy(value, order) !== undefined || isMadeOf(value, order);
}
