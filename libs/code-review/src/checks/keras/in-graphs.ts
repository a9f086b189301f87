import { argument, foreignName, isValue } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import {
  activationOver,
  everyGraphCall,
  graphCall,
  graphCalls,
  matrixOf,
  productOf,
  scoresOf,
  shortName,
  variableOf,
} from '../../ask/graphs.js';
import type { GraphCall } from '../../ask/graphs.js';
import { mayRestore } from '../../ask/graph-runs.js';
import { isMadeOf } from '../../ask/made-of.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const SOFTMAX_ENTROPY =
  /^(nn\.(sparse_)?softmax_cross_entropy_with_logits(_v2)?|losses\.(sparse_)?softmax_cross_entropy)$/;
const SIGMOID_ENTROPY =
  /^(nn\.(weighted_cross_entropy|sigmoid_cross_entropy)_with_logits|losses\.sigmoid_cross_entropy)$/;

const BEGINNING = `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
y = tf.placeholder(tf.float32, [None, 1])
w1 = tf.Variable(tf.truncated_normal([4, 16], stddev=0.1))
b1 = tf.Variable(tf.zeros([16]))
h = tf.nn.relu(tf.matmul(x, w1) + b1)
`;

/** A softmax over the one column that a product with a matrix of one column gives. */
export const softmaxOneUnitInGraphs: KerasPart = {
  instead:
    'Use tf.nn.sigmoid and sigmoid_cross_entropy_with_logits for a single score, or one column a class.',
  wrong: [
    `${BEGINNING}
w2 = tf.Variable(tf.truncated_normal([16, 1], stddev=0.1))
scores = tf.matmul(h, w2) + tf.Variable(tf.zeros([1]))
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=scores, labels=y))  # <--
`,
    `${BEGINNING}
guess = tf.layers.dense(h, 1, activation=tf.nn.softmax)  # <--
`,
  ],
  right: [
    `${BEGINNING}
w2 = tf.Variable(tf.truncated_normal([16, 1], stddev=0.1))
scores = tf.matmul(h, w2) + tf.Variable(tf.zeros([1]))
loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=scores, labels=y))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const call of everyGraphCall(program)) {
      const { span } = call.value;
      if (span === undefined || !isSoftmax(call)) continue;
      // Over the examples, as attention does it, one column is right.
      if (call.args.named.has('axis') || call.args.named.has('dim')) continue;
      if (call.name === 'nn.softmax' && call.args.positional.length > 1) continue;
      const isLayer = call.name === 'layers.dense';
      const scores = isLayer ? call.value : scoresOf(call);
      const product = productOf(scores);
      const matrix = product && matrixOf(product);
      if (variableOf(matrix)?.shape[1] !== 1 && !isLayered(scores)) continue;
      yield {
        at: span,
        message: 'The softmax goes over one column, so it always gives 1, whatever the network says.',
        evidence: isValue(matrix) ? [places(['the matrix with one column', matrix.span])] : [],
      };
    }
  },
};

function isSoftmax({ name, args }: GraphCall): boolean {
  if (name !== 'layers.dense') return name === 'nn.softmax' || SOFTMAX_ENTROPY.test(name);
  return /(^|\.)softmax$/.test(foreignName(argument(args, 'activation', 2)) ?? '');
}

function isLayered(datum: Datum | undefined): boolean {
  const call = graphCall(datum);
  return call?.name === 'layers.dense' && argument(call.args, 'units', 1) === 1n;
}

function* activatedTwice(program: Program, entropy: RegExp, activation: string): Generator<Found> {
  for (const call of graphCalls(program)) {
    if (!entropy.test(call.name) || call.value.span === undefined) continue;
    const before = activationOver(scoresOf(call));
    const isSquashed = activation === 'softmax' && before?.name === 'sigmoid';
    if (before === undefined || (before.name !== activation && !isSquashed)) continue;
    yield {
      at: call.value.span,
      message: isSquashed
        ? `${shortName(call)} takes scores of any size, and these come out of a sigmoid: between 0 and 1, its softmax hardly tells the classes apart.`
        : `${shortName(call)} takes scores and does the ${activation} itself; this was given the result of one.`,
      evidence: [places([`the ${before.name} before`, before.value.span])],
    };
  }
}

const HIDDEN = `${BEGINNING}
w2 = tf.Variable(tf.truncated_normal([16, 3], stddev=0.1))
classes = tf.placeholder(tf.float32, [None, 3])
scores = tf.matmul(h, w2)
`;

/** Softmax before the cross entropy that does it itself. */
export const softmaxTwiceInGraphs: KerasPart = {
  instead: 'Give the cross entropy the scores, and use tf.nn.softmax for predictions alone.',
  wrong: [
    `${HIDDEN}
chances = tf.nn.softmax(scores)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=chances, labels=classes))  # <--
`,
    `${HIDDEN}
