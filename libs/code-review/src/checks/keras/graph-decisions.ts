import { argument, graphShape, isValue } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { graphCall, graphCalls, shortName } from '../../ask/graphs.js';
import type { GraphCall } from '../../ask/graphs.js';
import { graphRuns, trainingSteps } from '../../ask/graph-runs.js';
import { isMadeOf } from '../../ask/made-of.js';
import { places } from '../../ask/places.js';
import { alwaysDropping } from './graph-dropout.js';
import type { KerasPart } from './in-keras.js';

const NETWORK = `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
labels = tf.placeholder(tf.float32, [None, 3])
w1 = tf.Variable(tf.truncated_normal([4, 16], stddev=0.1))
w2 = tf.Variable(tf.truncated_normal([16, 3], stddev=0.1))
h = tf.nn.relu(tf.matmul(x, w1))
scores = tf.matmul(h, w2)
`;

/** `argmax` calls that are compared with others. */
function* compared(program: Program): Generator<{ readonly call: GraphCall; readonly at: Found['at'] }> {
  for (const equal of graphCalls(program)) {
    if (shortName(equal) !== 'equal') continue;
    for (const datum of [argument(equal.args, 'x', 0), argument(equal.args, 'y', 1)]) {
      const call = graphCall(datum);
      if (call !== undefined && /^arg_?max$/.test(shortName(call)) && call.value.span !== undefined)
        yield { call, at: call.value.span };
    }
  }
}

/** The largest over the examples of a batch. */
export const argmaxBatchInGraphs: KerasPart = {
  instead:
    'Go over the classes: tf.argmax(scores, 1). Without an axis TensorFlow goes over axis 0, the examples.',
  wrong: [
    `${NETWORK}
hits = tf.equal(tf.argmax(scores, 0), tf.argmax(labels, 1))  # <--
accuracy = tf.reduce_mean(tf.cast(hits, tf.float32))
`,
  ],
  right: [
    `${NETWORK}
hits = tf.equal(tf.argmax(scores, 1), tf.argmax(labels, axis=-1))
accuracy = tf.reduce_mean(tf.cast(hits, tf.float32))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { call, at } of compared(program)) {
      const axis = argument(call.args, 'axis', 1) ?? argument(call.args, 'dimension') ?? 0n;
      const shape = graphShape(call.args.positional[0]);
      if (axis !== 0n || shape?.length !== 2 || shape[0] !== undefined || (shape[1] ?? 0) < 2) continue;
      yield {
        at,
        message: 'This goes over the examples of the batch: it says which example has most of a class.',
        evidence: [],
      };
    }
  },
};

/** The largest of one column. */
export const argmaxOneLogitInGraphs: KerasPart = {
  instead: 'Compare the probability with 0.5: tf.cast(chance > 0.5, tf.float32).',
  wrong: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
y = tf.placeholder(tf.float32, [None, 1])
w = tf.Variable(tf.truncated_normal([4, 1], stddev=0.1))
chance = tf.sigmoid(tf.matmul(x, w))
hits = tf.equal(tf.argmax(chance, 1), tf.argmax(y, 1))  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
y = tf.placeholder(tf.float32, [None, 1])
w = tf.Variable(tf.truncated_normal([4, 1], stddev=0.1))
chance = tf.sigmoid(tf.matmul(x, w))
hits = tf.equal(tf.cast(chance > 0.5, tf.float32), y)
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<number>();
    for (const { call, at } of compared(program)) {
      const axis = argument(call.args, 'axis', 1) ?? argument(call.args, 'dimension');
      const shape = graphShape(call.args.positional[0]);
      if ((axis !== 1n && axis !== -1n) || shape?.length !== 2 || shape[1] !== 1) continue;
      const { line } = at.source.place(at.start, at.end);
      if (said.has(line)) continue;
      said.add(line);
      yield {
        at,
        message: 'The largest of one column is always at 0, whatever it says: every example counts as right.',
        evidence: [],
      };
    }
  },
};

/** Figures that are computed while dropout goes on dropping. */
export const evalMissingInGraphs: KerasPart = {
  instead: 'Feed keep_prob: 1.0 wherever nothing is learned.',
  wrong: [
    `${NETWORK}
keep = tf.placeholder(tf.float32)
scores = tf.matmul(tf.nn.dropout(h, keep), w2)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=scores, labels=labels))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
hits = tf.equal(tf.argmax(scores, 1), tf.argmax(labels, 1))
accuracy = tf.reduce_mean(tf.cast(hits, tf.float32))
from data import batches, tests
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for xs, ys in batches:
        sess.run(train, feed_dict={x: xs, labels: ys, keep: 0.5})
    print(sess.run(accuracy, feed_dict={x: tests[0], labels: tests[1], keep: 0.5}))  # <--
