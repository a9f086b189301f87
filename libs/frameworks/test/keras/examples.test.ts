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

describe('examples of the documentation', () => {
  // keras.io, "Text classification with Transformer", its layers counted by hand.
  it('a-transformer-that-classifies-text', () => {
    const reading = read(`
import keras
from keras import layers, ops
@keras.saving.register_keras_serializable()
class Block(layers.Layer):
    def __init__(self, embed_dim, num_heads, ff_dim):
        super().__init__()
        self.att = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
        self.ffn = keras.Sequential([layers.Dense(ff_dim, activation='relu'), layers.Dense(embed_dim)])
        self.norm1 = layers.LayerNormalization(epsilon=1e-6)
        self.norm2 = layers.LayerNormalization(epsilon=1e-6)
    def call(self, inputs):
        x = self.norm1(inputs + self.att(inputs, inputs))
        return self.norm2(x + self.ffn(x))
class Positions(layers.Layer):
    def __init__(self, maxlen, vocabulary, embed_dim):
        super().__init__()
        self.tokens = layers.Embedding(input_dim=vocabulary, output_dim=embed_dim)
        self.places = layers.Embedding(input_dim=maxlen, output_dim=embed_dim)
    def call(self, x):
        places = ops.arange(start=0, stop=ops.shape(x)[-1], step=1)
        return self.tokens(x) + self.places(places)
inputs = layers.Input(shape=(200,))
x = Block(32, 2, 32)(Positions(200, 20000, 32)(inputs))
x = layers.GlobalAveragePooling1D()(x)
x = layers.Dense(20, activation='relu')(x)
model = keras.Model(inputs, layers.Dense(2, activation='softmax')(x))
assert model.output_shape == (None, 2)
`);
    expect(errorsOf(reading)).toEqual([]);
    const attention = 4 * 32 * 64 + 3 * 64 + 32;
    expect(totalsOf(reading)?.parameters).toBe(
      (20_000 + 200) * 32 + attention + 2 * (32 * 32 + 32) + 2 * 64 + (32 * 20 + 20) + (20 * 2 + 2),
    );
    expect(reading.outputs).toMatchObject({ shape: [1, 2] });
  });

  // tensorflow.org, "Deep Convolutional Generative Adversarial Network": its asserts are its truth.
  it('a-generator-of-digits', () => {
    const reading = read(`
import tensorflow as tf
from tensorflow.keras import layers
def make_generator():
    model = tf.keras.Sequential()
    model.add(layers.Dense(7*7*256, use_bias=False, input_shape=(100,)))
    model.add(layers.BatchNormalization())
    model.add(layers.LeakyReLU())
    model.add(layers.Reshape((7, 7, 256)))
    assert model.output_shape == (None, 7, 7, 256)
    model.add(layers.Conv2DTranspose(128, (5, 5), strides=(1, 1), padding='same', use_bias=False))
    assert model.output_shape == (None, 7, 7, 128)
    model.add(layers.Conv2DTranspose(1, (5, 5), strides=(2, 2), padding='same', use_bias=False, activation='tanh'))
    assert model.output_shape == (None, 14, 14, 1)
    return model
generator = make_generator()
image = generator(tf.random.normal([1, 100]), training=False)
`);
    expect(errorsOf(reading)).toEqual([]);
    expect(reading.outputs).toMatchObject({ shape: [1, 14, 14, 1] });
    expect(totalsOf(reading)).toEqual({
      parameters: 1_254_400 + 50_176 + 819_200 + 3_200,
      trainable: 1_254_400 + 25_088 + 819_200 + 3_200,
    });
  });
});

describe('what Keras has been called', () => {
  it('a-program-of-the-first-keras', () => {
    const reading = read(`
from keras.models import Sequential
from keras.layers.core import Dense, Dropout, Activation, Flatten
from keras.layers.convolutional import Convolution2D, MaxPooling2D
model = Sequential()
model.add(Convolution2D(32, 3, 3, border_mode='same', input_shape=(28, 28, 1)))
model.add(Activation('relu'))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Dropout(p=0.25))
model.add(Flatten())
model.add(Dense(output_dim=10, init='uniform'))
model.fit(X, Y, nb_epoch=12)
`);
    expect(rowsOf(reading).map((row) => row.split(' ').slice(1).join(' '))).toEqual([
      'Conv2D [1, 28, 28, 32] 320 225792',
      'Activation [1, 28, 28, 32] 0 0',
      'MaxPooling2D [1, 14, 14, 32] 0 0',
      'Dropout [1, 14, 14, 32] 0 0',
      'Flatten [1, 6272] 0 0',
      'Dense [1, 10] 62730 62720',
    ]);
  });

  it('a-fragment-without-imports', () => {
    const reading = read(`
model = Sequential()
model.add(Dense(64, input_dim=8, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
`);
    expect(errorsOf(reading)).toEqual([]);
    expect(totalsOf(reading)?.parameters).toBe(576 + 65);
  });

  it('a-function-that-is-not-called-is-no-model', () => {
    expect(read('import keras\nx = 1\n').network).toBeUndefined();
  });
});
