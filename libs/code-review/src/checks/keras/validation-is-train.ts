import { kerasOf } from '@tensormark/frameworks';
import type { Fitted, Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places, spanOf } from '../../ask/places.js';
import { areOfSameSource, areSameCalls } from '../../ask/same-source.js';
import { callsOf } from '../../ask/tree.js';

export const validationIsTrain: Check = {
  id: 'validation-is-train',
  title: 'Validated on what it learns from',
  severity: 'warning',
  why: 'What was learned by heart is known by heart: such figures say nothing of other data, and overfitting stays unseen.',
  instead: 'Keep a part of the data for validation: validation_split=0.2, or train_test_split.',
  needs: 'validation_data that is the very data given to fit.',
  wrong: [
    `
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense, Flatten
(x, y), (xt, yt) = mnist.load_data()
x = x / 255
model = Sequential([Flatten(input_shape=(28, 28)), Dense(64, activation='relu'), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=5, validation_data=(x, y))  # <--
`,
    `
import tensorflow as tf
(x, y), (xt, yt) = tf.keras.datasets.mnist.load_data()
x = x / 255
train = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(60000).batch(64)
test = tf.data.Dataset.from_tensor_slices((x, y)).batch(64)
model = tf.keras.Sequential([tf.keras.layers.Flatten(input_shape=(28, 28)), tf.keras.layers.Dense(10)])
model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer='adam')
model.fit(train, epochs=5, validation_data=test)  # <--
`,
    `
from keras.models import Sequential
from keras.layers import Dense
from params import network
def train_batches():
    while True:
        yield read(train_rows)
def other_batches():
    while True:
        yield read(other_rows)
model = network()
model.fit_generator(train_batches(), steps_per_epoch=10, epochs=5, validation_data=train_batches(), validation_steps=2)  # <--
`,
    `
from tensorflow import keras
from data import batches, train_rows, other_rows
model = keras.Sequential([keras.layers.Dense(1)])
model.compile(loss='mse', optimizer='adam')
train, val = batches(train_rows, augment=True), batches(train_rows, augment=False)
model.fit(train, epochs=5, validation_data=val)  # <--
`,
  ],
  right: [
    `
from tensorflow import keras
from data import batches, train_rows, drawn
model = keras.Sequential([keras.layers.Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(batches(train_rows, subset='training'), epochs=5, validation_data=batches(train_rows, subset='validation'))
model.fit(drawn(32), epochs=5, steps_per_epoch=9, validation_data=drawn(32), validation_steps=2)
`,
    `
import tensorflow as tf
(x, y), (xt, yt) = tf.keras.datasets.mnist.load_data()
x, xt = x / 255, xt / 255
all_rows = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(60000)
train, val = all_rows.skip(10000).batch(64), all_rows.take(10000).batch(64)
test = tf.data.Dataset.from_tensor_slices((xt, yt)).batch(64)
model = tf.keras.Sequential([tf.keras.layers.Flatten(input_shape=(28, 28)), tf.keras.layers.Dense(10)])
model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer='adam')
model.fit(train, epochs=5, validation_data=val)
model.fit(train, epochs=5, validation_data=test)
`,
    `
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense, Flatten
(x, y), (xt, yt) = mnist.load_data()
x, xt = x / 255, xt / 255
model = Sequential([Flatten(input_shape=(28, 28)), Dense(64, activation='relu'), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=5, validation_data=(xt, yt))
`,
  ],
  *run(program) {
    for (const { fits } of kerasOf(program).models)
      for (const fit of fits) {
        const { x, validation, moment } = fit;
        const at = moment.span;
        if (at === undefined || !(areOfSameSource(x, validation?.x) || isWrittenTwice(program, fit)))
          continue;
        yield {
          at,
          message: 'The data to validate with are those that are learned from.',
          evidence: [places(['those data', spanOf(x)])],
        };
      }
  },
};

/** `fit(train_batches(), validation_data=train_batches())` */
function isWrittenTwice(program: Program, { moment }: Fitted): boolean {
  const call = callsOf(program).find(
    ({ span }) => span.start === moment.span?.start && span.end === moment.span.end,
  );
  const named = (...names: readonly string[]): tree.Expression | undefined =>
    call?.keywords.find(({ name }) => names.includes(name ?? ''))?.value;
  const [x, y] = [named('x', 'generator') ?? call?.args[0], named('y') ?? call?.args[1]];
  const kept = named('validation_data');
  return areSameCalls(x, kept) || areSameNames(x, y, kept);
}

/** `fit(x, y, validation_data=(x, y))` */
function areSameNames(
  x: tree.Expression | undefined,
  y: tree.Expression | undefined,
  kept: tree.Expression | undefined,
): boolean {
  if (kept?.kind !== 'Tuple' || x?.kind !== 'Name' || y?.kind !== 'Name') return false;
  const [one, other] = kept.items;
  return one?.span.text === x.id && other?.span.text === y.id;
}