`,
    `${NETWORK}
kept = tf.nn.dropout(h, 0.5)  # <--
scores = tf.matmul(kept, w2)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=scores, labels=labels))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
from data import batches, tests
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for xs, ys in batches:
        sess.run([train, loss], feed_dict={x: xs, labels: ys})
    print(sess.run(scores, feed_dict={x: tests[0]}))
`,
    `${NETWORK}
keep = tf.placeholder(tf.float32)
cell = tf.nn.rnn_cell.DropoutWrapper(tf.nn.rnn_cell.BasicLSTMCell(16), output_keep_prob=keep)
steps, state = tf.nn.dynamic_rnn(cell, tf.reshape(x, [-1, 2, 2]), dtype=tf.float32)
scores = tf.layers.dense(steps[:, -1], 3)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=scores, labels=labels))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(scores, 1), tf.argmax(labels, 1)), tf.float32))
from data import batches, tests
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for xs, ys in batches:
        sess.run(train, feed_dict={x: xs, labels: ys, keep: 0.5})
    print(sess.run(accuracy, feed_dict={x: tests[0], labels: tests[1], keep: 0.5}))  # <--
`,
  ],
  right: [
    `${NETWORK}
keep = tf.placeholder(tf.float32)
scores = tf.matmul(tf.nn.dropout(h, keep), w2)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=scores, labels=labels))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
hits = tf.equal(tf.argmax(scores, 1), tf.argmax(labels, 1))
accuracy = tf.reduce_mean(tf.cast(hits, tf.float32))
from data import batches, tests
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for xs, ys in batches:
        sess.run([train, loss], feed_dict={x: xs, labels: ys, keep: 0.5})
    print(sess.run(accuracy, feed_dict={x: tests[0], labels: tests[1], keep: 1.0}))
`,
    `${NETWORK}
def answers(learns):
    kept = tf.nn.dropout(h, 0.5) if learns else h
    return tf.matmul(kept, w2)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=answers(True), labels=labels))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
scores = answers(False)
from data import batches, tests
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for xs, ys in batches:
        sess.run(train, feed_dict={x: xs, labels: ys})
        print(sess.run(loss, feed_dict={x: xs, labels: ys}))
    print(sess.run(scores, feed_dict={x: tests[0]}))
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* alwaysDropping(program);
    const keeps = graphCalls(program).flatMap((call) =>
      sharesOf(call)
        .filter((keep) => isValue(keep))
        .filter((keep) => graphCall(keep)?.name === 'placeholder'),
    );
    if (keeps.length === 0) return;
    const steps = trainingSteps(program).map(({ result }) => result);
    const hits = graphCalls(program).filter((call) => shortName(call) === 'equal');
    const said = new Set<number>();
    for (const { call, fetched, fed } of graphRuns(program)) {
      const at = call.moment.span;
      if (at === undefined || fed === undefined || said.has(at.start)) continue;
      const keep = fed.find(([key]) => keeps.some((one) => one === key))?.[1];
      if (typeof keep !== 'number' || keep >= 1) continue;
      if (fetched.some((one) => steps.includes(one))) continue;
      if (!fetched.some((one) => hits.some(({ value }) => isMadeOf(one, value)))) continue;
      said.add(at.start);
      yield {
        at,
        message: `This is measured while dropout keeps only ${keep} of the units.`,
        evidence: [places(['its placeholder', keeps[0]?.span])],
      };
    }
  },
};

/** What a dropout is told to keep, or one around a cell. */
function sharesOf(call: GraphCall): readonly Datum[] {
  if (shortName(call) === 'dropout') return [argument(call.args, 'keep_prob', 1) ?? null];
  return shortName(call) === 'DropoutWrapper'
    ? ['input_keep_prob', 'output_keep_prob', 'state_keep_prob'].map(
        (name, at) => argument(call.args, name, at + 1) ?? null,
      )
    : [];
}
