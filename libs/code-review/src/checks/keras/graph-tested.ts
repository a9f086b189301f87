import { isValue } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { graphRuns, trainingSteps } from '../../ask/graph-runs.js';
import type { GraphRun } from '../../ask/graph-runs.js';
import { places } from '../../ask/places.js';
import { trains } from './graph-training.js';
import type { KerasPart } from './in-keras.js';

const GRAPH = `
import tensorflow as tf
from tensorflow.examples.tutorials.mnist import input_data
digits = input_data.read_data_sets('data', one_hot=True)
x = tf.placeholder(tf.float32, [None, 784])
y = tf.placeholder(tf.float32, [None, 10])
w = tf.Variable(tf.truncated_normal([784, 10], stddev=0.1))
scores = tf.matmul(x, w)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=scores, labels=y))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
right = tf.reduce_sum(tf.cast(tf.equal(tf.argmax(scores, 1), tf.argmax(y, 1)), tf.float32))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(1000):
        xs, ys = digits.train.next_batch(100)
        sess.run(train, feed_dict={x: xs, y: ys})
`;

/** A step of training that is run on the part to test with, after others on the part to learn from. */
export const testedOnTrainingInGraphs: KerasPart = {
  why: 'Running the step of training moves the weights by what is measured on: the figures say nothing of other data.',
  instead: 'Run what is measured alone, without the step of the optimiser.',
  wrong: [
    `${GRAPH}
    total = 0
    for _ in range(100):
        xs, ys = digits.test.next_batch(100)
        _, some = sess.run([train, right], feed_dict={x: xs, y: ys})  # <--
        total += some
    print(total / digits.test.num_examples)
`,
  ],
  right: [
    `${GRAPH}
    total = 0
    for _ in range(100):
        xs, ys = digits.test.next_batch(100)
        total += sess.run(right, feed_dict={x: xs, y: ys})
    print(total / digits.test.num_examples)
`,
  ],
  *run(program: Program): Generator<Found> {
    const steps = trainingSteps(program).map(({ result }) => result);
    if (steps.length === 0) return;
    const runs = graphRuns(program).filter((run) => trains(run, steps));
    const learned = runs.find((run) => isFedBy(run, /^train$/));
    const tested = runs.find((run) => isFedBy(run, /^(test|validation)$/));
    const at = tested?.call.moment.span;
    if (learned === undefined || tested === undefined || at === undefined) return;
    if (tested.call.moment.at < learned.call.moment.at) return;
    yield {
      at,
      message: 'A step of training is run on the part that is kept to test with.',
      evidence: [places(['it learns here before', learned.call.moment.span])],
    };
  },
};

/** Whether what is fed is of such a part of a data set: `digits.test.next_batch(100)`. */
function isFedBy({ fed }: GraphRun, part: RegExp): boolean {
  return (fed ?? []).some(
    ([, value]) =>
      isValue(value) && comesOf(value, ({ made }) => made.kind === 'attribute' && part.test(made.name)),
  );
}
