import { isRecurrent, kerasOf } from '@tensormark/frameworks';
import type { Fitted, KerasNetwork, Program, Step } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { fitsAfter, layersOf, trainedIn } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';
import { evidenceOf, isOtherOrder, shown } from './shape-words.js';

const NAMES = [
  '(features)',
  '(steps, features)',
  '(height, width, channels)',
  '(depth, height, width, channels)',
];

function* refusedSteps(
  program: Program,
  kind: 'rank' | 'vanished',
): Generator<{ step: Step; network: KerasNetwork; at: Found['at'] }> {
  for (const { network } of kerasOf(program).models) {
    const step = network?.steps.find(({ refused }) => refused !== undefined);
    if (network === undefined || step?.refused?.kind !== kind || step.span === undefined) continue;
    yield { step, network, at: step.span };
  }
}

export const layerRank: Check = {
  id: 'layer-rank',
  title: 'A layer that is given something of other dimensions than it takes',
  severity: 'error',
  why: 'Keras refuses it when the network is put together: the program goes no further.',
  instead:
    'Give convolutions (height, width, channels), recurrent layers (steps, features), and a recurrent layer before another return_sequences=True.',
  needs: 'A network whose input shape is said, and layers that are known up to there.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import LSTM, Dense
model = Sequential()
model.add(LSTM(32, input_shape=(10, 3)))
model.add(LSTM(16))  # <--
model.add(Dense(1))
`,
    `
from keras.models import Sequential
from keras.layers import Conv2D, Flatten, Dense
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(28, 28)))  # <--
model.add(Flatten())
model.add(Dense(10, activation='softmax'))
`,
    `
from keras.applications import VGG16
from keras.layers import Dense, GlobalAveragePooling2D
from keras.models import Model
base = VGG16(weights='imagenet')
found = GlobalAveragePooling2D()(base.output)  # <--
model = Model(base.input, Dense(5, activation='softmax')(found))
`,
  ],
  right: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Embedding, LSTM, TimeDistributed
from keras.utils import to_categorical
words = np.load('words.npy')
tags = to_categorical(np.load('tags.npy'), 20)
model = Sequential([Embedding(1000, 64), LSTM(64, return_sequences=True), TimeDistributed(Dense(20, activation='softmax'))])
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(words, tags, epochs=5)
`,
    `
from keras.applications import VGG16
from keras.layers import Dense, GlobalAveragePooling2D
from keras.models import Model, Sequential
base = VGG16(weights='imagenet', include_top=False, input_shape=(96, 96, 3))
found = GlobalAveragePooling2D()(base.output)
model = Model(base.input, Dense(5, activation='softmax')(found))
pooled = VGG16(weights='imagenet', include_top=False, pooling='avg')
other = Sequential([pooled, Dense(5, activation='softmax')])
`,
    `
from keras.models import Sequential
from keras.layers import LSTM, Dense, Conv1D, MaxPooling1D
model = Sequential()
model.add(Conv1D(16, 3, activation='relu', input_shape=(100, 4)))
model.add(MaxPooling1D(2))
model.add(LSTM(32, return_sequences=True))
model.add(LSTM(16))
model.add(Dense(1))
`,
  ],
  *run(program) {
    for (const { step, network, at } of refusedSteps(program, 'rank')) {
      const { layer, refused } = step;
      if (layer === undefined || refused?.wanted === undefined) continue;
      const before = network.steps[network.steps.indexOf(step) - 1];
      const core = before?.layer?.inner ?? before?.layer;
      const isCut =
        core !== undefined && isRecurrent(core) && (isRecurrent(layer) || layer.inner !== undefined);
      yield {
        at,
        message: isCut
          ? `The ${core.type} before gives its last step only (no return_sequences=True), and ${layer.type} takes a sequence.`
          : `${layer.type} takes ${NAMES[refused.wanted - 1] ?? `${refused.wanted} dimensions`} for an example, and is given ${shown(refused.given)}.`,
        evidence: [...evidenceOf('it is given', refused.given), places(['the layer before', before?.span])],
      };
    }
  },
};

