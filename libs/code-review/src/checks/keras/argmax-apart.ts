import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { callsOf, nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';
import type { KerasPart } from './in-keras.js';

/** Classes that are compared, of which one side was taken over the classes and the other over the examples. */
export const argmaxApart: KerasPart = {
  instead: 'Go over the classes on both sides: np.argmax(y_test, axis=1).',
  wrong: [
    `
import numpy as np
from sklearn.metrics import classification_report
from keras.models import load_model
from data import x_test, y_test
network = load_model('best.keras')
truth = np.argmax(y_test, axis=0)  # <--
said = np.argmax(network.predict(x_test), axis=1)
print(classification_report(truth, said))
`,
    `
import tensorflow as tf
from team import scores, labels
right = tf.equal(tf.argmax(scores, 0), tf.argmax(labels, 1))  # <--
accuracy = tf.reduce_mean(tf.cast(right, tf.float32))
`,
  ],
  right: [
    `
import numpy as np
from sklearn.metrics import classification_report
from keras.models import load_model
from data import x_test, y_test
network = load_model('best.keras')
truth = np.argmax(y_test, axis=1)
said = np.argmax(network.predict(x_test), axis=-1)
print(classification_report(truth, said), np.argmax(said, axis=0))
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!program.source.includes('argmax')) return;
    const told = new Set<number>();
    for (const sides of comparedIn(program)) {
      const found = sides.map((side) => largestIn(program, side));
      const [one, other] = found;
      if (one === undefined || other === undefined || one.axis === other.axis) continue;
      const over = one.axis === 'examples' ? one : other;
      if (told.has(over.at.span.start)) continue;
      told.add(over.at.span.start);
      yield {
        at: over.at.span,
        message:
          'This goes over the examples, and what it is compared with over the classes of each: one number a class is compared with one an example.',
        evidence: [],
      };
    }
  },
};

const COMPARES =
  /(^|\.)(equal|not_equal|classification_report|confusion_matrix|(accuracy|f1|precision|recall)_score)$/;

/** The two sides of what is compared. */
function comparedIn(program: Program): tree.Expression[][] {
  return [
    ...callsOf(program)
      .filter(({ callee, args }) => COMPARES.test(callee.span.text) && args.length >= 2)
      .map(({ args }) => args.slice(0, 2)),
    ...nodesOf(program, 'Compare').map(({ left, comparators }) => [left, ...comparators].slice(0, 2)),
  ];
}

interface Largest {
  readonly at: tree.Expression;
  readonly axis: 'examples' | 'classes';
}

/** The `argmax` that something is, or that a name is given once. */
function largestIn(program: Program, side: tree.Expression): Largest | undefined {
  if (side.kind === 'Name') {
    const makings = statementsOf(program).filter((one) => targetsOf(one).includes(side.id));
    const [making] = makings;
    return makings.length === 1 && making?.kind === 'Assign' && making.value.kind === 'Call'
      ? largestIn(program, making.value)
      : undefined;
  }
  if (side.kind !== 'Call' || !/^(np|numpy|tf|tf\.math)\.argmax$/.test(side.callee.span.text))
    return undefined;
  // One example of several has its classes along the first axis.
  if (side.args[0]?.kind === 'Subscript') return undefined;
  const axis = side.args[1] ?? side.keywords.find(({ name }) => /^(axis|dimension)$/.test(name ?? ''))?.value;
  switch (axis?.span.text) {
    case '0':
      return { at: side, axis: 'examples' };
    case '1':
    case '-1':
      return { at: side, axis: 'classes' };
    default:
      return undefined;
  }
}
