import { argument, combines, filterOf, imagesOf } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { everyGraphCall, graphCall, shortName } from '../../ask/graphs.js';
import { graphType } from '../../ask/graph-types.js';
import { places, spanOf } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** Two tensors of different types in one operation. */
export const inputDtypeInGraphs: KerasPart = {
  why: 'A graph converts nothing by itself: an operation on float64 and float32, or on whole numbers and floats, raises a TypeError.',
  instead: 'Make the placeholder tf.float32, or convert with tf.cast(x, tf.float32).',
  wrong: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float64, [None, 4])
w = tf.Variable(tf.truncated_normal([4, 16], stddev=0.1))
h = tf.matmul(x, w)  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float64, [None, 4])
y = tf.placeholder(tf.int32, [None])
w = tf.Variable(tf.truncated_normal([4, 16], stddev=0.1, dtype=tf.float64))
h = tf.matmul(x, w) * 2 + 1
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=h))
hits = tf.equal(tf.argmax(h, 1), tf.cast(y, tf.int64))
both = tf.logical_and(tf.greater_equal(tf.argmax(h, 1), 1), tf.greater_equal(y, 1))
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!program.source.includes('placeholder')) return;
    const said = new Set<number>();
    for (const call of everyGraphCall(program))
      for (const part of [call.value, ...call.value.inputs]) {
        const { span } = part;
        if (span === undefined || said.has(span.start)) continue;
        const pair = pairOf(part);
        const [one, other] = [graphType(pair?.[0]), graphType(pair?.[1])];
        if (one === undefined || other === undefined || one === other) continue;
        said.add(span.start);
        yield {
          at: span,
          message: `${one} and ${other} come together here.`,
          evidence: [places([one, spanOf(pair?.[0])], [other, spanOf(pair?.[1])])],
        };
      }
  },
};

/** The two that an operation takes, which have to be of one type. */
function pairOf(value: Value): readonly [Datum | undefined, Datum | undefined] | undefined {
  const call = graphCall(value);
  if (call !== undefined) {
    const short = shortName(call);
    if (short === 'matmul') return [argument(call.args, 'a', 0), argument(call.args, 'b', 1)];
    if (/^nn\.conv[123]d$/.test(call.name)) return [imagesOf(call), filterOf(call)];
  }
  return combines(value);
}
