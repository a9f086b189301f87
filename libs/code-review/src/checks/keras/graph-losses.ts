import { graphShape, isValue, shownShape } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import {
  activationOver,
  graphCall,
  graphCalls,
  operatorsBetween,
  productOf,
  scoresOf,
  shortName,
} from '../../ask/graphs.js';
import { trainingSteps } from '../../ask/graph-runs.js';
import { places, spanOf } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const BEGINNING = `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
labels = tf.placeholder(tf.float32, [None, 3])
w1 = tf.Variable(tf.truncated_normal([4, 16], stddev=0.1))
w2 = tf.Variable(tf.truncated_normal([16, 3], stddev=0.1))
scores = tf.matmul(tf.nn.relu(tf.matmul(x, w1)), w2)
`;

/** The logarithm of what a softmax or sigmoid gave, as it is. */
export const logUnmaskedInGraphs: KerasPart = {
  instead:
    'Use tf.nn.softmax_cross_entropy_with_logits or sigmoid_cross_entropy_with_logits of the scores, or clip the probabilities first.',
  wrong: [
    `${BEGINNING}
chances = tf.nn.softmax(scores)
loss = -tf.reduce_mean(tf.reduce_sum(labels * tf.log(chances), 1))  # <--
`,
  ],
  right: [
    `${BEGINNING}
chances = tf.nn.softmax(scores)
loss = -tf.reduce_mean(tf.reduce_sum(labels * tf.log(tf.clip_by_value(chances, 1e-8, 1.0)), 1))
`,
    `${BEGINNING}
chances = tf.nn.softmax(scores)
loss = -tf.reduce_mean(tf.reduce_sum(labels * tf.log(chances + 1e-8), 1))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const call of graphCalls(program)) {
      const { span } = call.value;
      if (shortName(call) !== 'log' || span === undefined) continue;
      const [of] = call.args.positional;
      const before = graphCall(of);
      const activation = before && shortName(before);
      if (before === undefined || (activation !== 'softmax' && activation !== 'sigmoid')) continue;
      yield {
        at: span,
        message: `log is taken straight of ${activation}, which may be 0.`,
        evidence: [places([activation, before.value.span])],
      };
    }
  },
};

/** A relu over the scores that a cross entropy is given. */
export const reluOnOutputInGraphs: KerasPart = {
  instead: 'Give the cross entropy what the last product gives, without an activation.',
  wrong: [
    `${BEGINNING}
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=tf.nn.relu(scores), labels=labels))  # <--
`,
    `${BEGINNING}
last = tf.contrib.layers.fully_connected(x, 3)  # <--
loss = tf.losses.softmax_cross_entropy(labels, last)
`,
  ],
  right: [
    `${BEGINNING}
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=scores, labels=labels))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const call of graphCalls(program)) {
      const { span } = call.value;
      if (!/_cross_entropy(_with_logits(_v2)?)?$/.test(call.name) || span === undefined) continue;
      const before = activationOver(scoresOf(call));
      if (before === undefined || !/^relu6?$/.test(before.name)) continue;
      yield {
        at: before.value.span ?? span,
        message:
          'The scores come out of a relu, which leaves no score below 0: a class that is wrong cannot be told to be.',
        evidence: [places(['the loss', span])],
      };
    }
  },
};

/** A column of predictions and a row of targets. */
export const silentBroadcastInGraphs: KerasPart = {
  why: 'A column less a row is a whole table of differences, of each prediction to each target: it runs, and what is learned is the mean of all targets.',
  instead: 'Give both the same shape: tf.squeeze(predictions, 1), or targets of [None, 1].',
  wrong: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
y = tf.placeholder(tf.float32, [None])
w = tf.Variable(tf.truncated_normal([4, 1], stddev=0.1))
guess = tf.matmul(x, w) + tf.Variable(tf.zeros([1]))
loss = tf.reduce_mean(tf.square(guess - y))  # <--
`,
    `
import tensorflow as tf
x = tf.constant([[1.0, 2.0], [2.0, 1.0], [3.0, 3.0], [0.0, 1.0]])
y = tf.constant([1.0, 0.0, 1.0, 0.0])
w = tf.Variable(tf.truncated_normal([2, 1], stddev=0.1))
loss = tf.reduce_mean(tf.square(y - tf.matmul(x, w)))  # <--
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(loss))
`,
    `
import tensorflow as tf
x, y = tf.placeholder(tf.float32, [80, 4]), tf.placeholder(tf.float32, [80])
w = tf.Variable(tf.truncated_normal([4, 1], stddev=0.1))
loss = tf.reduce_sum((y - tf.matmul(x, w)) ** 2)  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
points = tf.constant([1.0, 2.0, 4.0])
centres = tf.constant([[1.0], [2.0], [3.0]])
apart = tf.square(centres - points)
one = tf.matmul(tf.constant([[1.0, 2.0]]), tf.Variable(tf.zeros([2, 1]))) - tf.constant([1.0])
with tf.Session() as sess:
    print(sess.run(apart))
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
y = tf.placeholder(tf.float32, [None, 1])
w = tf.Variable(tf.truncated_normal([4, 1], stddev=0.1))
guess = tf.matmul(x, w) + tf.Variable(tf.zeros([1]))
loss = tf.reduce_mean(tf.square(guess - y))
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!/placeholder|Session\(/.test(program.source)) return;
    const seen = new Set<number>();
    const values = graphCalls(program).flatMap(({ value }) => [value, ...value.inputs]);
    for (const part of [...values, ...operatorsBetween(program, 'sub')]) {
      const { span, made } = part;
      if (made.kind !== 'operation' || span === undefined || seen.has(span.start)) continue;
      const called = graphCall(part);
      const name = called === undefined ? made.name : shortName(called);
      if (!/^(sub|subtract|squared_difference|mean_squared_error)$/.test(name)) continue;
      const [one, other] = called?.args.positional ?? made.args.positional;
      const [left, right] = [graphShape(one), graphShape(other)];
      const isLeft = left?.length === 2;
      const [column, row] = isLeft ? [left, right] : [right, left];
      if (column?.length !== 2 || row?.length !== 1 || column[1] !== 1) continue;
      const [rows] = column;
      if (rows !== row[0] || rows === 1) continue;
      // Of arrays that are written down, a table may well be meant; not of what a network says.
      if (rows !== undefined && productOf(isLeft ? one : other) === undefined) continue;
      seen.add(span.start);
      yield {
        at: span,
        message: `One is a column, ${shownShape(column)}, and the other a row, ${shownShape(row)}: their difference is a table, ${shownShape([rows, rows])}.`,
        evidence: [places(['the one', spanOf(one)], ['the other', spanOf(other)])],
      };
    }
  },
};

