import { arrayFacts, entriesOf, foreignCall, kerasOf } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { places, spanOf } from '../../ask/places.js';

export const rowsDiffer: Check = {
  id: 'rows-differ',
  title: 'Arrays of different lengths that belong together',
  severity: 'error',
  why: 'The first dimension counts the examples: every array of inputs and of targets needs as many rows, or Keras and TensorFlow refuse them.',
  instead: 'Make the arrays from the same examples, with the examples first.',
  needs: 'Arrays whose numbers of rows are all known, given to one fit or one from_tensor_slices.',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x, y = np.random.rand(500, 8), np.random.rand(400, 1)
model = Sequential([Dense(8, input_dim=8, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=20)  # <--
`,
    `
import numpy as np
import tensorflow as tf
x, y = np.random.rand(64, 32, 32, 3), np.random.rand(69, 6)
batches = tf.data.Dataset.from_tensor_slices((x, y)).batch(8)  # <--
`,
  ],
  right: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x, y = np.random.rand(500, 8), np.random.rand(400, 1)
model = Sequential([Dense(8, input_dim=8, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x[:400], y, epochs=20)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
judge = Sequential([Dense(1, input_dim=784, activation='sigmoid')])
judge.compile(loss='binary_crossentropy', optimizer='adam')
judge.train_on_batch(np.zeros((128, 784)), [1] * 128)
`,
  ],
  *run(program) {
    for (const { fits } of kerasOf(program).models)
      for (const { x, y, moment, isYielded } of fits) {
        const differing = isYielded ? undefined : differingIn([...arraysOf(x), ...arraysOf(y)]);
        if (differing === undefined || moment.span === undefined) continue;
        yield {
          at: moment.span,
          message: told(differing),
          evidence: [places(['one array', spanOf(differing[0].of)], ['another', spanOf(differing[1].of)])],
        };
        break;
      }
    for (const { args, result, moment } of callsNamed(program, 'from_tensor_slices')) {
      const [, first] = args.positional;
      const given = foreignCall(result)?.args.positional[0] ?? first;
      const differing = Array.isArray(given) || entriesOf(given) ? differingIn(arraysOf(given)) : undefined;
      if (differing === undefined || moment.span === undefined) continue;
      yield {
        at: moment.span,
        message: told(differing),
        evidence: [places(['one array', spanOf(differing[0].of)], ['another', spanOf(differing[1].of)])],
      };
    }
  },
};

interface Counted {
  readonly of: Datum;
  readonly rows: number;
}

/** Every array that is given, in lists and under names too. */
function arraysOf(given: Datum | undefined, depth = 0): readonly Datum[] {
  if (given === undefined) return [];
  const named = entriesOf(given);
  if (named !== undefined) return named.flatMap(([, one]) => arraysOf(one, depth + 1));
  // A list of numbers is an array itself, and no list of inputs; so is one of several, within a tuple.
  const isOfNumbers =
    Array.isArray(given) &&
    given.some((one: Datum) => typeof one !== 'object' || one === null || (depth > 0 && Array.isArray(one)));
  return Array.isArray(given) && !isOfNumbers
    ? given.flatMap((one: Datum) => arraysOf(one, depth + 1))
    : [given];
}

function differingIn(arrays: readonly Datum[]): readonly [Counted, Counted] | undefined {
  const counted = arrays.flatMap((of): Counted[] => {
    const rows = arrayFacts(of).shape?.[0];
    return rows === undefined ? [] : [{ of, rows }];
  });
  const [first] = counted;
  const other = counted.find(({ rows }) => rows !== first?.rows);
  return counted.length < arrays.length || first === undefined || other === undefined
    ? undefined
    : [first, other];
}

function told([one, other]: readonly [Counted, Counted]): string {
  return `These arrays belong together, and one has ${one.rows} rows and another ${other.rows}.`;
}
