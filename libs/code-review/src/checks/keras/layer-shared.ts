import { application, exampleOf, isCertain, isValue, layerOf, unitsOf } from '@tensormark/frameworks';
import type { Datum, KerasLayer } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { applications } from '../../ask/keras-calls.js';
import { places } from '../../ask/places.js';

/** What has weights for each number that it is given. */
const HAS_WIDTH = /^(BatchNormalization|LayerNormalization|Dense|Conv[123]D|LSTM|GRU|SimpleRNN)$/;
const NORMS = /^(Batch|Layer|Group)Normalization$/;
const KEEPS =
  /^(Activation|Dropout|ReLU|LeakyReLU|PReLU|ELU|SpatialDropout[123]D|(Max|Average)Pooling[123]D|UpSampling[123]D|ZeroPadding[123]D)$/;

export const layerShared: Check = {
  id: 'layer-shared',
  title: 'One layer of Keras on tensors of two widths',
  severity: 'error',
  why: 'A layer makes its weights at its first call, for as many channels as it is given then. On a tensor of another width Keras raises an error.',
  instead: 'Make a layer for each place: self.norm1 and self.norm2.',
  needs: 'An object of a layer that is called twice, on tensors whose numbers of channels are known.',
  wrong: [
    `
import tensorflow as tf
class Block(tf.keras.layers.Layer):
    def __init__(self, width):
        super().__init__()
        self.wide = tf.keras.layers.Conv2D(4 * width, 1, padding='same')
        self.narrow = tf.keras.layers.Conv2D(width, 3, padding='same')
        self.norm = tf.keras.layers.BatchNormalization()
        self.relu = tf.keras.layers.ReLU()
    def call(self, x):
        x = self.relu(self.norm(self.wide(x)))
        return self.relu(self.norm(self.narrow(x)))  # <--
block = Block(12)
`,
    `
from keras.layers import Dense, Input
from keras.models import Model
given = Input(shape=(9,))
middle = Dense(16, activation='relu')
x = middle(given)
x = middle(x)  # <--
model = Model(given, Dense(1)(x))
`,
  ],
  right: [
    `
import tensorflow as tf
class Block(tf.keras.layers.Layer):
    def __init__(self, width):
        super().__init__()
        self.one = tf.keras.layers.Conv2D(width, 1, padding='same')
        self.two = tf.keras.layers.Conv2D(width, 3, padding='same')
        self.norm = tf.keras.layers.BatchNormalization()
        self.relu = tf.keras.layers.ReLU()
    def call(self, x):
        x = self.relu(self.norm(self.one(x)))
        return self.relu(self.norm(self.two(x)))
one, two = Block(12), Block(24)
`,
    `
from keras.layers import Dense, Input
from keras.models import Model
left, right = Input(shape=(9,)), Input(shape=(9,))
middle = Dense(9, activation='relu')
model = Model([left, right], Dense(1)(middle(middle(left)) + middle(right)))
`,
  ],
  *run(program) {
    const first = new Map<number, { readonly width: number; readonly on: Datum }>();
    const told = new Set<number>();
    for (const { callee, args, moment } of applications(program)) {
      const layer = layerOf(callee);
      const [on] = args.positional;
      if (layer === undefined || !HAS_WIDTH.test(layer.type) || isApart(layer) || !isCertain(moment))
        continue;
      const width = widthOf(on);
      if (width === undefined || moment.span === undefined || told.has(moment.span.start)) continue;
      const known = first.get(callee.id);
      if (known === undefined) first.set(callee.id, { width, on: on ?? null });
      else if (known.width !== width) {
        told.add(moment.span.start);
        yield {
          at: moment.span,
          message: `This ${layer.type} layer is called on ${width} channels here, and was called on ${known.width} before.`,
          evidence: [places(['the layer', layer.span])],
        };
      }
    }
  },
};

/** Whether it counts along another axis than the last. */
function isApart({ args, type }: KerasLayer): boolean {
  return (
    args.named.has('axis') ||
    args.named.has('data_format') ||
    (NORMS.test(type) && args.positional.length > 0)
  );
}

/** How many channels a tensor has, which come last. */
function widthOf(datum: Datum | undefined, depth = 0): number | undefined {
  if (!isValue(datum) || depth > 30) return undefined;
  const known = exampleOf(datum)?.at(-1);
  if (known !== undefined) return known;
  const applied = application(datum);
  const layer = applied && layerOf(applied.callee);
  if (applied === undefined || layer === undefined || layer.args.named.has('data_format')) return undefined;
  return KEEPS.test(layer.type) || NORMS.test(layer.type)
    ? widthOf(applied.args.positional[0], depth + 1)
    : unitsOf(layer);
}
