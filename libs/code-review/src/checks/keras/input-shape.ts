import { foreignCall, isValue, kerasOf } from '@tensormark/frameworks';
import type { Example, Program, Used, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { networksJoined, otherSizes, severalInputs } from './inputs-given.js';
import { evidenceOf, isOtherOrder, shown } from './shape-words.js';
import { agrees, isAlike, same } from './shapes-alike.js';

export const inputShape: Check = {
  id: 'input-shape',
  title: 'Data of another shape than the network is made for',
  severity: 'error',
  why: 'fit refuses data that do not have the shape that the first layer was given.',
  instead: 'Make input_shape the shape of one example, without the number of examples.',
  needs: 'A network with an input shape, and data whose shape is known.',
  wrong: [
    `
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense
x, y = pd.read_csv('inputs.csv'), pd.read_csv('targets.csv')
model = Sequential()
model.add(Dense(32, activation='relu', input_shape=x.values.shape))  # <--
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(x.values, y.values, epochs=40)
`,
    `
from keras import backend as K
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
from keras.preprocessing.image import ImageDataGenerator
shape = (1, 64, 64) if K.image_data_format() == 'channels_first' else (64, 64, 1)
model = Sequential()
model.add(Conv2D(8, 3, activation='relu', input_shape=shape))  # <--
model.add(Flatten())
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
pictures = ImageDataGenerator(rescale=1 / 255).flow_from_directory('train', target_size=(64, 64), class_mode='binary')
model.fit(pictures, epochs=30)
`,
    `
from keras.models import Model, Sequential
from keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
first = Sequential([Conv2D(8, 3, padding='same', activation='relu', input_shape=(28, 28, 1)), MaxPooling2D(2)])
second = Sequential([Conv2D(8, 3, padding='same', activation='relu', input_shape=(7, 7, 8)), Flatten(), Dense(10)])  # <--
pictures = Input((28, 28, 1))
both = Model(pictures, second(first(pictures)))
`,
    `
import cv2
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
from data import paths, labels
pictures = []
for path in paths:
    pictures.append(cv2.resize(cv2.imread(path, 0), (64, 48)))
x = np.array(pictures) / 255
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(48, 64, 3)), Flatten(), Dense(2, activation='softmax')])  # <--
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, labels, epochs=9)
`,
    `
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense
(x, y), _ = mnist.load_data()
x = x / 255
model = Sequential([Dense(64, activation='relu', input_shape=(784,)), Dense(10, activation='softmax')])  # <--
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=5)
`,
    `
import numpy as np
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
(x, y), _ = mnist.load_data()
x = x[..., None] / 255
def batches():
    while True:
        for i in range(len(x)):
            yield x[i], y[i]
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(28, 28, 1)), Flatten(), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(batches(), steps_per_epoch=1000, epochs=5)  # <--
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(64, activation='relu', input_shape=(4,)), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=5)
print(model.predict(np.array([5.1, 3.5, 1.4, 0.2])))  # <--
`,
    `
import numpy as np
from keras.models import Model
from keras.layers import Dense, Input, concatenate
words, numbers = Input(shape=(50,)), Input(shape=(8,))
both = concatenate([words, numbers])
model = Model(inputs=[words, numbers], outputs=Dense(1)(both))
model.compile(loss='mse', optimizer='adam')
print(model.predict([np.zeros((1, 50)), np.zeros(8)]))  # <--
`,
  ],
  right: [
    `
from keras import backend as K
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
from keras.preprocessing.image import ImageDataGenerator
shape = (3, 64, 64) if K.image_data_format() == 'channels_first' else (64, 64, 3)
model = Sequential()
model.add(Conv2D(8, 3, activation='relu', input_shape=shape))
model.add(Flatten())
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
pictures = ImageDataGenerator(rescale=1 / 255).flow_from_directory('train', target_size=(64, 64), class_mode='binary')
model.fit(pictures, epochs=30)
`,
    `
from keras.models import Model, Sequential
from keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
first = Sequential([Conv2D(8, 3, padding='same', activation='relu', input_shape=(28, 28, 1)), MaxPooling2D(2)])
second = Sequential([Conv2D(8, 3, padding='same', activation='relu', input_shape=(14, 14, 8)), Flatten(), Dense(10)])
pictures = Input((28, 28, 1))
both = Model(pictures, second(first(pictures)))
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(64, activation='relu', input_shape=(4,)), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=5)
print(model.predict(np.array([[5.1, 3.5, 1.4, 0.2]])), model.predict(np.array([5.1, 3.5, 1.4, 0.2])[None, :]))
print(model.predict(np.array([5.1, 3.5, 1.4, 0.2]).reshape(1, -1)), model.predict(x[:3]))
`,
    `
import numpy as np
from keras.models import Model
from keras.layers import Dense, Input, concatenate
words, numbers, one = Input(shape=(50,)), Input(shape=(8,)), Input(shape=(1,))
both = concatenate([words, numbers, one])
model = Model(inputs=[words, numbers, one], outputs=Dense(1)(both))
model.compile(loss='mse', optimizer='adam')
print(model.predict([np.zeros((7, 50)), np.zeros((7, 8)), np.zeros(7)]))
`,
    `
import cv2
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
from data import paths, labels
pictures = []
for path in paths:
    picture = cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2GRAY)
    pictures.append(np.expand_dims(cv2.resize(picture, (64, 48)), axis=-1))
x = np.array(pictures) / 255
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(48, 64, 1)), Flatten(), Dense(2, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, labels, epochs=9)
`,
    `
import numpy as np
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
(x, y), _ = mnist.load_data()
x = x[..., None] / 255
def batches(size=32):
    while True:
        for i in range(0, len(x), size):
            yield x[i:i + size], y[i:i + size]
def one_by_one():
    while True:
        for i in np.random.permutation(len(x)):
            yield np.expand_dims(x[i], axis=0), np.array([y[i]])
def filled(size=32):
    while True:
        pictures, labels = np.zeros((size, 28, 28, 1)), np.zeros(size)
        for at in range(size):
            i = np.random.randint(len(x))
            pictures[at], labels[at] = x[i], y[i]
        yield pictures, labels
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(28, 28, 1)), Flatten(), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(batches(), steps_per_epoch=1000, epochs=5)
model.fit(one_by_one(), steps_per_epoch=1000, epochs=5)
model.fit(filled(), steps_per_epoch=1000, epochs=5)
`,
    `
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense
(x, y), _ = mnist.load_data()
x = x.reshape((len(x), -1)) / 255
model = Sequential([Dense(64, activation='relu', input_shape=(784,)), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=5)
`,
  ],
  *run(program) {
    const counting = [...countingExamples(program)];
    yield* counting;
    const isOther = isOtherOrder(program);
    for (const { network, fits, uses } of kerasOf(program).models) {
      if (isOther) {
        yield* otherSizes(network, fits);
        continue;
      }
      yield* severalInputs(network?.value, [...fits, ...uses]);
      const wanted = network?.input;
      if (wanted === undefined || network === undefined) continue;
      if (counting.some(({ at }) => at === network.steps[0]?.layer?.span)) continue;
      yield* usedOtherwise(wanted, uses);
      yield* networksJoined(network);
      for (const { inputs, moment, isYielded } of fits) {
        const given = inputs.shape?.slice(1);
        const at = isYielded ? moment.span : (network.steps[0]?.span ?? moment.span);
        if (given === undefined || at === undefined || isAlike(wanted, given)) continue;
        const isSingle = isYielded && given.length < wanted.length;
        yield {
          at,
          message: isSingle
            ? `The network takes batches of examples of ${shown(wanted)}, and the generator yields an example at a time, with no batch around it.`
            : `The network takes examples of ${shown(wanted)}, and is given ${shown(given)}.`,
          ...(agrees(wanted, given) && {
            severity: 'design' as const,
            why: 'TensorFlow adds or takes away a last dimension of 1 by itself; Keras before it and Keras 3 with other back ends refuse it.',
          }),
          evidence: [...evidenceOf('an example', given), places(['the data are given here', moment.span])],
        };
        break;
      }
    }
  },
};

/** What is predicted from or measured, where it has not the shape that the network is made for. */
function* usedOtherwise(wanted: Example, uses: readonly Used[]): Generator<Found> {
  const said = new Set<number>();
  for (const { inputs, moment, x } of uses) {
    const given = inputs.shape?.slice(1);
    const at = moment.span;
    if (given === undefined || at === undefined || said.has(at.start)) continue;
    if (isAlike(wanted, given) || agrees(wanted, given)) continue;
    said.add(at.start);
    // `x[0]`, of which the check for a batch that is missing speaks.
    const isOneOf = isValue(x) && x.made.kind === 'operation' && x.made.name === 'getitem';
    if (isOneOf && given.length === wanted.length - 1) continue;
    const isSingle = given.length === wanted.length - 1 && same(wanted, inputs.shape ?? []);
    yield {
      at,
      message: isSingle
        ? `One example of ${shown(wanted)} is handed on here, with no batch around it.`
        : `The network takes examples of ${shown(wanted)}, and is given ${shown(given)} here.`,
      evidence: [...evidenceOf('an example', given)],
    };
  }
}

/** `input_shape=x.shape`, `input_dim=x.shape[0]`: the number of examples in the place of what each of them is. */
function* countingExamples(program: Program): Generator<Found> {
  for (const { network, fits } of kerasOf(program).models) {
    const layer = network?.steps[0]?.layer;
    if (layer?.span === undefined) continue;
    const given = layer.args.named.get('input_shape') ?? layer.args.named.get('input_dim');
    const of = isValue(given) ? countedOf(given) : undefined;
    const fit = fits.find(({ x }) => of !== undefined && isValue(x) && (isOne(x, of) || isPartOf(x, of)));
    if (fit === undefined) continue;
    yield {
      at: layer.span,
      message: 'The input shape counts the examples: it is the shape of all of them, not of one.',
      evidence: [places(['all of them are given here', fit.moment.span])],
    };
  }
}

/** Whether two are one array: `table.values` is, each time it is written. */
function isOne(one: Value, other: Value): boolean {
  return (
    one === other ||
    (one.made.kind === 'attribute' &&
      one.made.name === 'values' &&
      other.made.kind === 'attribute' &&
      other.made.name === 'values' &&
      one.inputs[0] === other.inputs[0])
  );
}

/** The array whose whole shape, or number of rows, a value is. */
function countedOf(value: Value): Value | undefined {
  const { made } = value;
  if (made.kind === 'attribute') return made.name === 'shape' ? value.inputs[0] : undefined;
  if (made.kind !== 'operation' || made.name !== 'getitem' || made.args.positional[1] !== 0n)
    return undefined;
  const [of] = made.args.positional;
  return isValue(of) && of.made.kind === 'attribute' && of.made.name === 'shape' ? of.inputs[0] : undefined;
}

/** Whether it is a part of a split of that array. */
function isPartOf({ made }: Value, whole: Value): boolean {
  const [of] = made.kind === 'operation' && made.name === 'unpacked' ? made.args.positional : [];
  const split = foreignCall(of);
  return (
    split !== undefined &&
    /(^|\.)train_test_split$/.test(split.name) &&
    split.args.positional.some((datum) => datum === whole)
  );
}
