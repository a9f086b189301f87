import { argument, isValue } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { graphCall, graphCalls, productOf, scoresOf } from '../../ask/graphs.js';
import type { GraphCall } from '../../ask/graphs.js';
import { graphShape, shortName } from '../../ask/graph-shapes.js';
import { places } from '../../ask/places.js';

const GRAPH = `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
columns = tf.placeholder(tf.float32, [None, 10])
numbers = tf.placeholder(tf.int64, [None])
w = tf.Variable(tf.truncated_normal([784, 10], stddev=0.1))
scores = tf.matmul(x, w)
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
  ],
  right: [
    `${GRAPH}
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=columns, logits=scores))
other = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=numbers, logits=scores))
`,
  ],
  *run(program) {
    for (const call of graphCalls(program)) {
      const { span } = call.value;
      const short = shortName(call);
      const isSparse = short === 'sparse_softmax_cross_entropy_with_logits';
      if (span === undefined || (!isSparse && !/^softmax_cross_entropy_with_logits(_v2)?$/.test(short)))
        continue;
      const message = faultOf(call, isSparse);
      if (message === undefined) continue;
      const labels = call.args.named.get('labels');
      yield {
        at: span,
        message,
        // Before TensorFlow 1.0 the two were taken by place.
        ...(call.args.positional.length > 0 && { severity: 'design' as const }),
        evidence: [places(['the labels', isValue(labels) ? labels.span : undefined])],
      };
    }
  },
};

function faultOf(call: GraphCall, isSparse: boolean): string | undefined {
  if (call.args.positional.length > 0)
    return 'The scores and labels are given by place, and TensorFlow takes them by name alone.';
  const labels = argument(call.args, 'labels');
  if (productOf(labels) !== undefined && isPlaceholder(scoresOf(call)))
    return 'labels= is given what the network gives, and logits= the labels.';
  if (!isPlaceholder(labels)) return undefined;
  const shape = graphShape(labels);
  if (isSparse && shape?.length === 2 && (shape[1] ?? 0) > 1)
    return `The labels have ${shape[1]} columns, and the sparse form takes one class number an example.`;
  return !isSparse && shape?.length === 1
    ? 'The labels are one number an example, and this form takes a column a class.'
    : undefined;
}

function isPlaceholder(datum: Datum | undefined): boolean {
  return graphCall(datum)?.name === 'placeholder';
}
