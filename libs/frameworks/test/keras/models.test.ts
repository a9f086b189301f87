import { beforeAll, describe, expect, it } from '@jest/globals';
import { countParameters } from '@tensormark/network';
import { moduleRows, openReader } from '@tensormark/frameworks';
import type { CodeReader, ModelReading, ReadOptions } from '@tensormark/frameworks';

let reader: CodeReader;
beforeAll(async () => {
  reader = await openReader();
});

function read(source: string, options: ReadOptions = {}): ModelReading {
  return reader.read(source, options);
}

/** Path, type, output, parameters and multiply-accumulates of each layer. */
function rowsOf(reading: ModelReading): string[] {
  return moduleRows(reading)
    .filter(({ path }) => path !== '')
    .map(
      ({ path, type, outputs, parameters, multiplyAccumulates }) =>
        `${path} ${type} [${outputs.map((shape) => shape.join(', ')).join('] [')}] ${parameters} ${multiplyAccumulates}`,
    );
}

function totalsOf({ network }: ModelReading): { parameters: number; trainable: number } | undefined {
  if (network === undefined) return undefined;
  const { parameters, trainable } = countParameters(network);
  return { parameters: Number(parameters), trainable: Number(trainable) };
}

function errorsOf({ errors }: ModelReading): string[] {
  return errors.map(({ type, message, place }) => `${place.line}: ${type}: ${message}`);
}

/** Keras's own example for MNIST, by its shapes and its 34,826 parameters (keras.io, "Simple MNIST convnet"). */
const LAYERS_OF_MNIST = `[
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(32, kernel_size=(3, 3), activation="relu"),
    layers.MaxPooling2D(pool_size=(2, 2)),
    layers.Conv2D(64, kernel_size=(3, 3), activation="relu"),
    layers.MaxPooling2D(pool_size=(2, 2)),
    layers.Flatten(),
    layers.Dropout(0.5),
    layers.Dense(10, activation="softmax"),
]`;
const ROWS_OF_MNIST = [
  'conv2d Conv2D [1, 26, 26, 32] 320 194688',
  'max_pooling2d MaxPooling2D [1, 13, 13, 32] 0 0',
  'conv2d_1 Conv2D [1, 11, 11, 64] 18496 2230272',
  'max_pooling2d_1 MaxPooling2D [1, 5, 5, 64] 0 0',
  'flatten Flatten [1, 1600] 0 0',
  'dropout Dropout [1, 1600] 0 0',
  'dense Dense [1, 10] 16010 16000',
];

