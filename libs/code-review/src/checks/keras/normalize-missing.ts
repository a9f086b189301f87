import {
  arrayFacts,
  collectedPart,
  foreignCall,
  foreignName,
  isValue,
  kerasOf,
  rangeOf,
} from '@tensormark/frameworks';
import type { ArrayFacts, Datum, KerasModel, KerasNetwork, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { compiledFor, layersOf } from '../../ask/keras.js';
import { isMadeOf } from '../../ask/made-of.js';
import { places, spanOf } from '../../ask/places.js';
import { generatorOf, scalingOf } from '../../ask/pretrained.js';
import { scaledInPlace } from '../../ask/scaled-in-place.js';
import { splitPartOf } from '../../ask/split-parts.js';
import type { KerasPart } from './in-keras.js';

const SCALES =
  /^(Rescaling|Normalization|BatchNormalization|LayerNormalization|Lambda|Embedding|Resizing|TextVectorization)$/;
const TAKES =
  /^(Dense|Conv[123]D|Flatten|LSTM|GRU|SimpleRNN|Reshape|InputLayer|SeparableConv2D|Bidirectional|TimeDistributed|ZeroPadding2D)$/;

/** Numbers beyond this are far from what weights start for. */
const FAR = 40;

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
    for (const model of kerasOf(program).models) {
      yield* unscaled(program, model);
      yield* otherwiseScaled(model);
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
          severity: 'design',
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
function placeOf(x: Datum | undefined): Found['at'] | undefined {
  if (!isValue(x) || x.made.kind !== 'operation') return undefined;
  // A part of a split is as large as what was split.
  const part = splitPartOf(x);
  if (part !== undefined) return placeOf(part.of) ?? x.span;
  return foreignCall(x) === undefined ? x.span : undefined;
}

function* otherwiseScaled(model: KerasModel): Generator<Found> {
  for (const fit of model.fits) {
    const { validation, moment } = fit;
    if (validation === undefined || moment.span === undefined) continue;
    if (
      areApart(fit.inputs, validation.inputs) ||
      areApartByScaler(fit.x, validation.x) ||
      areApartByGenerator(fit.x, validation.x) ||
      areMappedApart(fit.x, validation.x)
    )
      yield {
        // Where a generator scales them otherwise, it is the generator that a person would change.
        at: generatorOf(validation.x)?.value.span ?? moment.span,
        message: 'The data to validate with are not scaled as those that are learned from.',
        evidence: [places(['learned from', placeOf(fit.x)], ['validated with', placeOf(validation.x)])],
      };
  }
  const [lesson, ...later] = model.lessons;
  const apart = later.find(({ inputs }) => lesson !== undefined && areApart(lesson.inputs, inputs));
  if (apart?.moment.span !== undefined)
    yield {
      at: spanOf(apart.x) ?? apart.moment.span,
      message: 'What goes into the network here is not scaled as what was learned from.',
      evidence: [places(['learned from', lesson?.moment.span])],
    };
  for (const { inputs, moment, x, kind } of model.uses) {
    const fit = model.fits.findLast((one) => one.moment.at < moment.at);
    if (fit === undefined || moment.span === undefined) continue;
    const isPicture = kind === 'predict' && isReadAsBytes(fit.inputs, inputs);
    const isAsRead = kind === 'predict' && isPreparedForOne(fit.x, x);
    const isApart = areApart(fit.inputs, inputs) || areApartByScaler(fit.x, x) || areMappedApart(fit.x, x);
    if (!isApart && !isPicture && !isAsRead) continue;
    if (compiledFor(model, moment.at) === undefined) continue;
    yield {
      at: generatorOf(x)?.value.span ?? moment.span,
      message: `What is ${kind === 'predict' ? 'predicted from' : 'evaluated'} here is not scaled as what was learned from.`,
      evidence: [places(['learned from', placeOf(fit.x)], ['used here', placeOf(x)])],
    };
  }
}

/** Whether a scaler made what is learned from of one part of a split, and the other part is used as it is. */
function areApartByScaler(learned: Datum | undefined, used: Datum | undefined): boolean {
  const [one, other] = [partOf(unscaledBy(learned)), partOf(used)];
  return (
    one !== undefined &&
    other !== undefined &&
    one.by === other.by &&
    one.index % 2 === 0 &&
    other.index === one.index + 1
  );
}

/** Whether one generator of pictures scales them by a function or by statistics, and the other divides them or does nothing. */
function areApartByGenerator(learned: Datum | undefined, used: Datum | undefined): boolean {
  const [one, other] = [scalingOf(learned), scalingOf(used)];
  if (one === undefined || other === undefined || one === other) return false;
  // Of a division and nothing the scale says more; a function may be a change by chance that only learning sees.
  if (one === 'nothing' || other === 'nothing') return one === 'statistics' || other === 'statistics';
  return true;
}

/** What a scaler of scikit-learn was given, to give a value. */
function unscaledBy(datum: Datum | undefined): Datum | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation') return undefined;
  const { name, args } = datum.made;
  const [scaler, data] = args.positional;
  const isScaler = /^sklearn\.preprocessing\.(\w*Scaler)$/.test(foreignCall(scaler)?.name ?? '');
  return isScaler && /^(fit_)?transform$/.test(name) ? data : undefined;
}

function partOf(datum: Datum | undefined): { readonly by: Datum; readonly index: number } | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation' || datum.made.name !== 'unpacked') return undefined;
  const [by, index] = datum.made.args.positional;
  return by !== undefined &&
    typeof index === 'bigint' &&
    /(^|\.)train_test_split$/.test(foreignCall(by)?.name ?? '')
    ? { by, index: Number(index) }
    : undefined;
}

