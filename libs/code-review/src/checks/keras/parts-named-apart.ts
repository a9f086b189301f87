import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { givenPairs } from '../../ask/given-pairs.js';
import { namedWithoutPart, partNamed } from '../../ask/part-names.js';
import { nodesOf } from '../../ask/tree.js';
import type { KerasPart } from './in-keras.js';

/** Examples whose name says one part of the data with targets whose name says the other, where the right ones are there. */
export const partsNamedApartInKeras: KerasPart = {
  instead: 'Give what belongs together: fit(x_train, y_train, validation_data=(x_test, y_test)).',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
from data import trainX, trainY, testX, testY
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(trainX, testY, epochs=30)  # <--
print(model.evaluate(testX, testY), trainY.mean())
`,
    `
from keras.models import Sequential
from keras.layers import Dense
from data import load
def learn(x_train, y_train, x_val, y_val):
    model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
    model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
    model.fit(x_train, y_train, validation_data=(x_val, y_train), epochs=30)  # <--
    return model
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
from data import train, test, x_train, y_train, x_test, y_test
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(8)])
model.compile(loss='mse', optimizer='adam')
model.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=30)
model.fit(train, test, epochs=30)
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { x, y, at } of givenPairs(program)) {
      const [one, other] = [partNamed(x), partNamed(y)];
      if (one === undefined || other === undefined || one === other) continue;
      const [examples, targets] = [namedWithoutPart(x), namedWithoutPart(y)];
      if (examples === targets || examples === '' || targets === '') continue;
      const isThere = (name: string, part: typeof one): boolean =>
        nodesOf(program, 'Name').some(({ id }) => namedWithoutPart(id) === name && partNamed(id) === part);
      if (!isThere(targets, one) && !isThere(examples, other)) continue;
      yield {
        at,
        severity: 'error',
        message: `The examples are of what is for ${one}, ${x}, and the targets of what is for ${other}, ${y}.`,
        evidence: [],
      };
    }
  },
};
