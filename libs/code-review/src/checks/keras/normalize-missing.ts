import { kerasOf, rangeOf } from '@tensormark/frameworks';
import type { KerasModel, KerasNetwork, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { layersOf } from '../../ask/keras.js';
import { isMadeOf } from '../../ask/made-of.js';
import { places, spanOf } from '../../ask/places.js';
import { scaledInPlace } from '../../ask/scaled-in-place.js';
import type { KerasPart } from './in-keras.js';
import { loadedOtherwise, otherwiseScaled, placeOf } from './scaled-otherwise.js';

const SCALES =
  /^(Rescaling|Normalization|BatchNormalization|LayerNormalization|Lambda|Embedding|Resizing|TextVectorization)$/;
const TAKES =
  /^(Dense|Conv[123]D|Flatten|LSTM|GRU|SimpleRNN|Reshape|InputLayer|SeparableConv2D|Bidirectional|TimeDistributed|ZeroPadding2D)$/;

/** Numbers beyond this are far from what weights start for. */
const FAR = 40;
/** From here on the first steps of the usual rates leave the weights out of proportion, or units that saturate stay so. */
const VERY_FAR = 100;

/** Inputs that nothing scales, and inputs that are scaled otherwise than those that were learned from. */
export const normalizeMissingInKeras: KerasPart = {
  why: 'Weights start for inputs of about 1: larger ones saturate activations and make steps too large, and what was learned of one range means nothing in another.',
  instead:
    'Divide pixels by 255 (or put a Rescaling layer first), standardise tables with StandardScaler, and do the same with every part of the data.',
  wrong: [
    `
import tensorflow as tf
import tensorflow_datasets as tfds
train, kept = tfds.load('mnist', split=['train', 'test'], as_supervised=True)
def scaled(picture, label):
    return tf.cast(picture, tf.float32) / 255., label
train, kept = train.map(scaled).shuffle(1000).batch(32), kept.batch(32)
model = tf.keras.Sequential([tf.keras.layers.Flatten(input_shape=(28, 28, 1)), tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(10)])
model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer='adam')
model.fit(train, epochs=5, validation_data=kept)  # <--
`,
    `
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense
(x, y), _ = mnist.load_data()
x = x.reshape(-1, 784)  # <--
model = Sequential([Dense(64, activation='relu', input_dim=784), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='sgd')
model.fit(x, y, epochs=5)
`,
    `
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense
(x, y), (xt, yt) = mnist.load_data()
x = x.reshape(-1, 784) / 255
xt = xt.reshape(-1, 784)
model = Sequential([Dense(64, activation='relu', input_dim=784), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='sgd')
model.fit(x, y, epochs=5)
print(model.evaluate(xt, yt))  # <--
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.random.randint(-100, 100, size=(5000, 1))  # <--
y = (x > 0) * 1
model = Sequential([Dense(20, activation='sigmoid', input_dim=1), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=50)
`,
    `
from keras.datasets import cifar10
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
from keras.preprocessing.image import ImageDataGenerator
(x, y), (xt, yt) = cifar10.load_data()
standard = ImageDataGenerator(featurewise_center=True, featurewise_std_normalization=True)
standard.fit(x)
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(32, 32, 3)), Flatten(), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(standard.flow(x, y), epochs=5, validation_data=ImageDataGenerator().flow(xt, yt))  # <--
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
from keras_preprocessing.image import ImageDataGenerator, img_to_array, load_img
pictures = ImageDataGenerator(rescale=1 / 255).flow_from_directory('train', target_size=(64, 64), class_mode='binary')
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(64, 64, 3)), Flatten(), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(pictures, epochs=20)
picture = np.expand_dims(img_to_array(load_img('one.png', target_size=(64, 64))), axis=0)
print(model.predict(picture))  # <--
`,
  ],
  right: [
    `
from keras.datasets import cifar10
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
(x, y), _ = cifar10.load_data()
x = x.astype('float32')
for i in range(3):
    x[:, :, :, i] = (x[:, :, :, i] - 120.7) / 64.2
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(32, 32, 3)), Flatten(), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=5)
`,
    `
import tensorflow as tf
import tensorflow_datasets as tfds
train, kept = tfds.load('mnist', split=['train', 'test'], as_supervised=True)
def scaled(picture, label):
    return tf.cast(picture, tf.float32) / 255., label
train, kept = train.map(scaled).shuffle(1000).batch(32), kept.map(scaled).batch(32)
model = tf.keras.Sequential([tf.keras.layers.Flatten(input_shape=(28, 28, 1)), tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(10)])
model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer='adam')
model.fit(train, epochs=5, validation_data=kept)
`,
    `
from keras.datasets import cifar10
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
from keras.preprocessing.image import ImageDataGenerator
(x, y), (xt, yt) = cifar10.load_data()
x, xt = x / 255, xt / 255
changed = ImageDataGenerator(featurewise_center=False, samplewise_center=False, horizontal_flip=True)
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(32, 32, 3)), Flatten(), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(changed.flow(x, y), epochs=5, validation_data=ImageDataGenerator().flow(xt, yt))
standard = ImageDataGenerator(featurewise_center=True, featurewise_std_normalization=True)
standard.fit(x)
model.fit(standard.flow(x, y), epochs=5, validation_data=standard.flow(xt, yt))
`,
    `
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense, Rescaling, Flatten
(x, y), _ = mnist.load_data()
model = Sequential([Rescaling(1 / 255, input_shape=(28, 28)), Flatten(), Dense(64, activation='relu'), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='sgd')
model.fit(x, y, epochs=5)
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* loadedOtherwise(program);
    for (const model of kerasOf(program).models) {
      yield* unscaled(program, model);
      yield* otherwiseScaled(program, model);
    }
  },
};

/** Whether the network scales nothing itself before its first layer with weights. */
function takesAsItIs(network: KerasNetwork): boolean {
  if (network.steps.length === 0) return false;
  for (const { layer } of layersOf(network)) {
    if (layer === undefined || SCALES.test(layer.type) || !TAKES.test(layer.type)) return false;
    if (/^(Dense|Conv|LSTM|GRU|SimpleRNN|Separable)/.test(layer.type)) return true;
  }
  return true;
}

function* unscaled(program: Program, { network, fits, lessons }: KerasModel): Generator<Found> {
  if (network === undefined || !takesAsItIs(network)) return;
  const first = layersOf(network)[0];
  // Batch norm straight after the first layer undoes most of it.
  const isMended = layersOf(network)
    .slice(0, 3)
    .some(({ layer }) => layer?.type === 'BatchNormalization');
  const isDeep =
    layersOf(network).filter(({ layer }) => /^(Dense|LSTM|GRU|SimpleRNN|Conv)/.test(layer?.type ?? ''))
      .length > 1;
  for (const { x, y, inputs, moment } of [...fits, ...lessons.slice(0, 1)]) {
    // What is written over in place is no longer what it was made as.
    if (scaledInPlace(program).some(({ of }) => of === x || isMadeOf(x, of))) continue;
    const { scale } = inputs;
    const range = rangeOf(x);
    const largest = range === undefined ? 0 : Math.max(Math.abs(range.low), Math.abs(range.high));
    // What is drawn at random and of which the targets are not made stands for data that were left out.
    if (largest > FAR && (inputs.isRandom !== true || isMadeOf(y, x)) && !isMended) {
      const at = placeOf(x) ?? spanOf(x) ?? moment.span;
      if (at !== undefined)
        yield {
          at,
          message: `The inputs go into the network as they are, up to ${Number(largest.toPrecision(3))}.`,
          // A line alone is fitted with a rate that was chosen for it.
          severity: largest >= VERY_FAR && isDeep ? 'warning' : 'design',
          evidence: [places(['the first layer', first?.span], ['trained here', moment.span])],
        };
      continue;
    }
    if (inputs.isRandom === true || (scale !== 'bytes' && scale !== 'raw')) continue;
    if (scale === 'raw' && inputs.elements !== undefined) continue;
    const at = placeOf(x) ?? moment.span;
    if (at === undefined) continue;
    const isTable = scale === 'raw' && !takesPictures(network);
    yield {
      at,
      message: isTable
        ? 'The columns go into the network as they were measured, some perhaps a thousand times as large as others.'
        : 'Pixels from 0 to 255 go into the network as they are.',
      severity: isTable ? (inputs.set === undefined ? 'remark' : 'design') : isMended ? 'design' : 'warning',
      evidence: [places(['the first layer', first?.span], ['trained here', moment.span])],
    };
  }
}

/** Whether the columns of a table can only be the pixels of pictures, by what the network takes. */
function takesPictures({ input }: KerasNetwork): boolean {
  const [height, width, depth] = input ?? [];
  return input?.length === 3
    ? height === width && (height ?? 0) > 7 && (depth === 1 || depth === 3)
    : input?.length === 1 && height === 784;
}

/** Where the array was last made, but for the file it was read from. */