chances = tf.layers.dense(h, 3, activation=tf.nn.sigmoid)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=chances, labels=classes))  # <--
`,
  ],
  right: [
    `${HIDDEN}
chances = tf.nn.softmax(scores)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=scores, labels=classes))
`,
  ],
  run: (program: Program) => activatedTwice(program, SOFTMAX_ENTROPY, 'softmax'),
};

/** The same of sigmoid. */
export const sigmoidTwiceInGraphs: KerasPart = {
  instead: 'Give the cross entropy the scores, and use tf.sigmoid for predictions alone.',
  wrong: [
    `${HIDDEN}
chances = tf.sigmoid(scores)
loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=chances, labels=classes))  # <--
`,
  ],
  right: [
    `${HIDDEN}
chances = tf.sigmoid(scores)
loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=scores, labels=classes))
`,
  ],
  run: (program: Program) => activatedTwice(program, SIGMOID_ENTROPY, 'sigmoid'),
};

/** Matrices of a network with hidden layers that all start as one number. */
export const constantWeightsInGraphs: KerasPart = {
  instead: 'Start matrices at random, as with tf.truncated_normal; zeros are for biases.',
  wrong: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
w1 = tf.Variable(tf.zeros([784, 64]))  # <--
h = tf.nn.relu(tf.matmul(x, w1))
w2 = tf.Variable(tf.truncated_normal([64, 10], stddev=0.1))
y = tf.matmul(h, w2)
train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_mean(tf.square(y)))
`,
  ],
  right: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
w = tf.Variable(tf.zeros([784, 10]))
y = tf.nn.softmax(tf.matmul(x, w) + tf.Variable(tf.zeros([10])))
train = tf.train.GradientDescentOptimizer(0.5).minimize(tf.reduce_mean(tf.square(y)))
`,
    `${BEGINNING}
w2 = tf.Variable(tf.zeros([16, 3]))
train = tf.train.GradientDescentOptimizer(0.5).minimize(tf.reduce_mean(tf.square(tf.matmul(h, w2))))
`,
  ],
  *run(program: Program): Generator<Found> {
    // What another call gives the variables is not known.
    if (!/\.minimize\(/.test(program.source) || mayRestore(program.source)) return;
    const products = graphCalls(program).flatMap((call) => {
      const variable = call.name === 'matmul' ? variableOf(matrixOf(call)) : undefined;
      return variable === undefined ? [] : [{ call, variable }];
    });
    const said = new Set<Datum | undefined>();
    for (const { call, variable } of products) {
      const matrix = matrixOf(call);
      if (!variable.isConstant || variable.shape.length !== 2 || variable.shape[1] === 1) continue;
      const isHidden = products.some(
        (other) => other.call !== call && isMadeOf(other.call.value, call.value),
      );
      const followsSuch = products.some(
        (other) => other.call !== call && other.variable.isConstant && isMadeOf(call.value, other.call.value),
      );
      if ((!isHidden && !followsSuch) || !isValue(matrix) || matrix.span === undefined || said.has(matrix))
        continue;
      said.add(matrix);
      yield {
        at: matrix.span,
        message: 'All weights of this matrix start as one number, so that all units of the layer stay alike.',
        evidence: [places(['the product', call.value.span])],
      };
    }
  },
};
