import { isValue, kerasOf } from '@tensormark/frameworks';
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
  ],
  right: [
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
        if (at === undefined || validation === undefined || !isValue(x) || validation.x !== x) continue;
        yield {
          at,
          message: 'The data to validate with are those that are learned from.',
          evidence: [places(['those data', x.span])],
        };
      }
  },
};