/** Whether pixels of one part of a collected set are divided by a function that nothing maps over the other part. */
function areMappedApart(learned: Datum | undefined, used: Datum | undefined): boolean {
  const [one, other] = [mappedOver(learned), mappedOver(used)];
  return (
    one !== undefined &&
    other !== undefined &&
    one.loaded === other.loaded &&
    one.maps.length > 0 &&
    other.maps.length === 0 &&
    one.maps.some((gives) => Array.isArray(gives) && isValue(gives[0]) && dividesPixels(gives[0]))
  );
}

/** What maps over a part of a collected set give, from the last to the first. */
function mappedOver(
  datum: Datum | undefined,
): { readonly loaded: Value; readonly maps: readonly Datum[] } | undefined {
  const maps: Datum[] = [];
  let current = datum;
  for (let depth = 0; depth < 15; depth++) {
    const part = collectedPart(current);
    if (part !== undefined) return { loaded: part.loaded, maps };
    if (!isValue(current) || current.made.kind !== 'operation') return undefined;
    const { args, name }: Extract<Value['made'], { readonly kind: 'operation' }> = current.made;
    if (name === 'map') maps.push(args.named.get('gives') ?? null);
    else if (!/^(batch|shuffle|repeat|prefetch|cache|take|skip)$/.test(name)) return undefined;
    [current] = args.positional;
  }
  return undefined;
}

function dividesPixels(value: Value): boolean {
  return comesOf(value, ({ made }) => {
    const by = made.kind === 'operation' && made.name === 'div' ? made.args.positional[1] : undefined;
    return (typeof by === 'number' || typeof by === 'bigint') && Number(by) > 100 && Number(by) < 257;
  });
}

/** Whether pictures are learned from as a preprocessing function leaves them, and one that is read from a file is used as it is. */
function isPreparedForOne(learned: Datum | undefined, used: Datum | undefined): boolean {
  return (
    scalingOf(learned) === 'function' &&
    isPreparing(generatorOf(learned)?.args.named.get('preprocessing_function')) &&
    arrayFacts(used).scale === 'bytes' &&
    /\.(expand_dims|img_to_array)$/.test(foreignCall(used)?.name ?? '')
  );
}

/** Whether a function brings pictures to the numbers that a network has learned from. */
function isPreparing(datum: Datum | undefined): boolean {
  return foreignName(datum)?.endsWith('.preprocess_input') === true;
}

/** Whether one is known to be scaled and the other known not to be. */
function areApart(one: ArrayFacts, other: ArrayFacts): boolean {
  const isPublished = one.set !== undefined && other.set !== undefined && one.set.of === other.set.of;
  // Pictures that generators read of folders, one of them with rescale.
  const areRead =
    one.set === undefined &&
    other.set === undefined &&
    one.shape?.length === 4 &&
    one.shape.join() === other.shape?.join() &&
    [one.scale, other.scale].includes('unit') &&
    [one.scale, other.scale].includes('bytes');
  if ((!isPublished && !areRead) || one.scale === undefined || other.scale === undefined) return false;
  return (isLarge(one) && !isLarge(other)) || (!isLarge(one) && isLarge(other));
}

/** Whether pixels of a published set were learned from within 0 to 1, and a picture that is read from a file is used as bytes. */
function isReadAsBytes(learned: ArrayFacts, used: ArrayFacts): boolean {
  // Of pictures of no published set those count that are as large as the one asked about.
  const areAlike =
    learned.set === undefined &&
    learned.shape?.length === 4 &&
    learned.shape.slice(1).join() === used.shape?.slice(1).join();
  return (
    (learned.set?.of.isPixels === true || areAlike) &&
    learned.scale === 'unit' &&
    used.scale === 'bytes' &&
    used.set === undefined &&
    used.shape?.length === learned.shape?.length
  );
}

function isLarge({ scale }: ArrayFacts): boolean {
  return scale === 'bytes' || scale === 'raw';
}
