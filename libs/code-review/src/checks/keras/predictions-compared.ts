import { arrayFacts, foreignCall, isValue, predictionOf } from '@tensormark/frameworks';
import type { Datum, KerasModel, Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { headOf, layersOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const LEARNED = `
import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import Dense
x, y = load_breast_cancer(return_X_y=True)
x = (x - x.mean(axis=0)) / x.std(axis=0)
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2)
model = Sequential([Dense(16, input_dim=30, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x_train, y_train, epochs=20)
`;

const OWN_LOOP = `
import numpy as np
import tensorflow as tf
x_all = np.random.rand(1000, 8).astype('float32')
y_all = x_all.sum(axis=1)
model = tf.keras.Sequential([tf.keras.layers.Dense(32, activation='relu', input_shape=(8,)), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.Adam()
for x, y in tf.data.Dataset.from_tensor_slices((x_all, y_all)).shuffle(1000).batch(32):
    with tf.GradientTape() as tape:`;

/** A column of predictions beside a row of labels. */
export const silentBroadcastInKeras: KerasPart = {
  why: 'A network of one unit gives a column [n, 1]; beside labels [n] both are stretched to [n, n], and each prediction is compared with the labels of all examples.',
  instead:
    'Make a row of it, model.predict(x).ravel() or tf.squeeze(model(x), axis=1), or a column of the labels, y[:, None].',
  wrong: [
    `${LEARNED}
predicted = (model.predict(x_test) > 0.5).astype(int)
print((predicted == y_test).mean())  # <--
`,
    `${LEARNED}
errors = model.predict(x_test) - y_test  # <--
print((errors ** 2).mean())
`,
    `${LEARNED}
print(np.square(np.subtract(y_test, model.predict(x_test))).mean())  # <--
`,
    `${OWN_LOOP}
        loss = tf.reduce_mean(tf.square(y - model(x)))  # <--
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
  ],
  right: [
    `${LEARNED}
predicted = (model.predict(x_test) > 0.5).astype(int)
print((predicted.ravel() == y_test).mean(), (predicted[:, 0] == y_test).mean())
print((predicted == y_test.reshape(-1, 1)).mean(), (predicted.reshape(-1) == y_test).mean())
`,
    `${OWN_LOOP}
        loss = tf.reduce_mean(tf.square(y[:, None] - model(x)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
    `${OWN_LOOP}
        loss = tf.reduce_mean(tf.square(y - tf.squeeze(model(x), axis=1)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
  ],
  *run(program: Program): Generator<Found> {
    const seen = new Set<number>();
    for (const { args, result, moment } of callsNamed(program, 'eq', 'ne', 'sub', ...COMPARING)) {
      const at = moment.span;
      if (at === undefined || seen.has(at.start)) continue;
      const pair = (foreignCall(result)?.args ?? args).positional.slice(0, 2);
      for (const [one, other] of [pair, pair.toReversed()]) {
        const model = columnOf(program, one);
        if (model === undefined || !isRow(other)) continue;
        seen.add(at.start);
        yield {
          at,
          message: 'A column of predictions, [n, 1], and labels of shape [n] are compared all with all.',
          evidence: [places(['the layer of one unit', model.network && headOf(model.network)?.layer.span])],
        };
        break;
      }
    }
  },
};

/** `np.subtract(y, model.predict(x))`: what functions are given that take two arrays element by element. */
const COMPARING = ['subtract', 'equal', 'not_equal', 'squared_difference'] as const;

/** Methods of an array that leave its shape, and comparisons with a number. */
const AS_LONG = /^(astype|round|copy|gt|ge|lt|le)$/;

/** The network of one unit that predicted something which is still a column. */
function columnOf(program: Program, datum: Datum | undefined): KerasModel | undefined {
  let current = datum;
  for (let depth = 0; depth < 8 && isValue(current); depth++) {
    const model = predictionOf(program, current);
    if (model !== undefined) return isOneColumn(model) ? model : undefined;
    const made: Value['made'] = current.made;
    if (
      made.kind !== 'operation' ||
      !AS_LONG.test(made.name) ||
      made.args.positional.filter(isValue).length !== 1
    )
      return undefined;
    current = made.args.positional[0];
  }
  return undefined;
}

function isOneColumn({ network }: KerasModel): boolean {
  const head = network?.isWhole === true ? headOf(network) : undefined;
  return (
    head?.layer.type === 'Dense' &&
    head.units === 1 &&
    network !== undefined &&
    layersOf(network).every(
      ({ layer }) =>
        layer !== undefined && /^(Dense|Activation|Dropout|InputLayer|BatchNormalization)$/.test(layer.type),
    )
  );
}

function isRow(datum: Datum | undefined): boolean {
  const { shape, isColumn } = arrayFacts(datum);
  return shape === undefined ? isColumn === true : shape.length === 1;
}

export const thresholdOutside: Check = {
  id: 'threshold-outside',
  title: 'Probabilities compared with what all of them exceed',
  severity: 'warning',
  why: 'Sigmoid and softmax give numbers above 0 and below 1: each of them exceeds 0, so every example is said to be of the class.',
  instead: 'Compare with 0.5; 0 is the middle of scores that have no activation.',
  needs: 'What a network that ends in sigmoid or softmax predicts, asked whether it exceeds 0 or reaches 1.',
  wrong: [
    `${LEARNED}
predicted = model.predict(x_test) > 0  # <--
`,
  ],
  right: [
    `${LEARNED}
predicted = model.predict(x_test) > 0.5
assert (model.predict(x_test) >= 0).all()
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { name, args, moment } of callsNamed(program, 'gt', 'ge', 'le', 'lt')) {
      const [one, limit] = args.positional;
      const at = moment.span;
      const least = limit === 0n || limit === 0;
      const most = limit === 1n || limit === 1;
      if (at === undefined || seen.has(at.start)) continue;
      if (!(least && /^(gt|le)$/.test(name)) && !(most && /^(ge|lt)$/.test(name))) continue;
      const network = predictionOf(program, one)?.network;
      const head = network && headOf(network);
      if (head === undefined || !/^(sigmoid|softmax)$/.test(head.activation ?? '')) continue;
      if (head.activation === 'softmax' && (head.units ?? 1) < 2) continue;
      seen.add(at.start);
      yield {
        at,
        message: `What ${head.activation} gives is ${least ? 'always above 0' : 'never 1'}: this comes out the same for every example.`,
        evidence: [places(['the activation', head.at])],
      };
    }
  },
};