/** A cross entropy without its minus, made small. */
export const lossSignInGraphs: KerasPart = {
  instead: 'Put a minus before the sum: -tf.reduce_sum(labels * tf.log(chances)).',
  wrong: [
    `${BEGINNING}
chances = tf.clip_by_value(tf.nn.softmax(scores), 1e-8, 1.0)
loss = tf.reduce_mean(tf.reduce_sum(labels * tf.log(chances), 1))  # <--
train = tf.train.AdamOptimizer(0.001).minimize(loss)
`,
  ],
  right: [
    `${BEGINNING}
chances = tf.clip_by_value(tf.nn.softmax(scores), 1e-8, 1.0)
loss = tf.reduce_mean(-tf.reduce_sum(labels * tf.log(chances), 1))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { args, moment } of trainingSteps(program)) {
      const loss = args.positional[1] ?? args.named.get('loss');
      const at = spanOf(loss) ?? moment.span;
      if (at === undefined || signOf(loss) !== 1) continue;
      yield {
        at,
        message:
          'The sum of labels times logarithms is made small without a minus: the right classes become unlikely.',
        evidence: [places(['made small here', moment.span])],
      };
    }
  },
};

/** With which sign logarithms of probabilities, weighted by labels that are fed, come into a value; 0 where it is not known. */
function signOf(datum: Datum | undefined, depth = 0): 1 | -1 | 0 | undefined {
  if (!isValue(datum) || depth > 30) return undefined;
  const of = (other: Datum | undefined): 1 | -1 | 0 | undefined => signOf(other, depth + 1);
  const call = graphCall(datum);
  if (call === undefined) {
    if (datum.made.kind !== 'operation') return undefined;
    const [one, other] = datum.made.args.positional;
    return combined(datum.made.name, one, other, of);
  }
  const short = shortName(call);
  const [first, second] = call.args.positional;
  if (/^(reduce_(mean|sum)|identity)$/.test(short)) return of(first);
  if (short === 'negative') return turned(of(first));
  if (/^(add|subtract|multiply|divide)$/.test(short)) return combined(short, first, second, of);
  return undefined;
}

function turned(sign: 1 | -1 | 0 | undefined): 1 | -1 | 0 | undefined {
  return sign === 1 ? -1 : sign === -1 ? 1 : sign;
}

function combined(
  name: string,
  one: Datum | undefined,
  other: Datum | undefined,
  of: (datum: Datum | undefined) => 1 | -1 | 0 | undefined,
): 1 | -1 | 0 | undefined {
  switch (name) {
    case 'neg':
      return turned(of(one));
    case 'sub':
    case 'subtract':
      return other === undefined ? turned(of(one)) : agreed(of(one), turned(of(other)));
    case 'add':
      return agreed(of(one), of(other));
    case 'div':
    case 'divide':
      return of(one);
    case 'mul':
    case 'multiply': {
      if ((isLabels(one) && isLog(other)) || (isLabels(other) && isLog(one))) return 1;
      const [number, rest] = isValue(one) ? [other, one] : [one, other];
      if (isValue(number) || number === undefined)
        return agreed(of(one), of(other)) === undefined ? undefined : 0;
      return Number(number) < 0 ? turned(of(rest)) : of(rest);
    }
    default:
      return undefined;
  }
}

function agreed(one: 1 | -1 | 0 | undefined, other: 1 | -1 | 0 | undefined): 1 | -1 | 0 | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one === other ? one : 0;
}

function isLabels(datum: Datum | undefined): boolean {
  return graphCall(datum)?.name === 'placeholder';
}

/** The logarithm of what comes of a product with weights, and not of what is fed. */
function isLog(datum: Datum | undefined): boolean {
  const call = graphCall(datum);
  if (call === undefined || shortName(call) !== 'log') return false;
  let current: Datum | undefined = call.args.positional[0];
  for (let depth = 0; depth < 6; depth++) {
    const inner = graphCall(current);
    if (inner === undefined) {
      const first: Value | undefined = isValue(current) ? current.inputs[0] : undefined;
      if (!isValue(current) || current.made.kind !== 'operation' || current.made.name !== 'add') return false;
      current = first;
      continue;
    }
    if (/^(softmax|sigmoid)$/.test(shortName(inner)))
      return productOf(inner.args.positional[0]) !== undefined;
    if (shortName(inner) !== 'clip_by_value') return false;
    [current] = inner.args.positional;
  }
  return false;
}
