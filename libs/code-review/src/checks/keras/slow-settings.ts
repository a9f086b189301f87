import { optimizerOf, rangeOf } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { isDeep, trainingSteps } from '../../ask/graph-runs.js';
import { fitsAfter, hiddenIn, trainedIn } from '../../ask/keras.js';

export const optimizerSlow: Check = {
  id: 'optimizer-slow',
  title: 'An optimiser that learns slowly as it is set',
  severity: 'remark',
  why: 'SGD with a rate of 0.01 and no momentum needs many more epochs than Adam; Adadelta begins with a rate of 0.001 in Keras, a thousandth of what it was made for.',
  instead: "Try optimizer='adam', or SGD with momentum=0.9; give Adadelta learning_rate=1.0.",
  needs: 'SGD or Adadelta with its usual settings, on a network with hidden layers.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(64, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='sgd')  # <--
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 2])
y = tf.placeholder(tf.float32, [None, 1])
w1 = tf.Variable(tf.random_normal([2, 4]))
w2 = tf.Variable(tf.random_normal([4, 1]))
scores = tf.matmul(tf.sigmoid(tf.matmul(x, w1)), w2)
loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=scores, labels=y))
step = tf.train.GradientDescentOptimizer(0.01).minimize(loss)  # <--
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
from keras.optimizers import SGD
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(64, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer=SGD(0.1, momentum=0.9))
`,
  ],
  *run(program) {
    for (const { compiled, network } of trainedIn(program)) {
      const { optimizer, moment } = compiled;
      const at = optimizer?.span ?? moment.span;
      if (optimizer === undefined || at === undefined || hiddenIn(network).length === 0) continue;
      const isPlain =
        optimizer.type === 'SGD' &&
        (optimizer.isUsual || (optimizer.rate ?? 1) <= 0.01) &&
        (optimizer.momentum ?? 0) === 0;
      const isSlow = optimizer.type === 'Adadelta' && optimizer.isUsual;
      if (!isPlain && !isSlow) continue;
      yield {
        at,
        message: isSlow
          ? 'Adadelta starts with a learning rate of 0.001 here.'
          : `SGD moves by ${optimizer.rate ?? 0.01} of the gradient here, without momentum.`,
        evidence: [],
      };
    }
    for (const { args, moment } of trainingSteps(program)) {
      const optimizer = optimizerOf(args.positional[0]);
      const loss = args.positional[1] ?? args.named.get('loss');
      if (moment.span === undefined || optimizer?.type !== 'SGD' || (optimizer.momentum ?? 0) > 0) continue;
      if (optimizer.rate === undefined || optimizer.rate > 0.01 || !isDeep(program, loss)) continue;
      yield {
        at: moment.span,
        message: `Plain gradient descent moves by ${optimizer.rate} of the gradient here.`,
        evidence: [],
      };
    }
  },
};

export const batchSize: Check = {
  id: 'batch-size',
  title: 'Batches of one example, or of all',
  severity: 'remark',
  why: 'A batch of all examples gives one step an epoch; batches of one give steps that are mostly noise, and take long.',
  instead: 'Use 16 to 256.',
  needs: 'fit with a batch size and a number of examples that are known.',
  wrong: [
    `
from keras.datasets import boston_housing
from keras.models import Sequential
from keras.layers import Dense, BatchNormalization
(x, y), _ = boston_housing.load_data()
model = Sequential([BatchNormalization(input_shape=(13,)), Dense(64, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=500, batch_size=404)  # <--
`,
  ],
  right: [
    `
from keras.datasets import boston_housing
from keras.models import Sequential
from keras.layers import Dense, BatchNormalization
(x, y), _ = boston_housing.load_data()
model = Sequential([BatchNormalization(input_shape=(13,)), Dense(64, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=500, batch_size=32)
`,
  ],
  *run(program) {
    for (const trained of trainedIn(program))
      for (const { moment, batchSize: size, inputs, call } of fitsAfter(trained)) {
        const rows = inputs.shape?.[0];
        if (
          moment.span === undefined ||
          size === undefined ||
          rows === undefined ||
          rows <= 64 ||
          call.name !== 'fit'
        )
          continue;
        if (size !== 1 && size < rows) continue;
        yield {
          at: moment.span,
          message:
            size === 1 ? 'Each batch is one example.' : 'Each batch is all examples: an epoch is one step.',
          evidence: [
            {
              kind: 'numbers',
              numbers: [
                { what: 'examples a batch', value: size },
                { what: 'examples', value: rows },
              ],
            },
          ],
        };
      }
  },
};

export const targetsLarge: Check = {
  id: 'targets-large',
  title: 'Targets far from 1',
  severity: 'design',
  why: 'A network starts with outputs of about 1: for targets in the hundreds the first errors are huge, steps with plain SGD diverge, and Adam takes thousands of steps to get there.',
  instead: 'Standardise the targets, and turn predictions back afterwards.',
  needs: 'Targets that the program writes down, and a loss for amounts.',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.arange(1, 21) / 20
y = np.arange(1, 21) ** 3
model = Sequential([Dense(16, input_dim=1, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=2000)  # <--
`,
  ],
  right: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.arange(1, 21) / 20
y = np.arange(1, 21) ** 3 / 8000
model = Sequential([Dense(16, input_dim=1, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=2000)
`,
  ],
  *run(program) {
    for (const trained of trainedIn(program)) {
      if (
        hiddenIn(trained.network).length === 0 ||
        !/^(mean|log|huber)/.test(trained.compiled.loss?.name ?? '')
      )
        continue;
      for (const { moment, y } of fitsAfter(trained)) {
        const range = rangeOf(y);
        const largest = range === undefined ? 0 : Math.max(Math.abs(range.low), Math.abs(range.high));
        if (moment.span === undefined || largest <= 200) continue;
        yield {
          at: moment.span,
          message: `The targets go up to ${Number(largest.toPrecision(3))}.`,
          evidence: [{ kind: 'numbers', numbers: [{ what: 'the largest target', value: largest }] }],
        };
      }
    }
  },
};