describe('a Sequential', () => {
  it.each([
    ['keras-3', 'import keras\nfrom keras import layers'],
    [
      'tensorflow',
      'import tensorflow as tf\nfrom tensorflow import keras\nfrom tensorflow.keras import layers',
    ],
    ['keras-core', 'import keras_core as keras\nfrom keras_core import layers'],
    ['attributes-alone', 'import tensorflow as tf\nkeras = tf.keras\nlayers = tf.keras.layers'],
  ])('mnist-convnet-by-%s', (_, imports) => {
    const reading = read(`${imports}\nmodel = keras.Sequential(${LAYERS_OF_MNIST})\n`);
    expect(errorsOf(reading)).toEqual([]);
    expect(rowsOf(reading)).toEqual(ROWS_OF_MNIST);
    expect(totalsOf(reading)).toEqual({ parameters: 34_826, trainable: 34_826 });
    expect(moduleRows(reading)[1]?.line).toBeGreaterThan(2);
  });

  it('built-by-add-with-input-shape-and-trained', () => {
    const reading = read(`
from keras.models import Sequential
from keras.layers import Conv2D, MaxPool2D, Flatten, Dropout, Dense
from keras.datasets import mnist
(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train.reshape(60000, 28, 28, 1).astype('float32') / 255
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(28, 28, 1)))
model.add(MaxPool2D())
model.add(Conv2D(64, (3, 3), activation='relu'))
model.add(MaxPool2D((2, 2)))
model.add(Flatten())
model.add(Dropout(0.5))
model.add(Dense(10, activation='softmax'))
model.compile(optimizer='rmsprop', loss='categorical_crossentropy', metrics=['accuracy'])
history = model.fit(x_train, y_train, epochs=5, batch_size=64)
loss, accuracy = model.evaluate(x_test, y_test)
print(history.history['loss'][-1], accuracy)
`);
    expect(errorsOf(reading)).toEqual([]);
    expect(reading.unknowns.filter(({ bears }) => bears === 'network')).toEqual([]);
    expect(rowsOf(reading)).toEqual(ROWS_OF_MNIST);
  });

  // keras.io, "Bidirectional LSTM on IMDB": 2,757,761.
  it('bidirectional-lstm-on-imdb', () => {
    const source = `
import keras
from keras import layers
inputs = keras.Input(shape=(None,), dtype="int32")
x = layers.Embedding(20000, 128)(inputs)
x = layers.Bidirectional(layers.LSTM(64, return_sequences=True))(x)
x = layers.Bidirectional(layers.LSTM(64))(x)
outputs = layers.Dense(1, activation="sigmoid")(x)
model = keras.Model(inputs, outputs)
`;
    const open = read(source);
    expect(totalsOf(open)).toEqual({ parameters: 2_757_761, trainable: 2_757_761 });
    expect(open.traced).toBe(false);
    expect(open.gaps.parameters).toBe(false);
    const told = read(source, { inputs: [[200]] });
    expect(rowsOf(told).filter((row) => !row.includes('ward_layer'))).toEqual([
      'embedding Embedding [1, 200, 128] 2560000 0',
      `bidirectional Bidirectional [1, 200, 128] 98816 ${2 * 200 * 4 * 64 * (128 + 64)}`,
      `bidirectional_1 Bidirectional [1, 128] 98816 ${2 * 200 * 4 * 64 * (128 + 64)}`,
      'dense Dense [1, 1] 129 128',
    ]);
  });

  it('without-a-shape-its-weights-are-not-known', () => {
    const source = 'import keras\nmodel = keras.Sequential([keras.layers.Dense(8), keras.layers.Dense(2)])\n';
    expect(read(source).gaps.parameters).toBe(true);
    expect(totalsOf(read(source, { inputs: [[5]] }))).toEqual({ parameters: 66, trainable: 66 });
    expect(totalsOf(read(`${source}model.build((None, 5))\n`))).toEqual({ parameters: 66, trainable: 66 });
    expect(totalsOf(read(`${source}import numpy as np\nmodel(np.zeros((3, 5)))\n`))).toEqual({
      parameters: 66,
      trainable: 66,
    });
  });
});

describe('what is counted', () => {
  it('moving-averages-are-parameters-that-are-not-trained', () => {
    const reading = read(`
import keras
model = keras.Sequential([
    keras.Input((8, 8, 3)),
    keras.layers.Conv2D(16, 3),
    keras.layers.BatchNormalization(),
])
`);
    expect(totalsOf(reading)).toEqual({ parameters: 448 + 64, trainable: 448 + 32 });
  });

  it('frozen-layers-are-not-trained', () => {
    const reading = read(`
import keras
base = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3), keras.layers.Dense(3)], name='base')
base.trainable = False
model = keras.Sequential([base, keras.layers.Dense(1)])
`);
    expect(totalsOf(reading)).toEqual({ parameters: 15 + 12 + 4, trainable: 4 });
    expect(rowsOf(reading)).toEqual([
      'base Sequential [1, 3] 27 21',
      'base.dense Dense [1, 3] 15 12',
      'base.dense_1 Dense [1, 3] 12 9',
      'dense_2 Dense [1, 1] 4 3',
    ]);
  });

  it('the-layers-carry-their-type-and-arguments', () => {
    const { network } = read(`
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation='relu')])
`);
    const layer = network?.modules.get('dense')?.layer;
    expect(layer?.type).toBe('keras.Dense');
    expect(layer?.config).toMatchObject({ units: 3, activation: 'relu', use_bias: true });
  });
});

