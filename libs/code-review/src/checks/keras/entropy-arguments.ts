import { argument, graphShape, isValue, rangeOf, shownShape } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { graphCall, graphCalls, productOf, scoresOf, shortName } from '../../ask/graphs.js';
import type { GraphCall } from '../../ask/graphs.js';
import { differs, fedTo } from '../../ask/fed-shapes.js';
import { graphRuns } from '../../ask/graph-runs.js';
import { SINCE_ONE } from '../../ask/graph-versions.js';
import { places, spanOf } from '../../ask/places.js';

const GRAPH = `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
columns = tf.placeholder(tf.float32, [None, 10])
numbers = tf.placeholder(tf.int64, [None])
w = tf.Variable(tf.truncated_normal([784, 10], stddev=0.1))
scores = tf.matmul(x, w)
`;

const WORDS = `
import tensorflow as tf
words = tf.placeholder(tf.int32, [64])
table = tf.Variable(tf.random_uniform([5000, 128], -1.0, 1.0))
embedded = tf.nn.embedding_lookup(table, words)
bias = tf.Variable(tf.zeros([5000]))
`;

export const entropyArguments: Check = {
  id: 'entropy-arguments',
  title: 'A cross entropy of a graph that is given other labels than it takes',
  severity: 'error',
  why: 'softmax_cross_entropy_with_logits takes a column a class, its sparse form one number an example, and both take labels= and logits= by name.',
  instead: 'Write labels=… and logits=…, and the sparse form for class numbers.',
  needs: 'A call whose labels are a placeholder of a known shape.',
  wrong: [
    `${GRAPH}
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=columns, logits=scores))  # <--
`,
    `${GRAPH}
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=numbers, logits=scores))  # <--
`,
    `${GRAPH}
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=scores, logits=columns))  # <--
`,
    `${GRAPH}
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(scores, columns))  # <--
`,
    `${GRAPH}
loss = tf.losses.softmax_cross_entropy(scores, columns)  # <--
`,
    `${GRAPH}
scores = tf.layers.dense(x, 10)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(scores, columns))  # <--
`,
    `${GRAPH}
both = tf.matmul(x, w), tf.Variable(tf.zeros([10]))  # <--
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=columns, logits=both))
`,
    `
import numpy as np
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 3])
y = tf.placeholder(tf.int32, [None])
scores = tf.layers.dense(x, 8)
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=scores))  # <--
train = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(train, feed_dict={x: np.random.randn(50, 3), y: np.random.randint(0, 10, size=50)})
`,
    `${WORDS}
nearby = tf.placeholder(tf.int32, [64, 1])
kernel = tf.Variable(tf.truncated_normal([5000, 128], stddev=0.1))
loss = tf.reduce_mean(tf.nn.nce_loss(kernel, bias, labels=embedded, inputs=nearby, num_sampled=64, num_classes=5000))  # <--
`,
    `${WORDS}
nearby = tf.placeholder(tf.int32, [64, 1])
kernel = tf.Variable(tf.truncated_normal([128, 5000], stddev=0.1))
loss = tf.reduce_mean(tf.nn.nce_loss(kernel, bias, nearby, embedded, 64, 5000))  # <--
`,
    `${WORDS}
nearby = tf.placeholder(tf.int32, [64])
kernel = tf.Variable(tf.truncated_normal([5000, 128], stddev=0.1))
loss = tf.reduce_mean(tf.nn.sampled_softmax_loss(kernel, bias, nearby, embedded, 64, 5000))  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
w = tf.Variable(tf.random.normal((4, 3)))
optimizer = tf.keras.optimizers.SGD(0.1)
def step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, tf.matmul(x, w)))
        loss += tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(tf.one_hot(y, 3), tf.matmul(x, w)))
    optimizer.apply_gradients([(tape.gradient(loss, w), w)])
`,
    `${WORDS}
nearby = tf.placeholder(tf.int32, [64, 1])
kernel = tf.Variable(tf.truncated_normal([5000, 128], stddev=0.1))
loss = tf.reduce_mean(tf.nn.nce_loss(kernel, bias, nearby, embedded, 64, 5000))
`,
    `${GRAPH}
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=columns, logits=scores))
other = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=numbers, logits=scores))
more = tf.losses.softmax_cross_entropy(columns, scores)
`,
    `
import numpy as np
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 3])
y = tf.placeholder(tf.int32, [None])
scores = tf.layers.dense(x, 10)
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=scores))
train = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(train, feed_dict={x: np.random.randn(50, 3), y: np.random.randint(0, 10, size=50)})
`,
  ],
  *run(program) {
    for (const call of graphCalls(program)) {
      const { span } = call.value;
      const sampled = SAMPLED.test(call.name) ? sampledFault(call) : undefined;
      if (sampled !== undefined && span !== undefined)
        yield { at: span, instead: SAMPLED_RIGHT, ...sampled, evidence: [] };
      const entropy = ENTROPIES.find(({ name }) => name.test(call.name));
      if (span === undefined || entropy === undefined) continue;
      const scores = scoresOf(call);
      const pair = Array.isArray(scores) ? scores.find((one: Datum) => isValue(one)) : undefined;
      if (isValue(pair) && pair.span !== undefined) {
        yield {
          at: pair.span,
          message:
            'The scores are a tuple of tensors, and a cross entropy takes one tensor: a comma stands where a plus is meant.',
          evidence: [places(['the cross entropy', span])],
        };
        continue;
      }
      const outside = outsideOf(program, call, entropy);
      if (outside !== undefined) {
        yield { at: span, message: outside.message, evidence: [places(['they are fed', outside.span])] };
        continue;
      }
      const message = faultOf(program, call, entropy);
      if (message === undefined) continue;
      const labels = labelsOf(call, entropy);
      yield {
        at: span,
        message,
        // Before TensorFlow 1.0 the two were taken by place.
        ...(entropy.place === undefined &&
          call.args.positional.length > 0 &&
          !SINCE_ONE.test(program.source) && { severity: 'design' as const }),
        evidence: [places(['the labels', spanOf(labels)])],
      };
    }
  },
};

