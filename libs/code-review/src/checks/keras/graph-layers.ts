import { argument, graphShape, isValue, shownShape } from '@tensormark/frameworks';
import type { Datum, GraphShape, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { columnsOf } from '../../ask/graph-columns.js';
import {
  everyGraphCall,
  graphCall,
  graphCalls,
  matrixOf,
  productOf,
  shortName,
  variableOf,
} from '../../ask/graphs.js';
import { places, spanOf } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const DATA = `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
labels = tf.placeholder(tf.float32, [None, 10])
w1 = tf.Variable(tf.random_normal([784, 256]))
b1 = tf.Variable(tf.random_normal([256]))
w2 = tf.Variable(tf.random_normal([256, 10]))
`;

/** A product of a product, with at most a bias between. */
export const missingNonlinearityInGraphs: KerasPart = {
  instead: 'Put tf.nn.relu between the two products.',
  wrong: [
    `${DATA}
h = tf.matmul(x, w1) + b1  # <--
scores = tf.matmul(h, w2)
`,
  ],
  right: [
    `${DATA}
h = tf.nn.relu(tf.matmul(x, w1) + b1)
scores = tf.matmul(h, w2)
`,
    `
import tensorflow as tf
word = tf.placeholder(tf.float32, [None, 5000])
w1 = tf.Variable(tf.random_normal([5000, 100]))
w2 = tf.Variable(tf.random_normal([100, 5000]))
scores = tf.matmul(tf.matmul(word, w1), w2)
`,
    `
import tensorflow as tf
w1, w2 = tf.Variable(tf.random_normal([2, 3])), tf.Variable(tf.random_normal([3, 3]))
sess = tf.Session()
sess.run(tf.global_variables_initializer())
print(sess.run(tf.matmul(tf.matmul(tf.constant([[0.7, 0.9]]), w1), w2)))
`,
  ],
  *run(program: Program): Generator<Found> {
    // Of numbers that are written out nothing is learned.
    if (!/placeholder|minimize|gradient|Dataset|Optimizer/.test(program.source)) return;
    for (const call of graphCalls(program)) {
      const outer = variableOf(matrixOf(call));
      if (call.name !== 'matmul' || outer === undefined) continue;
      const inner = productOf(undropped(argument(call.args, 'a', 0)));
      const matrix = inner && variableOf(matrixOf(inner));
      const at = inner?.value.span;
      if (inner === undefined || matrix === undefined || at === undefined) continue;
      const [before, width] = matrix.shape;
      const after = outer.shape[1];
      // A narrow middle without activation makes of both a matrix of few ranks, which may be what is wanted.
      if (before === undefined || width === undefined || after === undefined) continue;
      if (width < before && width < after) continue;
      yield {
        at,
        message: 'Nothing that is not linear comes between this product and the next: the two amount to one.',
        evidence: [places(['the next one', call.value.span])],
      };
    }
  },
};

function undropped(datum: Datum | undefined): Datum | undefined {
  const call = graphCall(datum);
  return call !== undefined && shortName(call) === 'dropout' ? call.args.positional[0] : datum;
}

/** Products whose sizes do not meet. */
export const shapeLinearInGraphs: KerasPart = {
  why: 'A product takes as many columns on its left as the matrix has rows; TensorFlow refuses the graph.',
  instead: 'Make the first size of the matrix the width of what comes to it.',
  wrong: [
    `${DATA}
h = tf.nn.relu(tf.matmul(x, w1) + b1)
w3 = tf.Variable(tf.random_normal([128, 10]))
scores = tf.matmul(h, w3)  # <--
`,
    `
w = tf.Variable(tf.random_normal([8, 16]))
v = tf.Variable(tf.random_normal([8, 3]))
scores = tf.matmul(tf.nn.relu(tf.matmul(inputs, w)), v)  # <--
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 3])
w = tf.Variable(tf.random_normal([3, 1]))
guess = tf.matmul(w, x)  # <--
`,
  ],
  right: [
    `${DATA}
h = tf.nn.relu(tf.matmul(x, w1) + b1)
scores = tf.matmul(tf.transpose(w2), h, transpose_b=True)
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<number>();
    const isOld = /placeholder|Session/.test(program.source);
    for (const { args, result } of callsNamed(program, 'matmul')) {
      const [one, other] = args.positional;
      const [left, right] = [one, other].map((of) => (isValue(of) ? graphShape(of) : undefined));
      const at = isValue(result) ? result.span : undefined;
      if (at !== undefined && [one, other].some((of) => typeof of === 'bigint' || typeof of === 'number')) {
        if (!said.has(at.start))
          yield {
            at,
            message: '@ is the product of matrices, and one of these is a number.',
            instead: 'Multiply by *.',
            evidence: [],
          };
        said.add(at.start);
        continue;
      }
      // NumPy takes vectors too.
      if (
        at === undefined ||
        left === undefined ||
        right === undefined ||
        left.length < 2 ||
        right.length < 2
      )
        continue;
      const refused = graphCall(result) === undefined ? refusedProduct(left, right, false) : undefined;
      if (refused !== undefined && !said.has(at.start))
        yield {
          at,
          ...refused,
          evidence: [places(['what comes', spanOf(one)], ['the matrix', spanOf(other)])],
        };
      said.add(at.start);
    }
    for (const call of everyGraphCall(program)) {
      const { span } = call.value;
      if (call.name !== 'matmul' || span === undefined || said.has(span.start)) continue;
      if (call.args.positional.length > 2) continue;
      if ([...call.args.named.keys()].some((name) => name !== 'a' && name !== 'b' && name !== 'name'))
        continue;
      const [one, other] = [argument(call.args, 'a', 0), matrixOf(call)];
      const refused =
        refusedProduct(graphShape(one), graphShape(other), isOld) ??
        unmet(columnsOf(one), graphShape(other)) ??
        turnedAbout(one, other);
      // What comes after is of as many dimensions too.
      if (refused === undefined || (refused.severity !== undefined && said.has(-1))) continue;
      said.add(refused.severity === undefined ? span.start : -1);
      yield {
        at: span,
        ...refused,
        evidence: [places(['what comes', spanOf(one)], ['the matrix', spanOf(other)])],
      };
    }
  },
};

type Refused = Pick<Found, 'message' | 'severity' | 'why' | 'instead'>;

function unmet(columns: number | undefined, matrix: GraphShape | undefined): Refused | undefined {
  const [rows] = matrix?.length === 2 ? matrix : [];
  if (columns === undefined || rows === undefined || columns === rows) return undefined;
  return { message: `What comes to this product has ${columns} columns, and the matrix ${rows} rows.` };
}

/** A matrix of weights times examples that stand in rows. */
function turnedAbout(one: Datum | undefined, other: Datum | undefined): Refused | undefined {
  const [matrix, examples] = [variableOf(one)?.shape, graphShape(other)];
  if (matrix?.length !== 2 || examples?.length !== 2 || graphCall(other)?.name !== 'placeholder')
    return undefined;
  const [rows, columns] = matrix;
  const isTurned = examples[0] === undefined && rows !== undefined && rows === examples[1];
  return !isTurned || columns === undefined || columns === rows
    ? undefined
    : {
        severity: 'warning',
        message: `The examples stand in rows of ${rows}, and the matrix takes ${columns} of them at a time here.`,
        why: 'The product adds up over the examples: it is refused for another number of them.',
        instead: 'Put what comes first: tf.matmul(x, w).',
      };
}

function refusedProduct(
  left: GraphShape | undefined,
  right: GraphShape | undefined,
  isOld: boolean,
): Refused | undefined {
  const vector = [left, right].find((shape) => shape !== undefined && shape.length < 2);
  if (vector !== undefined)
    return {
      message:
        vector.length === 0
          ? 'matmul takes matrices, and this is one number: a placeholder says its shape as [None, columns].'
          : `matmul takes matrices, and this is a vector, ${shownShape(vector)}: tf.expand_dims makes a column of it.`,
    };
  if (left === undefined || right === undefined || left.length < 2 || right.length < 2) return undefined;
  const [width, rows] = [left.at(-1), right.at(-2)];
  if (width !== undefined && rows !== undefined && width !== rows)
    return { message: `What comes to this product has ${width} columns, and the matrix ${rows} rows.` };
  // Since TensorFlow 1.14 a matrix goes with each of a stack of them.
  return left.length === right.length || !isOld
    ? undefined
    : {
        message: `matmul of ${shownShape(left)} and ${shownShape(right)}, which TensorFlow before 1.14 refuses: it takes as many dimensions of both.`,
        severity: 'design',
      };
}