describe('what Keras refuses', () => {
  it('a-wrong-rank-is-told-and-reading-goes-on', () => {
    const reading = read(`
from keras.models import Sequential
from keras.layers import Dense, LSTM
model = Sequential()
model.add(Dense(128, input_shape=(20,)))
model.add(LSTM(32))
model.add(Dense(10))
`);
    expect(errorsOf(reading)).toEqual([
      '6: ValueError: Input 0 of layer "lstm" is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: (None, 128)',
    ]);
    expect(rowsOf(reading).at(-1)).toBe('dense_1 Dense [1, 10] 330 320');
  });

  const FUNCTIONAL = 'from keras.layers import *\nfrom keras.models import Model\nx = Input((8, 8, 3))\n';
  it.each([
    [
      'unequal-shapes-are-not-added',
      'y = Add()([x, Conv2D(3, 3)(x)])',
      '4: ValueError: Inputs have incompatible shapes. Received shapes (8, 8, 3) and (6, 6, 3)',
    ],
    [
      'unequal-shapes-are-not-joined',
      'y = Concatenate()([x, Conv2D(3, 3)(x)])',
      '4: ValueError: A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. Received: input_shape=[(None, 8, 8, 3), (None, 6, 6, 3)]',
    ],
    [
      'a-window-wider-than-the-picture',
      'y = Conv2D(3, 9)(x)',
      '4: ValueError: Negative dimension size caused by subtracting 9 from 8 in layer "conv2d"',
    ],
    [
      'a-layer-used-again-on-another-width',
      'd = Dense(4)\ny = d(Flatten()(x))\ny = d(x)',
      '6: ValueError: Input 0 of layer "dense" is incompatible with the layer: expected axis -1 of input shape to have value 192, but received input with shape (None, 8, 8, 3)',
    ],
    [
      'a-shape-that-does-not-hold-the-elements',
      'y = Reshape((5, 5))(x)',
      '4: ValueError: total size of new array must be unchanged, input_shape = [8, 8, 3], output_shape = [5, 5]',
    ],
    [
      'pooling-of-vectors',
      'y = MaxPooling2D()(Flatten()(x))',
      '4: ValueError: Input 0 of layer "max_pooling2d" is incompatible with the layer: expected ndim=4, found ndim=2. Full shape received: (None, 192)',
    ],
  ])('%s', (_, line, error) => {
    const reading = read(`${FUNCTIONAL}${line}\nmodel = Model(x, Dense(2)(y))\n`);
    expect(errorsOf(reading)).toEqual([error]);
    expect(reading.network).toBeDefined();
  });
});

