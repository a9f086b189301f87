import { foreignCall, isValue, predictionOf } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsNamed, callsOfUnknown } from '../../ask/events.js';
import { headOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import { argmaxInMetrics } from './argmax-in-metrics.js';
import type { KerasPart } from './in-keras.js';

/** The largest of what one unit says. */
export const argmaxOneLogitInKeras: KerasPart = {
  instead: 'Compare the probability with 0.5: (model.predict(x) > 0.5).astype(int).',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
classes = np.argmax(model.predict(x), axis=1)  # <--
`,
    `
from keras import backend as K
from keras.models import Sequential
from keras.layers import Dense
from data import x, y

def agreement(truth, answer):
    return K.mean(K.equal(K.argmax(truth), K.argmax(answer)))  # <--

model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=[agreement])
model.fit(x, y, epochs=30)
`,
  ],
  right: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(2, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
classes = np.argmax(model.predict(x), axis=1)
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { args, moment } of callsNamed(program, 'argmax')) {
      const given = args.positional.find(
        (datum) => isValue(datum) && predictionOf(program, datum) !== undefined,
      );
      const network = given === undefined ? undefined : predictionOf(program, given)?.network;
      const head = network && headOf(network);
      const axis = args.named.get('axis') ?? args.positional[args.positional.indexOf(given ?? null) + 1];
      if (head?.units !== 1 || moment.span === undefined || (axis !== 1n && axis !== -1n)) continue;
      yield {
        at: moment.span,
        message: 'The network has one output: the largest of it is always at place 0.',
        evidence: [places(['the last layer', head.layer.span])],
      };
    }
    yield* argmaxInMetrics(program);
  },
};

const FIGURES = /^sklearn\.metrics\.\w+$/;

/** The largest over the examples, or of all that is predicted, in the place of the class of each. */
export const argmaxBatchInKeras: KerasPart = {
  instead: 'Go over the classes of each example: np.argmax(model.predict(x), axis=1).',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
classes = np.argmax(model.predict(x), axis=0)  # <--
`,
    `
import numpy as np
from sklearn.metrics import accuracy_score
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
classes = np.argmax(model.predict(x))  # <--
print(accuracy_score(y, classes))
`,
  ],
  right: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import x, y, names
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
print(names[np.argmax(model.predict(x[:1]))], np.argmax(model.predict(x), axis=-1))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { args, moment, result } of callsNamed(program, 'argmax')) {
      const given = args.positional.find(
        (datum) => isValue(datum) && predictionOf(program, datum) !== undefined,
      );
      const network = given === undefined ? undefined : predictionOf(program, given)?.network;
      const head = network && headOf(network);
      const axis = args.named.get('axis') ?? args.positional[args.positional.indexOf(given ?? null) + 1];
      if (moment.span === undefined || head?.units === undefined || head.units < 2) continue;
      const isOfAll = axis === undefined && isValue(result) && isCompared(program, result);
      if (axis !== 0n && !isOfAll) continue;
      yield {
        at: moment.span,
        message: isOfAll
          ? 'Without an axis this is one number, the place of the largest of all predictions; it is compared with a class for each example.'
          : 'This goes over the examples: it says for each class which example has most of it.',
        evidence: [places(['the last layer', head.layer.span])],
      };
    }
  },
};

/** Whether it is compared with the classes of all examples, or figures are made of both. */
function isCompared(program: Program, result: Value): boolean {
  return (
    callsOfUnknown(program).some(
      ({ args, result: figure }) =>
        args.positional.includes(result) && FIGURES.test(foreignCall(figure)?.name ?? ''),
    ) || callsNamed(program, 'eq').some(({ args }) => args.positional.includes(result))
  );
}
