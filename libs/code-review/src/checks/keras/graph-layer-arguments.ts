import { argument, foreignCall, foreignName, isValue } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { everyGraphCall, graphCall, productOf, shortName } from '../../ask/graphs.js';
import type { GraphCall } from '../../ask/graphs.js';
import { trainingSteps } from '../../ask/graph-runs.js';
import { isMadeOf } from '../../ask/made-of.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const NETWORK = (hidden: string, mark = ''): string => `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
labels = tf.placeholder(tf.float32, [None, 10])
h = tf.layers.dense(x, 256, ${hidden})${mark}
scores = tf.layers.dense(h, 10)
loss = tf.losses.softmax_cross_entropy(labels, scores)
train = tf.train.AdamOptimizer(0.001).minimize(loss)
`;

const LAYER = /^layers\.(dense|conv[123]d)$/;

/** The layers of `tf.layers` with weights that another one of them comes after. */
function hiddenLayers(program: Program): GraphCall[] {
  const layers = everyGraphCall(program).filter(({ name }) => LAYER.test(name));
  return layers.filter((call) => layers.some((other) => other !== call && isMadeOf(other.value, call.value)));
}

function* oncePerLine(
  calls: readonly GraphCall[],
  found: (call: GraphCall) => Omit<Found, 'at' | 'evidence'> | undefined,
): Generator<Found> {
  const said = new Set<number>();
  for (const call of calls) {
    const { span } = call.value;
    const what = span === undefined || said.has(span.start) ? undefined : found(call);
    if (span === undefined || what === undefined) continue;
    said.add(span.start);
    yield { at: span, ...what, evidence: [] };
  }
}

/** Kernels of hidden layers of `tf.layers` that start as one number. */
export const constantKernelsInGraphs: KerasPart = {
  instead: 'Leave kernel_initializer out, or draw at random: tf.glorot_uniform_initializer().',
  wrong: [NETWORK('activation=tf.nn.relu, kernel_initializer=tf.constant_initializer(0.01)', '  # <--')],
  right: [NETWORK('activation=tf.nn.relu, bias_initializer=tf.zeros_initializer()')],
  run: (program: Program) =>
    oncePerLine(hiddenLayers(program), ({ args }) => {
      const start = args.named.get('kernel_initializer');
      const name = foreignCall(start)?.name ?? foreignName(start) ?? '';
      return /^tensorflow\.(\w+\.)*(constant|zeros|ones|Constant|Zeros|Ones)(_initializer)?$/.test(name)
        ? {
            message:
              'All weights of this layer start as one number, so that all its units compute and learn the same.',
          }
        : undefined;
    }),
};

/** A softmax between layers of `tf.layers`. */
export const softmaxHiddenInGraphs: KerasPart = {
  wrong: [NETWORK('activation=tf.nn.softmax', '  # <--')],
  right: [NETWORK('activation=tf.nn.relu')],
  run: (program: Program) =>
    oncePerLine(hiddenLayers(program), (call) =>
      activationOf(call) === 'softmax'
        ? {
            message:
              'A softmax stands between layers here: of all units hardly more than one passes anything on.',
          }
        : undefined,
    ),
};

function activationOf({ args, name }: GraphCall): string | undefined {
  const given = argument(args, 'activation', name === 'layers.dense' ? 2 : undefined);
  return given === undefined || given === null ? 'linear' : foreignName(given)?.split('.').at(-1);
}

/** The logarithm of scores that were only cut off, or that a layer without activation gives. */
export const logOfClippedInGraphs: KerasPart = {
  why: 'Scores are no probabilities: below 0 nothing is left of them, and above 1 neither, so that most examples give no gradient.',
  instead: 'Take softmax or sigmoid first, or better the cross entropy of the scores.',
  wrong: [
    `${NETWORK('activation=tf.nn.relu')}
by_hand = -tf.reduce_mean(tf.reduce_sum(labels * tf.log(tf.clip_by_value(scores, 1e-10, 1.0)), 1))  # <--
`,
  ],
  right: [
    `${NETWORK('activation=tf.nn.relu')}
chances = tf.nn.softmax(scores)
by_hand = -tf.reduce_mean(tf.reduce_sum(labels * tf.log(tf.clip_by_value(chances, 1e-10, 1.0)), 1))
`,
  ],
  run: (program: Program) =>
    oncePerLine(
      everyGraphCall(program).filter((call) => shortName(call) === 'log'),
      ({ args }) => {
        const [of] = args.positional;
        const clipped = graphCall(of);
        const isClipped = clipped !== undefined && shortName(clipped) === 'clip_by_value';
        const scores = isClipped ? clipped.args.positional[0] : of;
        const isScores = isLinearLayer(scores) || (isClipped && productOf(scores) !== undefined);
        return isScores
          ? {
              message: 'log is taken of scores that no softmax or sigmoid made probabilities of.',
              severity: 'warning',
            }
          : undefined;
      },
    ),
};

function isLinearLayer(datum: Datum | undefined): boolean {
  const call = graphCall(datum);
  return call?.name === 'layers.dense' && activationOf(call) === 'linear';
}

export const statisticsNotUpdated: Check = {
  id: 'statistics-not-updated',
  title: 'Batch normalisation whose statistics are never updated',
  severity: 'warning',
  why: 'tf.layers.batch_normalization leaves its running mean and variance to operations of their own; unless the step runs them, they stay 0 and 1, and testing goes wrong however well training went.',
  instead: 'Make the step under tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)).',
  needs:
    'tf.layers.batch_normalization in training, a step, and nothing in the program that asks for UPDATE_OPS.',
  wrong: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
y = tf.placeholder(tf.float32, [None, 10])
training = tf.placeholder(tf.bool)
h = tf.layers.batch_normalization(tf.layers.dense(x, 64), training=training)
loss = tf.losses.softmax_cross_entropy(y, tf.layers.dense(tf.nn.relu(h), 10))
train = tf.train.AdamOptimizer(0.001).minimize(loss)  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
y = tf.placeholder(tf.float32, [None, 10])
training = tf.placeholder(tf.bool)
h = tf.layers.batch_normalization(tf.layers.dense(x, 64), training=training)
loss = tf.losses.softmax_cross_entropy(y, tf.layers.dense(tf.nn.relu(h), 10))
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    train = tf.train.AdamOptimizer(0.001).minimize(loss)
`,
  ],
  *run(program) {
    if (!program.source.includes('batch_normalization')) return;
    if (/UPDATE_OPS|update_ops|create_train_op|\.updates\b|import \*/.test(program.source)) return;
    const norm = everyGraphCall(program).find(
      ({ name, args }) =>
        name === 'layers.batch_normalization' && (args.named.get('training') ?? false) !== false,
    );
    const step =
      norm &&
      trainingSteps(program).find(({ args }) => args.positional.some((one) => isMadeOf(one, norm.value)));
    if (step?.moment.span === undefined) return;
    yield {
      at: step.moment.span,
      message: 'This step does not run what updates the mean and variance of batch normalisation.',
      evidence: [places(['the normalisation', isValue(norm?.value) ? norm.value.span : undefined])],
    };
  },
};