/** A cross entropy of TensorFlow; `place` where it takes labels by place too. */
interface Entropy {
  readonly name: RegExp;
  readonly labels: string;
  readonly isSparse: boolean;
  readonly place?: number;
}

const ENTROPIES: readonly Entropy[] = [
  { name: /^nn\.softmax_cross_entropy_with_logits(_v2)?$/, labels: 'labels', isSparse: false },
  { name: /^nn\.sparse_softmax_cross_entropy_with_logits$/, labels: 'labels', isSparse: true },
  { name: /^losses\.softmax_cross_entropy$/, labels: 'onehot_labels', isSparse: false, place: 0 },
  { name: /^losses\.sparse_softmax_cross_entropy$/, labels: 'labels', isSparse: true, place: 0 },
];

const SAMPLED = /^nn\.(nce_loss|sampled_softmax_loss)$/;
const SAMPLED_RIGHT =
  'Give weights of [classes, width], labels of [batch, 1] and inputs of [batch, width], labels and inputs by name.';

/** Losses over some classes that are drawn: how their arguments do not go together. */
function sampledFault({ args }: GraphCall): Pick<Found, 'message' | 'severity'> | undefined {
  const labels = argument(args, 'labels', 2);
  const [weights, ids] = [graphShape(argument(args, 'weights', 0)), graphShape(labels)];
  const classes = argument(args, 'num_classes', 5);
  if (graphCall(labels)?.name === 'nn.embedding_lookup')
    return {
      message: 'The embedded words stand where the labels belong.',
      // Before TensorFlow 1.0 the labels came last.
      ...(!args.named.has('labels') && { severity: 'design' }),
    };
  if (typeof classes === 'bigint' && weights?.length === 2 && weights[0] !== undefined) {
    const count = Number(classes);
    if (weights[0] !== count && weights[1] === count)
      return {
        message: `The weights are ${shownShape(weights)}, and a row a class is wanted: ${count} rows.`,
      };
  }
  return isPlaceholder(labels) && ids?.length === 1
    ? { message: 'The labels are one number an example, and this loss takes them as a column: [batch, 1].' }
    : undefined;
}

function labelsOf({ args }: GraphCall, { labels, place }: Entropy): Datum | undefined {
  return argument(args, labels, place);
}

function faultOf(program: Program, call: GraphCall, entropy: Entropy): string | undefined {
  const { isSparse, place } = entropy;
  const scores = scoresOf(call);
  if (place === undefined && call.args.positional.length > 0)
    return 'The scores and labels are given by place, and TensorFlow takes them by name alone.';
  const labels = labelsOf(call, entropy);
  if (isOfNetwork(labels) && isPlaceholder(scores))
    return `${entropy.labels} is given what the network gives, and logits the labels.`;
  if (!isPlaceholder(labels) || !isValue(labels)) return undefined;
  const shape = graphShape(labels) ?? fedTo(program, labels);
  if (shape === undefined) return undefined;
  if (isSparse)
    return shape.length === 2 && (shape[1] ?? 0) > 1
      ? `The labels have ${shape[1]} columns, and the sparse form takes one class number an example.`
      : undefined;
  if (shape.length === 1)
    return 'The labels are one number an example, and this form takes a column a class.';
  const of = graphShape(scores);
  // One column goes with as many as there are.
  return of?.length === 2 && shape.length === 2 && of[1] !== 1 && shape[1] !== 1 && differs(of[1], shape[1])
    ? `The scores are ${shownShape(of)} and the labels ${shownShape(shape)}: there must be as many columns.`
    : undefined;
}

/** Class numbers that no column of the scores is for, where they are written down or drawn in the program. */
function outsideOf(
  program: Program,
  call: GraphCall,
  entropy: Entropy,
): { readonly message: string; readonly span: Span | undefined } | undefined {
  if (!entropy.isSparse) return undefined;
  // Before TensorFlow 1.0 the scores came first and the labels after them.
  const labels =
    labelsOf(call, entropy) ?? (entropy.place === undefined ? call.args.positional[1] : undefined);
  const classes = isPlaceholder(labels) ? graphShape(scoresOf(call))?.at(-1) : undefined;
  if (classes === undefined) return undefined;
  for (const { call: run, fed } of graphRuns(program))
    for (const [key, value] of fed ?? []) {
      const highest = key === labels ? rangeOf(value)?.high : undefined;
      if (highest !== undefined && highest >= classes)
        return {
          message: `Labels up to ${highest} are fed, and the scores have ${classes} columns, for 0 to ${classes - 1}.`,
          span: run.moment.span,
        };
    }
  return undefined;
}

function isPlaceholder(datum: Datum | undefined): boolean {
  return graphCall(datum)?.name === 'placeholder';
}

/** Scores of a product with a matrix, or the softmax of them. */
function isOfNetwork(datum: Datum | undefined): boolean {
  const call = graphCall(datum);
  return (
    productOf(call !== undefined && shortName(call) === 'softmax' ? scoresOf(call) : datum) !== undefined
  );
}
