import { foreignCall, kerasOf, layerOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { applications } from '../../ask/keras-calls.js';
import { fixedInClass } from './dropout-fixed-in-class.js';
import type { KerasPart } from './in-keras.js';

/** Programs in which what layers do by chance is wanted when they are asked, too. */
const ON_PURPOSE =
  /\bmc\b|mc_|_mc|monte|uncertain|bayes|gan\b|generator|discriminator|pix2pix|stochastic|ensembl|simclr/i;

const NETWORK = `
import keras
from keras import layers
from data import x, y
inputs = keras.Input(shape=(20,))
h = layers.Dense(64, activation='relu')(inputs)
`;

/** Dropout that a graph of layers is told to do for ever: `Dropout(0.5)(h, training=True)`. */
export const dropoutFixedInKeras: KerasPart = {
  why: 'Keras drops in fit and not in evaluate and predict by itself: told training=True, the layer drops there too, and answers change from call to call.',
  instead: 'Leave training out: Dropout(0.5)(h).',
  wrong: [
    `${NETWORK}
h = layers.Dropout(0.5)(h, training=True)  # <--
model = keras.Model(inputs, layers.Dense(3, activation='softmax')(h))
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(x, y, epochs=5)
`,
    `
import tensorflow as tf

class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(64, activation='relu')
        self.drop = tf.keras.layers.Dropout(0.5)
        self.head = tf.keras.layers.Dense(10)

    def call(self, x):
        return self.head(self.drop(self.hidden(x), training=True))  # <--
`,
  ],
  right: [
    `
import tensorflow as tf

class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(64, activation='relu')
        self.drop = tf.keras.layers.Dropout(0.5)
        self.head = tf.keras.layers.Dense(10)

    def call(self, x, training=False):
        return self.head(self.drop(self.hidden(x), training=training))
`,
    `${NETWORK}
h = layers.Dropout(0.5)(h)
model = keras.Model(inputs, layers.Dense(3, activation='softmax')(h))
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(x, y, epochs=5)
`,
    `${NETWORK}
h = layers.Dropout(0.5)(h, training=True)
model = keras.Model(inputs, layers.Dense(3, activation='softmax')(h))
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(x, y, epochs=5)
uncertainty = [model.predict(x) for _ in range(50)]
`,
  ],
  *run(program) {
    yield* fixedModes(program, /Dropout/, true, 'drops in evaluate and predict too');
    if (!ON_PURPOSE.test(program.source)) yield* fixedInClass(program);
  },
};

/** Batch norm that a graph of layers is told never to learn its statistics. */
export const normFixedInKeras: KerasPart = {
  why: 'With training=False batch norm goes by its running statistics and does not update them: of a network that is learned from the start they stay 0 and 1, and nothing is normalised.',
  instead: 'Leave training out: BatchNormalization()(h).',
  wrong: [
    `${NETWORK}
h = layers.BatchNormalization()(h, training=False)  # <--
model = keras.Model(inputs, layers.Dense(3, activation='softmax')(h))
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(x, y, epochs=5)
`,
  ],
  right: [
    `${NETWORK}
h = layers.BatchNormalization()(h)
model = keras.Model(inputs, layers.Dense(3, activation='softmax')(h))
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(x, y, epochs=5)
`,
    `${NETWORK}
h = layers.BatchNormalization()(h, training=False)
model = keras.Model(inputs, layers.Dense(3, activation='softmax')(h))
model.load_weights('learned.h5')
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(x, y, epochs=5)
`,
  ],
  run: (program) =>
    /load_weights|load_model|\.trainable\b|set_weights|weights\s*=/.test(program.source)
      ? []
      : fixedModes(program, /^BatchNormalization$/, false, 'never updates its statistics'),
};

function* fixedModes(program: Program, type: RegExp, mode: boolean, what: string): Generator<Found> {
  if (!/training\s*=\s*(True|False)/.test(program.source) || ON_PURPOSE.test(program.source)) return;
  if (!kerasOf(program).models.some(({ fits }) => fits.length > 0)) return;
  const said = new Set<number>();
  for (const { args, callee, moment, result } of applications(program)) {
    const layer = layerOf(callee);
    const at = result.span ?? moment.span;
    if (layer === undefined || at === undefined || !type.test(layer.type)) continue;
    if (args.named.get('training') !== mode || said.has(at.start) || foreignCall(callee) === undefined)
      continue;
    // In a method the mode may be one of several that it is called in.
    if (/^(call|train_step|test_step|__call__)$/.test(moment.activation?.name ?? '')) continue;
    said.add(at.start);
    yield {
      at,
      message: `Told training=${mode ? 'True' : 'False'} for ever, this ${layer.type} ${what}.`,
      evidence: [],
    };
  }
}