/** Maps that are smaller than the window that goes over them. */
export const kernelTooLargeInKeras: KerasPart = {
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D
model = Sequential()
model.add(Conv2D(8, (3, 3), activation='relu', input_shape=(8, 8, 1)))
model.add(MaxPooling2D((4, 4)))
model.add(Conv2D(8, (3, 3), activation='relu'))  # <--
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D
model = Sequential()
model.add(Conv2D(8, (3, 3), activation='relu', input_shape=(8, 8, 1)))
model.add(MaxPooling2D((4, 4)))
model.add(Conv2D(8, (3, 3), activation='relu', padding='same'))
`,
  ],
  *run(program: Program): Generator<Found> {
    if (isOtherOrder(program)) return;
    for (const { step, network, at } of refusedSteps(program, 'vanished')) {
      const { layer, refused } = step;
      if (layer === undefined || refused === undefined) continue;
      const { input } = network;
      // Channels first is what other versions and back ends take.
      const [channels, height] = input ?? [];
      const isFirst = input?.length === 3 && (channels === 1 || channels === 3) && (height ?? 0) > 4;
      yield {
        at,
        message: isFirst
          ? `The input shape ${shown(input)} has its channels first; taken as (height, width, channels) nothing is left of the maps here.`
          : `What comes to this ${layer.type} is ${shown(refused.given)}, smaller than the window that goes over it.`,
        evidence: [...evidenceOf('it is given', refused.given), places(['the network', network.span])],
        ...(isFirst &&
          /nb_epoch|border_mode|nb_filter|Convolution2D/.test(program.source) && {
            severity: 'design' as const,
          }),
      };
    }
  },
};

const MAPS = /^(Conv[12]D|SeparableConv2D|MaxPooling[12]D|AveragePooling[12]D)$/;
const KEEPS = /^(Dropout|SpatialDropout2D|BatchNormalization|Activation|ReLU|LeakyReLU|Dense)$/;

/** Maps or sequences that come to the last layer as they are. */
export const flattenMissingInKeras: KerasPart = {
  why: 'A Dense layer works on the last dimension: of feature maps it gives one answer a place, not one an example.',
  instead: 'Put Flatten() or GlobalAveragePooling2D() before the first Dense layer.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Dense
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(28, 28, 1)))
model.add(MaxPooling2D((2, 2)))
model.add(Dense(10, activation='softmax'))  # <--
model.compile(loss='categorical_crossentropy', optimizer='adam')
`,
    `
from keras.models import Sequential
from keras.layers import Conv1D, MaxPooling1D, Dense
from signals import x, y
model = Sequential()
model.add(Conv1D(64, 3, activation='relu', input_shape=(72, 1)))
model.add(MaxPooling1D(2))
model.add(Dense(64, activation='relu'))
model.add(Dense(28, activation='softmax'))  # <--
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
    `
from keras.applications import VGG16
from keras.applications.vgg16 import preprocess_input
from keras.layers import Dense
from keras.models import Model
from keras.preprocessing.image import ImageDataGenerator
pictures = ImageDataGenerator(preprocessing_function=preprocess_input)
train = pictures.flow_from_directory('train', target_size=(224, 224), class_mode='categorical')
base = VGG16(weights='imagenet', include_top=False, input_shape=(224, 224, 3))
model = Model(base.input, Dense(67, activation='softmax')(base.output))  # <--
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(train, epochs=30)
`,
  ],
  right: [
    `
from keras.applications import VGG16
from keras.applications.vgg16 import preprocess_input
from keras.layers import Dense, Flatten
from keras.models import Model
from keras.preprocessing.image import ImageDataGenerator
pictures = ImageDataGenerator(preprocessing_function=preprocess_input)
train = pictures.flow_from_directory('train', target_size=(224, 224), class_mode='categorical')
base = VGG16(weights='imagenet', include_top=False, input_shape=(224, 224, 3))
model = Model(base.input, Dense(67, activation='softmax')(Flatten()(base.output)))
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(train, epochs=30)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Conv1D, MaxPooling1D, Dense
x, y = np.random.rand(500, 72, 1), np.random.rand(500, 35, 3)
model = Sequential()
model.add(Conv1D(64, 3, activation='relu', input_shape=(72, 1)))
model.add(MaxPooling1D(2))
model.add(Dense(3, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
    `
from keras.models import Sequential
from keras.layers import Conv2D, UpSampling2D, Dense, MaxPooling2D
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', padding='same', input_shape=(28, 28, 1)))
model.add(MaxPooling2D((2, 2)))
model.add(UpSampling2D((2, 2)))
model.add(Dense(2, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const trained of trainedIn(program)) {
      const { network, head } = trained;
      const at = head.layer.span;
      if (at === undefined) continue;
      const steps = layersOf(network);
      const last = steps.find(({ layer }) => layer === head.layer);
      const fit = fitsAfter(trained).find((one) => isOneAnswer(one));
      const gives = network.steps.at(-1)?.shape;
      const isShown =
        fit !== undefined && gives !== undefined && gives.length >= 2 && network.isWhole && fit.x !== fit.y;
      if (
        !isShown &&
        (last === undefined || head.layer.type !== 'Dense' || !comesFromMaps(steps, steps.indexOf(last)))
      )
        continue;
      if (!isShown && fitsAfter(trained).some(({ targets }) => (targets.shape?.length ?? 0) > 2)) continue;
      const isSequence = gives?.length === 2;
      yield {
        at,
        message:
          isShown && gives !== undefined
            ? `The network gives ${shown(gives)} for an example, and the targets have one ${isSequence ? 'answer, not one a step' : 'answer'}.`
            : 'Feature maps come to this Dense layer: it gives an answer for each place of them.',
        severity: isShown ? 'error' : 'warning',
        evidence: [
          ...(gives === undefined ? [] : evidenceOf('the network gives', gives)),
          places(['trained here', fit?.moment.span]),
        ],
      };
    }
  },
};

/** Whether the targets are known to be one number, or one row of columns, an example. */
function isOneAnswer({ targets: { shape, targets } }: Fitted): boolean {
  return (
    shape !== undefined &&
    (shape.length === 1 || (shape.length === 2 && (shape[1] === 1 || targets?.kind === 'one-hot')))
  );
}

/** Whether maps that were made smaller come to a layer, and nothing flattened them. */
function comesFromMaps(steps: readonly Step[], at: number): boolean {
  let isSmaller = false;
  let [isSequence, losesEnds] = [false, false];
  for (const { layer } of steps.slice(0, at).toReversed()) {
    if (layer === undefined) return false;
    if (MAPS.test(layer.type)) {
      const padding = layer.args.named.get('padding') ?? layer.args.named.get('border_mode');
      isSequence ||= layer.type.endsWith('1D');
      losesEnds ||= layer.type === 'Conv1D' && (padding === undefined || padding === 'valid');
      isSmaller ||= /Pooling/.test(layer.type);
      continue;
    }
    if (!KEEPS.test(layer.type)) return false;
  }
  // Steps of a sequence may each have their answer; hardly where some are lost at the ends, and others joined.
  return isSmaller && (!isSequence || losesEnds);
}