describe('a functional model', () => {
  it('several-inputs-and-outputs-and-a-shared-layer', () => {
    const reading = read(`
from tensorflow.keras.layers import Input, Dense, LSTM, Embedding, concatenate
from tensorflow.keras.models import Model
a = Input(shape=(12,), name='title')
b = Input(shape=(20,), name='body')
c = Input(shape=(5,))
embed = Embedding(1000, 16)
encode = LSTM(8)
x = concatenate([encode(embed(a)), encode(embed(b)), c])
first = Dense(1, name='priority')(x)
second = Dense(4, name='department')(x)
model = Model(inputs=[a, b, c], outputs=[first, second])
`);
    expect(errorsOf(reading)).toEqual([]);
    expect(totalsOf(reading)).toEqual({
      parameters: 16_000 + 4 * 8 * (16 + 8 + 1) + 22 + 88,
      trainable: 16_000 + 4 * 8 * (16 + 8 + 1) + 22 + 88,
    });
    expect(reading.inputs.types.map(({ shape }) => shape)).toEqual([
      [1, 12],
      [1, 20],
      [1, 5],
    ]);
    expect(reading.outputs).toMatchObject([{ shape: [1, 1] }, { shape: [1, 4] }]);
    // The layer that both go through works twice and holds its weights once.
    expect(moduleRows(reading).find(({ path }) => path === 'lstm')).toMatchObject({
      calls: 2,
      parameters: 800n,
      multiplyAccumulates: BigInt((12 + 20) * 4 * 8 * (16 + 8)),
    });
  });

  it('operators-and-functions-are-steps-of-it', () => {
    const reading = read(`
import tensorflow as tf
from tensorflow import keras
inputs = keras.Input((8, 8, 3))
x = keras.layers.Conv2D(3, 3, padding='same')(inputs)
x = tf.nn.relu(x + inputs) * 0.5
x = tf.concat([x, inputs], axis=-1)[:, ::2]
x = keras.layers.Lambda(lambda t: tf.reduce_mean(t, axis=[1, 2]))(x)
model = keras.Model(inputs, keras.layers.Dense(2)(x))
`);
    expect(errorsOf(reading)).toEqual([]);
    expect(reading.outputs).toMatchObject({ shape: [1, 2] });
    expect(totalsOf(reading)).toEqual({ parameters: 84 + 14, trainable: 98 });
  });

  it('an-autoencoder-rather-than-its-encoder', () => {
    const reading = read(`
import keras
inputs = keras.Input((784,))
code = keras.layers.Dense(32, activation='relu')(inputs)
autoencoder = keras.Model(inputs, keras.layers.Dense(784, activation='sigmoid')(code))
encoder = keras.Model(inputs, code)
autoencoder.compile(optimizer='adam', loss='binary_crossentropy')
`);
    expect(reading.chosen).toMatchObject({ name: 'autoencoder' });
    // The blog on autoencoders of keras.io: 784·32 + 32 and 32·784 + 784.
    expect(totalsOf(reading)?.parameters).toBe(25_120 + 25_872);
  });

  it('a-sequence-to-sequence-with-states', () => {
    const reading = read(`
from keras.models import Model
from keras.layers import Input, LSTM, Dense
encoder_inputs = Input(shape=(10, 71))
encoder_outputs, state_h, state_c = LSTM(256, return_state=True)(encoder_inputs)
decoder_inputs = Input(shape=(12, 93))
decoder_outputs, _, _ = LSTM(256, return_sequences=True, return_state=True)(decoder_inputs, initial_state=[state_h, state_c])
decoder_outputs = Dense(93, activation='softmax')(decoder_outputs)
model = Model([encoder_inputs, decoder_inputs], decoder_outputs)
`);
    expect(errorsOf(reading)).toEqual([]);
    // keras.io, "Character-level recurrent sequence-to-sequence model".
    expect(
      moduleRows(reading)
        .map(({ parameters }) => Number(parameters))
        .slice(1),
    ).toEqual([335_872, 358_400, 23_901]);
    expect(reading.outputs).toMatchObject({ shape: [1, 12, 93] });
  });

  it('each-step-by-a-layer-of-its-own', () => {
    const reading = read(`
import keras
from keras.layers import *
model = keras.Sequential([
    Input((10, 8, 8, 3)),
    TimeDistributed(Conv2D(4, 3)),
    TimeDistributed(Flatten()),
    Bidirectional(GRU(5, return_sequences=True), merge_mode='sum'),
])
`);
    expect(errorsOf(reading)).toEqual([]);
    expect(reading.outputs).toMatchObject({ shape: [1, 10, 5] });
    expect(totalsOf(reading)?.parameters).toBe(112 + 2 * 3 * 5 * (144 + 5 + 2));
  });
});

describe('classes of the program', () => {
  const SUBCLASS = `
import tensorflow as tf
class Linear(tf.keras.layers.Layer):
    def __init__(self, units=32):
        super().__init__()
        self.units = units
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer='random_normal', trainable=True)
        self.b = self.add_weight(shape=(self.units,), initializer='zeros', trainable=False)
    def call(self, inputs):
        return tf.matmul(inputs, self.w) + self.b
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = tf.keras.layers.Conv2D(4, 3, activation='relu')
        self.flatten = tf.keras.layers.Flatten()
        self.blocks = []
        for _ in range(2):
            self.blocks.append(Linear(6))
        self.drop = tf.keras.layers.Dropout(0.5)
    def call(self, x, training=False):
        x = self.flatten(self.conv(x))
        for block in self.blocks:
            x = block(x)
        if training:
            x = self.drop(x)
        return x
`;
  const WEIGHTS = 4 * 10 + (144 * 6 + 6) + (36 + 6);

  it.each([
    ['built-by-a-shape', `${SUBCLASS}model = Net()\nmodel.build((None, 8, 8, 1))\n`, {}],
    ['called-on-a-tensor', `${SUBCLASS}model = Net()\ny = model(tf.zeros((1, 8, 8, 1)))\n`, {}],
    ['told-by-the-caller', SUBCLASS, { inputs: [[8, 8, 1]] }],
    [
      'a-layer-of-a-functional-model',
      `${SUBCLASS}x = tf.keras.Input((8, 8, 1))\nmodel = tf.keras.Model(x, Net()(x))\n`,
      {},
    ],
  ])('%s', (_, source, options) => {
    const reading = read(source, options);
    expect(errorsOf(reading)).toEqual([]);
    expect(totalsOf(reading)).toEqual({ parameters: WEIGHTS, trainable: WEIGHTS - 12 });
    expect(reading.outputs).toMatchObject({ shape: [1, 6] });
  });
});
