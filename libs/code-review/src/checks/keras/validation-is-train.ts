import { gatheredFrom, isValue, kerasOf } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';

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
  ],
  right: [
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
      for (const { x, validation, moment } of fits) {
        const at = moment.span;
        if (at === undefined || validation === undefined || !isValue(x)) continue;
        const gathered = gatheredFrom(x);
        const isSame = validation.x === x || (isValue(gathered) && gatheredFrom(validation.x) === gathered);
        if (!isSame) continue;
        yield {
          at,
          message: 'The data to validate with are those that are learned from.',
          evidence: [places(['those data', x.span])],
        };
      }
  },
};
