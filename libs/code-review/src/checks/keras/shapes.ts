import { isRecurrent, kerasOf } from '@tensormark/frameworks';
import type { KerasNetwork, Program, Step } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
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

/** Convolutions go over what is before the sizes they take in newer versions of Keras, so that a size too many is not refused. */
function* withExamples(program: Program): Generator<Found> {
  for (const { network } of kerasOf(program).models) {
    const [first] = network?.steps ?? [];
    const sides = Number(/^Conv([123])D$/.exec(first?.layer?.type ?? '')?.[1]);
    const { input, steps = [] } = network ?? {};
    if (first?.span === undefined || input?.length !== sides + 2) continue;
    if (steps.some(({ refused }) => refused !== undefined)) continue;
    yield {
      at: first.span,
      message: `${first.layer?.type} takes ${NAMES[sides]} for an example, and the input shape is ${shown(input)}: the number of examples does not belong to it.`,
      severity: 'warning',
      evidence: [...evidenceOf('the input shape', input)],
    };
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
    `
import tensorflow.keras.layers as L
from tensorflow import keras
batch = 16
model = keras.Sequential()
model.add(L.Conv2D(8, 3, activation='relu', input_shape=(batch, 64, 64, 3)))  # <--
model.add(L.Flatten())
model.add(L.Dense(2, activation='softmax'))
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
    yield* withExamples(program);
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
