import { collectedPart, foreignCall, isValue, kerasCall, kerasOf, madeBy } from '@tensormark/frameworks';
import type { Datum, Fitted, KerasModel, Program, Used, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { applications } from '../../ask/keras-calls.js';
import { callsNamed } from '../../ask/events.js';
import { isPicture } from '../../ask/pictures.js';
import { places, spanOf } from '../../ask/places.js';
import { areParts, isSameArray } from '../../ask/same-array.js';
import type { KerasPart } from './in-keras.js';

/** One example of those that a network learns from, handed to predict without a batch around it. */
export const batchMissingInKeras: KerasPart = {
  why: 'predict takes a batch of examples: the first dimension of a single one is taken for it, and the shape is refused.',
  instead: 'Keep the dimension, model.predict(x[i:i + 1]), or add it: np.expand_dims(x[i], axis=0).',
  wrong: [
    `
import tensorflow as tf
import tensorflow_datasets as tfds
train, kept = tfds.load('mnist', split=['train', 'test'], as_supervised=True)
def scaled(picture, label):
    return tf.cast(picture, tf.float32) / 255., label
train, kept = train.map(scaled).shuffle(1000), kept.map(scaled).batch(32)
model = tf.keras.Sequential([tf.keras.layers.Flatten(input_shape=(28, 28, 1)), tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(10)])
model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer='adam')
model.fit(train, epochs=5, validation_data=kept)  # <--
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, LSTM
from data import x, y
model = Sequential([LSTM(32, input_shape=(50, 1)), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=10)
print(model.predict(x[0]))  # <--
`,
    `
import tensorflow as tf
(x, y), _ = tf.keras.datasets.mnist.load_data()
data = tf.data.Dataset.from_tensor_slices((x / 255, y)).shuffle(1000)
model = tf.keras.Sequential([tf.keras.layers.Flatten(), tf.keras.layers.Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(data, epochs=5)  # <--
`,
    `
model = Sequential()
model.add(Dense(16, input_dim=7, activation='relu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.1)
model.fit(x_train, y_train, epochs=40)
print(model.predict(x_test[3]))  # <--
`,
    `
pixels = df.drop('digit', axis=1).values
model = Sequential()
model.add(Dense(16, input_dim=64, activation='relu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(pixels, df['digit'].values, epochs=40)
chosen = random.randint(0, 99)
print(model.predict(pixels[chosen]))  # <--
`,
    `
import cv2
from keras.models import load_model
from keras.preprocessing import image
picture = cv2.resize(cv2.imread('cat.jpg'), (224, 224)).astype('float') / 255.0
model = load_model('pets.h5')
print(model.predict(image.img_to_array(picture))[0])  # <--
`,
    `
import tensorflow as tf
(x, y), (x_test, y_test) = tf.keras.datasets.mnist.load_data()
data = tf.data.Dataset.from_tensor_slices((x / 255, y)).shuffle(1000).batch(32)
tests = tf.data.Dataset.from_tensor_slices((x_test / 255, y_test)).prefetch(2)
model = tf.keras.Sequential([tf.keras.layers.Flatten(), tf.keras.layers.Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(data, validation_data=tests, epochs=5)  # <--
`,
    `
import keras
pictures = keras.utils.image_dataset_from_directory('pets', image_size=(64, 64))
pictures = pictures.shuffle(10).batch(32).prefetch(2)  # <--
model = keras.Sequential([keras.layers.Rescaling(1 / 255, input_shape=(64, 64, 3)), keras.layers.Flatten(), keras.layers.Dense(3, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(pictures, epochs=15)
`,
  ],
  right: [
    `
import keras
pictures = keras.utils.image_dataset_from_directory('pets', image_size=(64, 64), batch_size=None).batch(32)
others = keras.utils.image_dataset_from_directory('more', image_size=(64, 64)).unbatch().batch(64)
model = keras.Sequential([keras.layers.Rescaling(1 / 255, input_shape=(64, 64, 3)), keras.layers.Flatten(), keras.layers.Dense(3, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(pictures, epochs=15)
model.fit(others, epochs=15)
`,
    `
import cv2
import numpy as np
from keras.models import load_model
from keras.preprocessing import image
picture = cv2.resize(cv2.imread('cat.jpg'), (224, 224)).astype('float') / 255.0
model = load_model('pets.h5')
print(model.predict(np.expand_dims(picture, axis=0)), model.predict(picture[None]))
print(model.predict(np.array([picture])), model.predict(image.img_to_array(picture).reshape(1, 224, 224, 3)))
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, LSTM
from data import x, y, parts
model = Sequential([LSTM(32, input_shape=(50, 1)), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=10)
print(model.predict(x[:1]), model.predict(np.expand_dims(x[0], axis=0)), model.predict(parts[0]))
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* unbatched(program);
    yield* batchedTwice(program);
    yield* unbatchedTurns(program);
    yield* picturesAlone(program);
    for (const model of kerasOf(program).models)
      for (const use of model.uses) {
        const at = use.moment.span;
        const whole = givenWhole(use, model);
        if (at === undefined || whole === undefined) continue;
        yield {
          at,
          message: `One example is handed to ${use.kind}, with no batch around it.`,
          severity: 'error',
          evidence: [places(['a batch of them is given here', whole.moment.span])],
        };
      }
  },
};

/** Where a network is given all of the array of which a use hands on one row: `x` of `predict(x[0])`. */
export function givenWhole({ x }: Used, { network, fits, uses }: KerasModel): Fitted | Used | undefined {
  if (!isValue(x) || x.made.kind !== 'operation' || x.made.name !== 'getitem') return undefined;
  const [of, key] = x.made.args.positional;
  if (!isValue(of) || !isOneIndex(key)) return undefined;
  // A row of one number is taken for a batch of one.
  if (network?.input?.length === 1 && network.input[0] === 1) return undefined;
  return [...fits, ...uses].find((one) => isBatch(one, of));
}

/** The number of a single row: written down, of a loop over numbers, or drawn. */
function isOneIndex(key: Datum | undefined): boolean {
  if (typeof key === 'bigint') return true;
  if (!isValue(key) || key.made.kind !== 'operation') return false;
  const name = foreignCall(key)?.name ?? key.made.name;
  // With a third argument it is as many rows as that.
  if (/(^|\.)(randint|randrange)$/.test(name))
    return key.made.args.positional.length <= 3 && key.made.args.named.size === 0;
  const [range] = key.made.name === 'element' ? key.made.args.positional : [];
  return isValue(range) && range.made.kind === 'operation' && range.made.name === 'range';
}

/** Whether a network is given all of an array, or of another part of the same, elsewhere. */
function isBatch(given: Fitted | Used, array: Value): boolean {
  const validation = 'validation' in given ? given.validation?.x : undefined;
  return [given.x, validation].some((x) => isValue(x) && (isSameArray(x, array) || areParts(x, array)));
}

const HANDS_ON = /^(shuffle|map|cache|prefetch|repeat|take|skip|with_options)$/;

/** `tf.data.Dataset` that is learned from, or tried on, one example at a time, without a batch around it. */
function* unbatched(program: Program): Generator<Found> {
  if (!/from_tensor_slices|as_supervised/.test(program.source)) return;
  for (const { fits } of kerasOf(program).models)
    for (const { x, moment, call, validation } of fits) {
      if (moment.span === undefined || call.name !== 'fit') continue;
      const given = [x, validation?.y === undefined ? validation?.x : undefined].find((set) =>
        isUnbatched(set),
      );
      if (given === undefined) continue;
      yield {
        at: moment.span,
        message:
          given === x
            ? 'The data set gives one example after the other, with no batch around them.'
            : 'The data set for validation gives one example after the other, with no batch around them.',
        severity: 'error',
        evidence: [places(['the data set', spanOf(given)])],
      };
    }
}

/** `tf.data.Dataset` that already gives batches, and of which batches are made once more. */
function* batchedTwice(program: Program): Generator<Found> {
  if (!program.source.includes('.batch(')) return;
  for (const { network, fits } of kerasOf(program).models)
    for (const { x, moment, call } of fits) {
      if (moment.span === undefined || call.name !== 'fit' || network?.input === undefined) continue;
      const outer = batchingOf(x);
      const inner =
        outer && batchingOf(outer.made.kind === 'operation' ? outer.made.args.positional[0] : undefined);
      if (outer === undefined || inner === undefined) continue;
      yield {
        at: outer.span ?? moment.span,
        message: 'The data set gives batches already, and here batches are made of those.',
        severity: 'error',
        evidence: [places(['batches are made here', inner.span], ['learned from here', moment.span])],
      };
    }
}

const KEEPS_BATCHES = /^(shuffle|cache|prefetch|repeat|take|skip|with_options)$/;

/** Where a data set was last cut into batches, with nothing since then that may undo it. */
function batchingOf(set: Datum | undefined): Value | undefined {
  let current = set;
  for (let depth = 0; depth < 12 && isValue(current); depth++) {
    const call = foreignCall(current);
    if (call !== undefined)
      return /\.(image|text)_dataset_from_directory$/.test(call.name) &&
        call.args.named.get('batch_size') !== null
        ? current
        : undefined;
    if (current.made.kind !== 'operation') return undefined;
    if (current.made.name === 'batch') return current;
    if (!KEEPS_BATCHES.test(current.made.name)) return undefined;
    [current] = current.made.args.positional;
  }
  return undefined;
}

/** A network that the program calls itself on what a loop takes from such a data set. */
function* unbatchedTurns(program: Program): Generator<Found> {
  if (!program.source.includes('from_tensor_slices')) return;
  const networks = new Set(kerasOf(program).models.map(({ value }) => value));
  const said = new Set<number>();
  for (const { callee, args, moment } of applications(program)) {
    const at = moment.span;
    if (at === undefined || said.has(at.start) || !networks.has(callee)) continue;
    const set = turnOf(args.positional[0]);
    if (set === undefined || !isUnbatched(set)) continue;
    said.add(at.start);
    yield {
      at,
      message: 'The data set gives one example after the other, with no batch around them.',
      severity: 'error',
      evidence: [places(['the data set', spanOf(set)])],
    };
  }
}

/** The data set that a value is one turn's inputs of, as they come. */
function turnOf(datum: Datum | undefined): Datum | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation' || datum.made.name !== 'unpacked') return undefined;
  const [of] = datum.made.args.positional;
  return isValue(of) && of.made.kind === 'operation' && of.made.name === 'element'
    ? of.made.args.positional[0]
    : undefined;
}

function isUnbatched(set: Datum | undefined): boolean {
  let current = set;
  for (let depth = 0; depth < 12; depth++) {
    if (!isValue(current) || current.made.kind !== 'operation' || !HANDS_ON.test(current.made.name)) break;
    [current] = current.made.args.positional;
  }
  return (
    foreignCall(current)?.name.endsWith('.from_tensor_slices') === true ||
    collectedPart(current) !== undefined
  );
}

/** A picture that was read from a file and is handed to a network as it is. */
function* picturesAlone(program: Program): Generator<Found> {
  if (!/imread|load_img|Image\.open/.test(program.source)) return;
  for (const { args, moment } of callsNamed(program, 'predict', 'predict_classes')) {
    const [model, x] = args.positional;
    const by = kerasCall(model)?.name ?? '';
    if (
      moment.span === undefined ||
      !isValue(x) ||
      !/^(load_model|model_from_\w+|Sequential|Model)$/.test(by)
    )
      continue;
    if (!isPictureOfKeras(x)) continue;
    yield {
      at: moment.span,
      message: 'One picture is handed to predict, with no batch around it.',
      severity: 'error',
      evidence: [places(['the picture', x.span])],
    };
  }
}

/** A single picture: as a function reads it, as an array, with all its numbers taken times or less another. */
function isPictureOfKeras(value: Value, depth = 0): boolean {
  if (depth > 12) return false;
  if (isPicture(value)) return true;
  const call = foreignCall(value);
  if (call?.name.endsWith('.load_img') === true) return true;
  const [first] = call?.args.positional ?? value.inputs;
  const keeps =
    call === undefined
      ? /^(div|truediv|mul|sub|add|astype|copy)$/.test(madeBy(value))
      : /(^|\.)(img_to_array|preprocess_input|cv2\.resize|cv2\.cvtColor)$/.test(call.name);
  return keeps && isValue(first) && isPictureOfKeras(first, depth + 1);
}
