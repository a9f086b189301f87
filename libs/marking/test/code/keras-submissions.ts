import type { Written } from './written.js';

const ks = (body: string): string => `import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
${body}
`;

/** A small classifier of 28 × 28 × 1 pictures as it may be written in Keras. */
export const KERAS_SUBMISSIONS: readonly Written[] = [
  [
    'keras-sequential',
    ks(`
model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(8, 3, use_bias=False),
    layers.BatchNormalization(),
    layers.Activation('relu'),
    layers.Conv2D(8, 3, use_bias=False),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dropout(0.5),
    layers.Dense(10),
])`),
    { reads: 1, logits: 1, raw: 1, budget: 1, bias: 1, drop: 1, bn: 1, relu: 1, nopool: 0, convs: 1, res: 0 },
  ],
  [
    'keras-functional-residual-softmax',
    ks(`
inp = keras.Input((28, 28, 1))
x = layers.Conv2D(8, 3, padding='same', activation='relu')(inp)
y = layers.Conv2D(8, 3, padding='same')(x)
y = layers.BatchNormalization()(y)
x = layers.Add()([x, y])
x = layers.GlobalAveragePooling2D()(x)
out = layers.Dense(10, activation='softmax')(x)
model = keras.Model(inp, out)`),
    { reads: 1, logits: 1, raw: 0, budget: 1, bias: 0, drop: 0, bn: 1, relu: 1, convs: 1, res: 1 },
  ],
  [
    'keras-lower-add',
    ks(`
inp = keras.Input((28, 28, 1))
x = layers.Conv2D(8, 3, padding='same', activation='relu')(inp)
y = layers.Conv2D(8, 3, padding='same')(x)
x = layers.add([y, x])
x = layers.Flatten()(x)
out = layers.Dense(10)(x)
model = keras.Model(inp, out)`),
    { reads: 1, logits: 1, raw: 1, nopool: 1, convs: 1, res: 1, relu: 1 },
  ],
  [
    'keras-subclass',
    ks(`
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.c1 = layers.Conv2D(8, 3, activation='relu')
        self.c2 = layers.Conv2D(8, 3, activation=tf.nn.relu)
        self.pool = layers.AveragePooling2D()
        self.flat = layers.Flatten()
        self.out = layers.Dense(10)
    def call(self, x):
        x = self.pool(self.c2(self.c1(x)))
        return tf.nn.softmax(self.out(self.flat(x)))

model = Net()
model.build((None, 28, 28, 1))`),
    { reads: 1, logits: 1, raw: 0, drop: 0, relu: 1, nopool: 0, convs: 1, res: 0 },
  ],
  [
    'keras-own-activation',
    ks(`
model = keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(32, activation=lambda x: x * x), layers.Dense(10)])`),
    { reads: 1, logits: 1, raw: 1, relu: '?', convs: 0 },
  ],
  [
    'keras-of-a-wrong-shape',
    ks(`
model = keras.Sequential([keras.Input((32, 32, 3)), layers.Flatten(), layers.Dense(10)])`),
    { reads: 0 },
  ],
];
