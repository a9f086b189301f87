import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { graphCall, graphCalls, productOf, scoresOf, shortName } from '../../ask/graphs.js';
import type { GraphCall } from '../../ask/graphs.js';
import { differs, fedTo } from '../../ask/fed-shapes.js';
import { graphShape, shownShape } from '../../ask/graph-shapes.js';
import { places, spanOf } from '../../ask/places.js';

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
    `${GRAPH}
loss = tf.losses.softmax_cross_entropy(scores, columns)  # <--
`,
    `${GRAPH}
both = tf.matmul(x, w), tf.Variable(tf.zeros([10]))  # <--
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=columns, logits=both))
`,
  ],
  right: [
    `${GRAPH}
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=columns, logits=scores))
other = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=numbers, logits=scores))
more = tf.losses.softmax_cross_entropy(columns, scores)
`,
  ],
  *run(program) {
    for (const call of graphCalls(program)) {
      const { span } = call.value;
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
      const message = faultOf(program, call, entropy);
      if (message === undefined) continue;
      const labels = labelsOf(call, entropy);
      yield {
        at: span,
        message,
        // Before TensorFlow 1.0 the two were taken by place.
        ...(entropy.place === undefined &&
          call.args.positional.length > 0 && { severity: 'design' as const }),
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
