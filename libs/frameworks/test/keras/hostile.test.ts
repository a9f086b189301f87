import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KERAS_LAYERS } from '@tensormark/network';
import { moduleRows, openReader } from '@tensormark/frameworks';
import type { CodeReader } from '@tensormark/frameworks';

let reader: CodeReader;
beforeAll(async () => {
  reader = await openReader();
});

const PROGRAM = `
import tensorflow as tf
from tensorflow.keras import layers, Model, Sequential, Input
class Block(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = layers.Dense(units, activation='relu')
    def call(self, x, training=None):
        return self.dense(x) + x[:, :1]
inputs = Input(shape=(16, 16, 3))
x = layers.Conv2D(8, (3, 3), strides=2, padding='same')(inputs)
x = layers.BatchNormalization()(x)
y = layers.Conv2D(8, 1)(x)
x = layers.concatenate([x, y], axis=-1)
x = layers.Reshape((-1, 16))(x)
x = layers.Bidirectional(layers.LSTM(4, return_sequences=True))(x)
x = layers.MultiHeadAttention(2, 4)(x, x)
x = layers.GlobalAveragePooling1D()(x)
model = Model(inputs, Block(3)(x))
whole = Sequential([model, layers.Dense(5), layers.Dropout(0.1)])
whole.compile('adam', 'mse')
whole.summary()
`;

/** Reading ends, and what it gives can be gone over: each row of it counts something. */
function survives(source: string): boolean {
  const reading = reader.read(source, { budgets: { steps: 200_000 } });
  return moduleRows(reading).every(
    ({ parameters, trainable, multiplyAccumulates }) =>
      parameters >= trainable && trainable >= 0n && multiplyAccumulates >= 0n,
  );
}

describe('damaged programs', () => {
  it('a-piece-is-missing-or-doubled', () => {
    fc.assert(
      fc.property(
        fc.nat(PROGRAM.length),
        fc.nat(60),
        fc.constantFrom('drop', 'double', 'reverse'),
        (from, length, how) => {
          const piece = PROGRAM.slice(from, from + length);
          const middle =
            how === 'drop' ? '' : how === 'double' ? piece + piece : [...piece].toReversed().join('');
          expect(survives(PROGRAM.slice(0, from) + middle + PROGRAM.slice(from + length))).toBe(true);
        },
      ),
      { numRuns: 150, seed: 7 },
    );
  });

  it('numbers-are-absurd', () => {
    const numbers = [
      '0',
      '-1',
      '1e9',
      '10**30',
      'None',
      '2.5',
      '(1,)',
      '[]',
      '"3"',
      'float("nan")',
      'inputs',
      'layers',
      '999999999',
    ];
    const places = [...PROGRAM.matchAll(/\b\d+\b/g)].map(
      ({ index, 0: text }) => [index, text.length] as const,
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom(...numbers), ([from, length], number) => {
        expect(survives(PROGRAM.slice(0, from) + number + PROGRAM.slice(from + length))).toBe(true);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('any-layer-on-any-input', () => {
    const argument = fc.constantFrom(
      '1',
      '3',
      '0',
      '-2',
      'None',
      '(2, 2)',
      '"same"',
      '"x"',
      '[1, 2]',
      '0.5',
      'True',
      'lambda x: x',
      'x',
    );
    const shape = fc.array(fc.constantFrom('1', '2', '7', 'None', '0'), { maxLength: 5 });
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(KERAS_LAYERS)),
        fc.array(argument, { maxLength: 4 }),
        shape,
        (type, given, sizes) => {
          const source = `import keras\nx = keras.Input((${sizes.map((size) => `${size}, `).join('')}))\ny = keras.layers.${type}(${given.join(', ')})(x)\nmodel = keras.Model(x, y)\nmodel.summary()\n`;
          expect(survives(source)).toBe(true);
        },
      ),
      { numRuns: 250, seed: 7 },
    );
  });

  it('models-that-contain-themselves', () => {
    expect(
      survives(
        'import keras\nm = keras.Sequential()\nm.add(m)\nm.build((None, 3))\nprint(m.count_params())\n',
      ),
    ).toBe(true);
    expect(
      survives(
        'import keras\nclass A(keras.Model):\n    def call(self, x):\n        return self(x)\nm = A()\nm.inner = m\nm.build((None, 3))\n',
      ),
    ).toBe(true);
    expect(
      survives(
        'import keras\nx = keras.Input((3,))\nfor _ in range(3000):\n    x = keras.layers.Dense(3)(x)\nm = keras.Model(x, x)\n',
      ),
    ).toBe(true);
  });
});
