import { isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { graphCall, shortName } from '../../ask/graphs.js';
import { appliedBy, gradientsIn, lossOf, trainingSteps } from '../../ask/graph-runs.js';
import { places, spanOf } from '../../ask/places.js';
import { signedTerms } from '../../ask/signed-terms.js';
import type { KerasPart } from './in-keras.js';

const NETWORK = `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
labels = tf.placeholder(tf.float32, [None, 3])
w1 = tf.Variable(tf.truncated_normal([4, 16], stddev=0.1))
w2 = tf.Variable(tf.truncated_normal([16, 3], stddev=0.1))
scores = tf.matmul(tf.nn.relu(tf.matmul(x, w1)), w2)
`;

/** Gradients that are turned round before they are applied. */
export const gradientSignInGraphs: KerasPart = {
  why: 'apply_gradients goes against the gradient by itself: one that was turned round makes the loss larger.',
  instead: 'Apply the gradients as they are.',
  wrong: [
    `${NETWORK}
loss = tf.losses.softmax_cross_entropy(labels, scores)
grads = tf.gradients(loss, tf.trainable_variables())
turned = [tf.negative(grad) for grad in grads]  # <--
train = tf.train.GradientDescentOptimizer(0.1).apply_gradients(zip(turned, tf.trainable_variables()))
`,
  ],
  right: [
    `${NETWORK}
loss = tf.losses.softmax_cross_entropy(labels, scores)
grads = tf.gradients(loss, tf.trainable_variables())
clipped = [tf.clip_by_value(grad, -1.0, 1.0) for grad in grads]
train = tf.train.GradientDescentOptimizer(0.1).apply_gradients(zip(clipped, tf.trainable_variables()))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const step of trainingSteps(program)) {
      if (step.name !== 'apply_gradients') continue;
      const given = appliedBy(program, step);
      const taken = gradientsIn(given);
      const loss = lossOf(program, step);
      if (taken === undefined || loss === undefined || !comesOf(loss, isLoss)) continue;
      const turned = negatives(given, taken);
      const at = turned[0]?.span;
      if (turned.length !== 1 || at === undefined) continue;
      yield {
        at,
        message: 'The gradients of the loss are turned round here, so that each step makes it larger.',
        evidence: [places(['they are applied here', step.moment.span])],
      };
    }
  },
};

/** A loss that is given a minus before it is made small, where nothing else is learned. */
export const lossTurnedInGraphs: KerasPart = {
  why: 'minimize makes small what it is given: with a minus before it the loss becomes larger with each step.',
  instead: 'Give minimize the loss as it is.',
  wrong: [
    `${NETWORK}
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=scores, labels=labels))
train = tf.train.AdamOptimizer(0.001).minimize(-loss)  # <--
`,
    `${NETWORK}
cost = tf.reduce_mean(tf.square(labels - scores))
train = tf.train.AdamOptimizer(0.001).minimize(tf.negative(cost))  # <--
`,
  ],
  right: [
    `${NETWORK}
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=scores, labels=labels))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
`,
    `${NETWORK}
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=scores, labels=labels))
misled = tf.train.AdamOptimizer(0.001).minimize(-loss, var_list=[w1])
`,
  ],
  *run(program: Program): Generator<Found> {
    // Of two networks one may learn what the other is to get wrong.
    const [step, ...more] = trainingSteps(program);
    if (step === undefined || more.length > 0 || step.name !== 'minimize') return;
    if (step.args.named.has('var_list') || step.args.positional.length > 3) return;
    const loss = lossOf(program, step);
    const terms = signedTerms(loss);
    const areLosses = terms.every(({ value }) => isLoss(value) || isSquare(value));
    const at = spanOf(loss) ?? step.moment.span;
    if (terms.length === 0 || !areLosses || terms.some(({ sign }) => sign === 1) || at === undefined) return;
    yield {
      at,
      message: 'The loss is given a minus here, so that each step makes it larger.',
      evidence: [places(['made small here', step.moment.span])],
    };
  },
};

/** The square of a difference. */
function isSquare(value: Value): boolean {
  const call = graphCall(value);
  const name = call === undefined ? '' : shortName(call);
  if (name === 'squared_difference') return true;
  const [of] = call?.args.positional ?? [];
  return (
    /^(square|pow)$/.test(name) && isValue(of) && /^sub(tract)?$/.test(makerOf(of).split('.').at(-1) ?? '')
  );
}

function isLoss(value: Value): boolean {
  return /(cross_entropy(_with_logits(_v2)?)?|mean_squared_error|absolute_difference|huber_loss)$/.test(
    graphCall(value)?.name ?? '',
  );
}

function negatives(given: readonly Datum[], gradients: Value): Value[] {
  const found: Value[] = [];
  const among = (datum: Datum | undefined): void => {
    if (Array.isArray(datum)) datum.forEach((one: Datum) => among(one));
    else if (isValue(datum))
      comesOf(datum, (one) => {
        const call = graphCall(one);
        const isNegative =
          call === undefined
            ? one.made.kind === 'operation' && one.made.name === 'neg'
            : shortName(call) === 'negative';
        if (isNegative && !found.includes(one) && comesOf(one, (other) => other === gradients))
          found.push(one);
        return one === gradients;
      });
  };
  among(given);
  return found;
}
