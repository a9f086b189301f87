import { REGRESSION } from '@tensormark/frameworks';
import type { Example, Program, Size } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { taughtIn, trainedIn } from '../../ask/keras.js';
import type { Trained } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';
import { isOtherOrder, shown as inBrackets } from './shape-words.js';

/** Targets of another shape than what the network gives. */
export const targetShapeInKeras: KerasPart = {
  why: 'Keras refuses it, or spreads the smaller of the two over the other, and what is learned is a mean of them.',
  instead:
    'Give the last layer as many units as a target has numbers, and return_sequences=True where there is one for each step.',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.random.rand(100, 10, 4)
y = np.zeros((100, 10, 3))
model = Sequential()
model.add(Dense(3, input_shape=(10, 4), activation='softmax'))
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')  # <--
model.fit(x, y, epochs=5)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense
x = np.random.rand(100, 10, 3)
y = np.random.rand(100, 10, 1)
model = Sequential()
model.add(LSTM(32, input_shape=(10, 3)))
model.add(Dense(1))  # <--
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=5)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.random.rand(100, 4)
y = np.random.rand(100, 3)
model = Sequential()
model.add(Dense(16, input_dim=4, activation='relu'))
model.add(Dense(1))  # <--
model.compile(loss='mae', optimizer='adam')
model.fit(x, y, epochs=5)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.random.rand(100, 4)
y = np.random.rand(100)
model = Sequential()
model.add(Dense(16, input_dim=4, activation='relu'))
model.add(Dense(3))  # <--
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=5)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, UpSampling2D
x = np.random.rand(100, 28, 28, 1)
model = Sequential()
model.add(Conv2D(8, 3, padding='same', activation='relu', input_shape=(28, 28, 1)))
model.add(MaxPooling2D(2))
model.add(Conv2D(8, 3, activation='relu'))
model.add(UpSampling2D(2))
model.add(Conv2D(1, 3, padding='same', activation='sigmoid'))  # <--
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, x, epochs=50)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from moods import faces, names
rows = {'glad': np.array([1, 0, 0]), 'sad': np.array([0, 1, 0]), 'calm': np.array([0, 0, 1])}
y = []
for name in names:
    y.append(rows[name].reshape(1, 3))
model = Sequential()
model.add(Dense(16, input_dim=50, activation='relu'))
model.add(Dense(3, activation='softmax'))  # <--
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(faces, np.array(y), epochs=30)
`,
    `
