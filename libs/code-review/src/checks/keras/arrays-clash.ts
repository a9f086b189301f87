import { apart, arrayFacts, foreignCall, isValue, predictionOf, shownShape } from '@tensormark/frameworks';
import type { Datum, Program, Size } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { places, spanOf } from '../../ask/places.js';

const LEARNED = `
import numpy as np
from tensorflow import keras
from data import x, y, x_new, y_new
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(16, activation='relu'), keras.layers.Dense(3, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=20)
chances = model.predict(x_new)
`;

/** Comparisons of two arrays, element by element. */
const COMPARING = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'equal', 'not_equal'] as const;

/** Reckoning with two, of which sizes that are known and do not go together are told for tensors and arrays alike. */
const RECKONING = ['add', 'sub', 'mul', 'div', 'subtract', 'multiply', 'divide'] as const;

export const arraysClash: Check = {
  id: 'arrays-clash',
  title: 'Arrays of shapes that do not go together',
  severity: 'error',
  why: 'Element by element, two sizes go together if they are the same or one of them is 1, counted from the last: else NumPy refuses them.',
  instead:
    'Bring both to one shape first: np.argmax(predictions, axis=1) beside class numbers, labels[:, None] beside a column.',
  needs:
    'Two arrays whose shapes are known, or the predictions of a network beside one number for each example.',
  wrong: [
    `${LEARNED}
print(np.mean(chances == y_new.ravel()))  # <--
`,
    `
import numpy as np
from keras.models import Sequential
weights, limits = np.random.rand(300, 8), np.random.rand(300)
print((weights > limits).sum())  # <--
`,
  ],
  right: [
    `${LEARNED}
print(np.mean(np.argmax(chances, axis=1) == y_new.ravel()), chances - y_new, chances[:, 1] == y_new.ravel())
print((chances * np.arange(3)).sum(axis=1), chances / chances.sum(axis=1, keepdims=True))
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<number>();
    for (const { name, args, result, moment } of callsNamed(program, ...COMPARING, ...RECKONING)) {
      const at = moment.span;
      if (at === undefined || said.has(at.start)) continue;
      const foreign = foreignCall(result);
      if (foreign !== undefined && !foreign.name.startsWith('numpy.')) continue;
      const [one, other] = (foreign?.args ?? args).positional;
      const shapes = [one, other].map((datum) => (isValue(datum) ? arrayFacts(datum).shape : undefined));
      const [first, second] = shapes;
      if (first === undefined || second === undefined) continue;
      const isClash =
        (isComparing(name) && apart(first, second) !== undefined) ||
        isBesideRow(program, one, first, second) ||
        isBesideRow(program, other, second, first);
      if (!isClash) continue;
      said.add(at.start);
      yield {
        at,
        message: `Shapes ${shownShape(first)} and ${shownShape(second)} do not go together.`,
        evidence: [places(['one array', spanOf(one)], ['the other', spanOf(other)])],
      };
    }
  },
};

function isComparing(name: string): boolean {
  return COMPARING.some((one) => one === name);
}

type Shape = readonly Size[];

/** Predictions of several numbers an example, beside one number for each of the same examples, however many there are. */
function isBesideRow(program: Program, datum: Datum | undefined, shape: Shape, row: Shape): boolean {
  const [rows, columns] = shape;
  return (
    shape.length === 2 &&
    rows === undefined &&
    columns !== undefined &&
    columns > 1 &&
    row.length === 1 &&
    row[0] === undefined &&
    predictionOf(program, datum) !== undefined
  );
}
