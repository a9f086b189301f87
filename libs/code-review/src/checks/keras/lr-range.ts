import type { KerasOptimizer, Program } from '@tensormark/frameworks';
import { isLinear, isRecurrent, kerasOf, optimizerOf, unitsOf } from '@tensormark/frameworks';
import type { KerasNetwork } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { isDeep, trainingSteps } from '../../ask/graph-runs.js';
import { layersOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { Severity } from '../../finding.js';
import type { KerasPart } from './in-keras.js';

const ADAPTIVE = new Set(['Adam', 'AdamW', 'Nadam', 'RMSprop', 'Adamax', 'Lion']);
/** Networks of fewer hidden units may be fitted in large steps. */
const SMALL = 64;

interface Verdict {
  readonly what: string;
  readonly value: number;
  readonly severity: Severity;
  readonly says: string;
}

/** The rate, momentum or decay of an optimiser that a network is compiled with. */
export const lrRangeInKeras: KerasPart = {
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
from keras.optimizers import SGD
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer=SGD(lr=10))  # <--
`,
    `
from tensorflow import keras
model = keras.Sequential([keras.layers.Dense(128, activation='relu'), keras.layers.Dense(3, activation='softmax')])
optimizer = keras.optimizers.Adam(learning_rate=1)  # <--
model.compile(loss='categorical_crossentropy', optimizer=optimizer)
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
y = tf.placeholder(tf.float32, [None, 10])
w1 = tf.Variable(tf.truncated_normal([784, 256], stddev=0.1))
w2 = tf.Variable(tf.truncated_normal([256, 10], stddev=0.1))
scores = tf.matmul(tf.nn.relu(tf.matmul(x, w1)), w2)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=scores, labels=y))
step = tf.train.AdamOptimizer(0.5).minimize(loss)  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
centre = tf.Variable([3.0, -2.0])
optimizer = tf.keras.optimizers.Adam(0.5)
for _ in range(200):
    optimizer.minimize(lambda: tf.reduce_sum(centre ** 2), var_list=[centre])
`,
    `
import tensorflow as tf
from tensorflow import keras
from data import x, y
slope, start = tf.Variable(0.0), tf.Variable(0.0)
optimizer = keras.optimizers.Adam(learning_rate=0.5)
for _ in range(200):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((slope * x + start - y) ** 2)
    optimizer.apply_gradients(zip(tape.gradient(loss, [slope, start]), [slope, start]))
`,
    `
from tensorflow import keras
model = keras.Sequential([keras.layers.Dense(1, input_shape=[1])])
model.compile(loss='mean_squared_error', optimizer=keras.optimizers.Adam(0.1))
`,
    `
from tensorflow import keras
model = keras.Sequential([keras.layers.Dense(64, activation='relu'), keras.layers.Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer=keras.optimizers.Adadelta(learning_rate=1.0))
`,
  ],
  *run(program: Program): Generator<Found> {
    if (/LearningRateScheduler\(|schedules\./.test(program.source)) return;
    const { models, optimizers } = kerasOf(program);
    const used = [
      ...models.flatMap(({ network, compiles }) => compiles.map(({ optimizer }) => ({ optimizer, network }))),
      ...optimizers.map((optimizer) => ({ optimizer, network: undefined })),
      ...trainingSteps(program).flatMap(({ args }) => {
        const optimizer = optimizerOf(args.positional[0]);
        const isKnown = optimizers.some(({ span }) => span !== undefined && span === optimizer?.span);
        const loss = args.positional[1] ?? args.named.get('loss');
        return !isKnown && isDeep(program, loss) ? [{ optimizer, network: undefined }] : [];
      }),
    ];
    for (const { optimizer, network } of used) {
      const at = optimizer?.span;
      if (optimizer === undefined || at === undefined) continue;
      for (const { what, value, severity, says } of verdicts(optimizer, network))
        yield {
          at,
          message: `A ${what} of ${value} is ${says} for ${optimizer.type}.`,
          severity,
          evidence: [{ kind: 'numbers', numbers: [{ what, value }] }, places(['the network', network?.span])],
        };
    }
  },
};

function verdicts(
  { type, rate, momentum, decay }: KerasOptimizer,
  network: KerasNetwork | undefined,
): Verdict[] {
  const found: Verdict[] = [];
  const weighted =
    network === undefined
      ? []
      : layersOf(network).flatMap(({ layer }) =>
          layer !== undefined && (isLinear(layer) || isRecurrent(layer)) ? [layer] : [],
        );
  const hidden = weighted.slice(0, -1).reduce((sum, layer) => sum + (unitsOf(layer) ?? SMALL), 0);
  const isSmall = network !== undefined && network.isWhole && hidden < SMALL;
  const isLine = network !== undefined && network.isWhole && weighted.length === 1;
  const say = (value: number, severity: Severity, says: string, what = 'learning rate'): void => {
    found.push({ what, value, severity, says });
  };
  if (rate !== undefined) {
    if (rate < 0) say(rate, 'warning', 'below 0, which goes uphill,');
    else if (rate === 0) say(rate, 'warning', 'nothing: no weight ever changes, whatever that is');
    else if (rate < 1e-7) say(rate, 'warning', 'too low to learn anything');
    else if (rate <= (type === 'SGD' ? 1e-5 : 1e-6)) say(rate, 'design', 'very low');
    else if (ADAPTIVE.has(type)) {
      if (rate >= 0.5 && !isLine) say(rate, 'warning', 'far too high');
      else if (rate >= 0.1 && !isLine) say(rate, isSmall ? 'design' : 'warning', 'far too high');
      else if (rate >= 0.03 && !isLine) say(rate, 'design', 'high');
    } else if (type === 'SGD') {
      if (rate > 2) say(rate, 'warning', 'far too high');
      else if (rate >= 0.5 && !isLine) say(rate, 'design', 'high');
    }
  }
  if (momentum !== undefined && momentum >= 1)
    say(momentum, 'warning', 'too much: steps never become smaller again, which is no setting', 'momentum');
  if (decay !== undefined && decay >= 0.1)
    say(
      decay,
      'design',
      'so much that the learning rate is gone after a few batches, which is unusual',
      'decay',
    );
  return found;
}
