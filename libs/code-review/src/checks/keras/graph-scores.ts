import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import {
  graphCall,
  graphCalls,
  matrixOf,
  productOf,
  scoresOf,
  shortName,
  variableOf,
} from '../../ask/graphs.js';
import { isMadeOf } from '../../ask/made-of.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const BEGINNING = `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
y = tf.placeholder(tf.float32, [None, 1])
w1 = tf.Variable(tf.truncated_normal([784, 64], stddev=0.1))
w2 = tf.Variable(tf.truncated_normal([64, 1], stddev=0.1))
scores = tf.matmul(tf.nn.relu(tf.matmul(x, w1)), w2)
`;

/** The scores of a sigmoid's cross entropy compared with 0.5. */
export const logitThresholdInGraphs: KerasPart = {
  why: 'The cross entropy takes scores, whose middle is 0: 0.5 there is a probability of 0.62.',
  instead: 'Compare tf.sigmoid(scores) with 0.5, or the scores with 0.',
  wrong: [
    `${BEGINNING}
loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=scores, labels=y))
right = tf.equal(tf.greater(y, 0.5), tf.greater(scores, 0.5))  # <--
`,
  ],
  right: [
    `${BEGINNING}
loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=scores, labels=y))
right = tf.equal(tf.greater(y, 0.5), tf.greater(tf.sigmoid(scores), 0.5))
also = tf.greater(scores, 0.0)
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!program.source.includes('sigmoid_cross_entropy')) return;
    const scores = new Map<Value, Value>();
    for (const call of graphCalls(program)) {
      const given = shortName(call) === 'sigmoid_cross_entropy_with_logits' ? scoresOf(call) : undefined;
      if (isValue(given) && productOf(given) !== undefined) scores.set(given, call.value);
    }
    for (const call of graphCalls(program)) {
      if (!/^(greater|greater_equal|less|less_equal|round)$/.test(shortName(call))) continue;
      const [of, limit] = [argument(call.args, 'x', 0), argument(call.args, 'y', 1)];
      const loss = isValue(of) ? scores.get(of) : undefined;
      if (loss === undefined || call.value.span === undefined) continue;
      if (shortName(call) !== 'round' && limit !== 0.5) continue;
      yield {
        at: call.value.span,
        message: 'Scores are treated as probabilities here.',
        evidence: [places(['the loss takes them as scores', loss.span])],
      };
    }
  },
};

/** The logarithm of what a product gives, without anything that keeps it above 0. */
export const logOfScoresInGraphs: KerasPart = {
  why: 'A product is as often below 0 as above, and the logarithm of a number below 0 is nan.',
  instead:
    'Take softmax or sigmoid first, or better the cross entropy of the scores: tf.nn.sigmoid_cross_entropy_with_logits.',
  wrong: [
    `${BEGINNING}
loss = -tf.reduce_mean(y * tf.log(scores))  # <--
`,
  ],
  right: [
    `${BEGINNING}
chances = tf.clip_by_value(tf.sigmoid(scores), 1e-7, 1 - 1e-7)
loss = -tf.reduce_mean(y * tf.log(chances) + (1 - y) * tf.log(1 - chances))
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<number>();
    for (const call of graphCalls(program)) {
      const { span } = call.value;
      if (shortName(call) !== 'log' || span === undefined) continue;
      const product = productOf(call.args.positional[0]);
      if (product === undefined || variableOf(matrixOf(product)) === undefined) continue;
      const { line } = span.source.place(span.start, span.end);
      if (said.has(line)) continue;
      said.add(line);
      yield {
        at: span,
        message: 'log is taken straight of a product, which may be below 0.',
        severity: 'warning',
        evidence: [places(['the product', product.value.span])],
      };
    }
  },
};

/** By how much a layer may make what comes to it larger. */
const MOST_GAIN = 6;

/** Wide matrices that start with a deviation of 1, one after the other. */
export const initScaleInGraphs: KerasPart = {
  instead:
    'Give the deviation: tf.truncated_normal([784, 500], stddev=0.05), or tf.glorot_uniform_initializer().',
  wrong: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
w1 = tf.Variable(tf.random_normal([784, 500]))  # <--
h1 = tf.nn.relu(tf.matmul(x, w1))
w2 = tf.Variable(tf.random_normal([500, 500]))
h2 = tf.nn.relu(tf.matmul(h1, w2))
w3 = tf.Variable(tf.random_normal([500, 10]))
scores = tf.matmul(h2, w3)
`,
  ],
  right: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
w1 = tf.Variable(tf.random_normal([784, 500], stddev=0.05))
h1 = tf.nn.relu(tf.matmul(x, w1))
w2 = tf.Variable(tf.random_normal([500, 500], stddev=0.06))
h2 = tf.nn.relu(tf.matmul(h1, w2))
w3 = tf.Variable(tf.random_normal([500, 10]))
scores = tf.matmul(h2, w3)
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!/random_normal|truncated_normal/.test(program.source) || /batch_norm/.test(program.source)) return;
    const wide = graphCalls(program).flatMap((call) => {
      const matrix = call.name === 'matmul' ? matrixOf(call) : undefined;
      const rows = gainOf(matrix);
      return rows === undefined || rows < MOST_GAIN || !isValue(matrix) ? [] : [{ call, matrix, gain: rows }];
    });
    const chain = wide.find(
      (last) =>
        wide.filter(({ call }) => call !== last.call && isMadeOf(last.call.value, call.value)).length > 1,
    );
    if (chain === undefined) return;
    const first = wide.find(({ call }) => isMadeOf(chain.call.value, call.value));
    const at = first?.matrix.span;
    if (first === undefined || at === undefined) return;
    yield {
      at,
      message: `Weights of deviation 1 make what comes to this layer about ${Math.round(first.gain)} times larger, and so do the layers after it.`,
      severity: 'design',
      evidence: [places(['the last of them', chain.matrix.span])],
    };
  },
};

/** σ·√(rows / 2) of a matrix that is drawn from a normal distribution of deviation 1, as relu leaves it. */
function gainOf(matrix: Datum | undefined): number | undefined {
  const rows = variableOf(matrix)?.shape[0];
  const start = graphCall(argument(graphCall(matrix)?.args ?? NONE, 'initial_value', 0));
  if (rows === undefined || start === undefined) return undefined;
  if (!/^(random_normal|truncated_normal|random\.(normal|truncated_normal))$/.test(start.name))
    return undefined;
  const deviation = argument(start.args, 'stddev', 2);
  return deviation === undefined || deviation === 1 || deviation === 1n ? Math.sqrt(rows / 2) : undefined;
}

const NONE = { positional: [], named: new Map<string, Datum>() };
