import { arrayFacts, isValue } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { oncePerProgram } from '../../ask/once.js';
import { nodesOf } from '../../ask/tree.js';

const LEARNED = `
import numpy as np
from tensorflow import keras
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
model = keras.Sequential([keras.layers.Flatten(input_shape=(28, 28)), keras.layers.Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x_train / 255, y_train, epochs=5)
chances = model.predict(x_test / 255)
right = 0
`;

export const arrayAsCondition: Check = {
  id: 'array-as-condition',
  title: 'Many answers in the place of one',
  severity: 'error',
  why: 'Comparing arrays gives an answer for each element, and a condition takes one: with more than one element this is an error.',
  instead: 'Compare single numbers, or say which is meant: (a == b).all() or .any().',
  needs: 'A condition that is a comparison of arrays, of which some dimension is known to be larger than 1.',
  wrong: [
    `${LEARNED}
for i in range(len(y_test)):
    if chances[i] == y_test[i]:  # <--
        right += 1
`,
    `${LEARNED}
print('sure' if chances[0] > 0.9 else 'unsure')  # <--
`,
  ],
  right: [
    `${LEARNED}
for i in range(len(y_test)):
    if np.argmax(chances[i]) == y_test[i] and chances[i].max() > 0.9 and chances[i][3] < 0.5:
        right += 1
    if (chances[i] > 0.9).any():
        right += 1
print('sure' if chances[0, 1] > 0.9 else 'unsure')
`,
  ],
  *run(program) {
    const said = new Set<number>();
    for (const { result, moment } of callsNamed(program, 'eq', 'ne', 'lt', 'le', 'gt', 'ge')) {
      const at = moment.span;
      if (at === undefined || !isValue(result) || said.has(at.start)) continue;
      const { shape } = arrayFacts(result);
      if (shape?.some((size) => size !== undefined && size > 1) !== true) continue;
      if (shape.includes(0) || !conditionsIn(program).has(keyOf(at))) continue;
      said.add(at.start);
      yield {
        at,
        message: `This compares element by element: it is an array of ${shape.map((size) => size ?? '?').join(' x ')} answers, and no condition.`,
        evidence: [],
      };
    }
  },
};

function keyOf({ start, end }: Span): string {
  return `${start}-${end}`;
}

/** All that is asked whether it is true, with what `and`, `or` and `not` ask of it. */
const conditionsIn = oncePerProgram((program): ReadonlySet<string> => {
  const found = new Set<string>();
  const asked = (expression: tree.Expression): void => {
    found.add(keyOf(expression.span));
    if (expression.kind === 'BoolOp') expression.values.forEach(asked);
    if (expression.kind === 'UnaryOp' && expression.operator === 'not') asked(expression.operand);
  };
  for (const { test } of [
    ...nodesOf(program, 'If'),
    ...nodesOf(program, 'While'),
    ...nodesOf(program, 'IfExp'),
    ...nodesOf(program, 'Assert'),
  ])
    asked(test);
  return found;
});