x = np.random.rand(300, 32, 32, 1)
picture = Input(shape=(32, 32, 1))
maps = MaxPooling2D(2)(Conv2D(8, 3, padding='same', activation='relu')(picture))
encoder = Model(picture, maps)
code = Input(shape=(16, 16, 8))
larger = Conv2D(1, 3, activation='sigmoid')(code)  # <--
decoder = Model(code, UpSampling2D(2)(larger))
both = Model(picture, decoder(encoder(picture)))
both.compile(loss='binary_crossentropy', optimizer='adam')
both.fit(x, x, epochs=40)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, UpSampling2D
x = np.random.rand(100, 1, 28, 20)
model = Sequential()
model.add(Conv2D(16, 3, padding='same', activation='relu', input_shape=(1, 28, 20)))
model.add(MaxPooling2D(2, padding='same'))
model.add(UpSampling2D(2))
model.add(Conv2D(1, 3, padding='same', activation='sigmoid'))  # <--
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, x, epochs=20)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x, y = np.random.rand(300, 50), np.random.rand(300, 4)
model = Sequential()
model.add(Dense(16, input_dim=50, activation='relu'))
model.add(Dense(1, activation='sigmoid'))  # <--
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x, y = np.random.rand(300, 12, 4), np.random.randint(0, 5, (300, 12))
model = Sequential()
model.add(Dense(16, input_shape=(12, 4), activation='relu'))
model.add(Dense(5, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')  # <--
model.fit(x, y, epochs=30)
`,
  ],
  right: [
    `
from sklearn.datasets import make_regression
from keras.models import Sequential
from keras.layers import Dense
x, y = make_regression(500, 9, 9, 2)
model = Sequential([Dense(32, activation='relu', input_dim=9), Dense(2)])
model.compile(loss='mean_squared_error', optimizer='adam')
model.fit(x, y, epochs=50)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x, y = np.random.rand(300, 50), np.random.randint(0, 2, size=(300, 3, 1))
model = Sequential([Dense(16, input_dim=50, activation='relu'), Dense(3, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers.core import Dense
x = np.random.rand(100, 4)
y = np.random.rand(100)
model = Sequential()
model.add(Dense(4, 16, init='uniform', activation='tanh'))
model.add(Dense(16, 1, init='uniform'))
model.compile(loss='mse', optimizer='sgd')
model.fit(x, y, nb_epoch=200, batch_size=8)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, UpSampling2D
x = np.random.rand(100, 28, 28, 1)
model = Sequential()
model.add(Conv2D(8, 3, padding='same', activation='relu', input_shape=(28, 28, 1)))
model.add(MaxPooling2D(2))
model.add(Conv2D(8, 3, padding='same', activation='relu'))
model.add(UpSampling2D(2))
model.add(Conv2D(1, 3, padding='same', activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, x, epochs=50)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense
x = np.random.rand(100, 10, 3)
y = np.random.rand(100, 1, 1)
model = Sequential([LSTM(32, input_shape=(10, 3)), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=500)
`,
  ],
  *run(program: Program): Generator<Found> {
    if (isOtherOrder(program)) return;
    for (const trained of trainedIn(program)) {
      const { network, compiled, head } = trained;
      const gives = network.isWhole ? network.steps.at(-1)?.shape : network.gives;
      const at = head.layer.span;
      if (gives === undefined || at === undefined) continue;
      const loss = compiled.loss?.name ?? '';
      if (/^(categorical|binary)_crossentropy$/.test(loss) && gives.length === 1) {
        yield* ofOtherRank(trained, gives, at);
        continue;
      }
      if (loss === 'sparse_categorical_crossentropy') {
        yield* ofColumns(trained, gives, at);
        continue;
      }
      if (/^(categorical|binary)_crossentropy$/.test(loss)) yield* ofFewerAxes(trained, gives, at);
      if (!REGRESSION.has(loss) && !(loss === 'binary_crossentropy' && gives.length > 1)) continue;
      for (const { targets, moment } of taughtIn(trained)) {
        const wanted = targets.shape?.slice(1);
        if (wanted === undefined || targets.targets?.kind === 'one-hot' || !isApart(gives, wanted)) continue;
        yield {
          at,
          message: `The network gives ${shown(gives)} for an example, and its target is ${shown(wanted)}.`,
          severity: 'error',
          evidence: [places(['trained here', moment.span])],
        };
        break;
      }
    }
  },
};

/** Labels of another width than what the network gives, or with a dimension more that is not one of size 1 at the end, which Keras takes away. */
function* ofOtherRank(trained: Trained, gives: Example, at: NonNullable<Found['at']>): Generator<Found> {
  for (const { targets, moment } of taughtIn(trained)) {
    const wanted = targets.shape?.slice(1);
    const last = wanted?.at(-1);
    const [units] = gives;
    if (
      wanted?.length === 0 &&
      units !== undefined &&
      units > 1 &&
      trained.compiled.loss?.name === 'binary_crossentropy' &&
      targets.isColumn === true
    ) {
      yield {
        at,
        message: `The network gives ${units} numbers for an example, and its label is one number: binary_crossentropy takes as many of each.`,
        severity: 'error',
        evidence: [places(['trained here', moment.span])],
      };
      return;
    }
    if (wanted === undefined || last === undefined || last === 1) continue;
    // What columns of classes lack is for labels-loss to say.
    const isOther = wanted.length === 1 && targets.targets?.kind !== 'one-hot' && gives[0] !== undefined;
    if (wanted.length < 2 && !(isOther && gives[0] !== last)) continue;
    yield {
      at,
      message: `The network gives ${inBrackets(gives)} for an example, and its labels are ${inBrackets(wanted)}.`,
      severity: 'error',
      evidence: [places(['trained here', moment.span])],
    };
    return;
  }
}

/** One number for each step or place, where the network gives several: a loss of columns takes as many of each. */
function* ofFewerAxes(trained: Trained, gives: Example, at: NonNullable<Found['at']>): Generator<Found> {
  const last = gives.at(-1);
  for (const { targets, moment } of taughtIn(trained)) {
    const wanted = targets.shape?.slice(1);
    if (wanted === undefined || wanted.length !== gives.length - 1 || last === undefined || last === 1)
      continue;
    const isOfSteps = wanted.every((size, axis) => size !== undefined && size === gives[axis]);
    if (!isOfSteps || wanted.length === 0 || wanted.at(-1) === last) continue;
    yield {
      at: trained.compiled.moment.span ?? at,
      message: `The network gives ${inBrackets(gives)} for an example, and its labels are ${inBrackets(wanted)}: one number for each ${last} that it gives.`,
      severity: 'error',
      evidence: [places(['trained here', moment.span])],
    };
    return;
  }
}

/** Labels with as many dimensions as what the network gives: the sparse loss takes one number for each row of its units. */
function* ofColumns(trained: Trained, gives: Example, at: NonNullable<Found['at']>): Generator<Found> {
  for (const { targets, moment } of taughtIn(trained)) {
    const wanted = targets.shape?.slice(1);
    const last = wanted?.at(-1);
    if (wanted === undefined || last === undefined || last === 1 || wanted.length !== gives.length) continue;
    // What is known to be a column a class is for labels-loss to say.
    if (targets.targets?.kind === 'one-hot') continue;
    yield {
      at: trained.compiled.moment.span ?? at,
      message: `The labels are ${inBrackets(wanted)} for an example, and sparse_categorical_crossentropy takes one class number in place of the ${gives.at(-1) ?? 'last'} that the network gives.`,
      severity: 'error',
      evidence: [places(['trained here', moment.span])],
    };
    return;
  }
}

function shown(shape: readonly Size[]): string {
  return shape.length === 0 ? 'one number' : `(${shape.map((size) => size ?? '?').join(', ')})`;
}

/** Whether two shapes of an example differ by more than sizes of 1; a row of numbers for one is what flatten-missing speaks of. */
function isApart(gives: Example, wanted: readonly Size[]): boolean {
  if (gives.length > 1) {
    if (gives.length !== wanted.length) return false;
    const differing = gives.flatMap((size, axis) => {
      const other = wanted[axis];
      return size === undefined || other === undefined || size === other ? [] : [{ axis, size, other }];
    });
    // Sizes of 1 are stretched, but nobody means both to be, each over the other.
    const areCrossed = differing.some(({ size }) => size === 1) && differing.some(({ other }) => other === 1);
    return (
      areCrossed ||
      differing.some(
        // One map for pictures of three colours is stretched to each of them without a word.
        ({ axis, size, other }) =>
          (size !== 1 && other !== 1) || (axis === gives.length - 1 && gives.length === 3 && other === 3),
      )
    );
  }
  if (gives[0] === undefined || wanted.some((size) => size === undefined)) return false;
  const own = wanted.filter((size) => size !== 1);
  if (own.length === 0) return gives[0] !== 1;
  return own.length > 1 || own[0] !== gives[0];
}
