import {
  application,
  exampleOf,
  inputTensorShape,
  isRecurrent,
  isValue,
  kerasOf,
  layerOf,
  shapeAfter,
} from '@tensormark/frameworks';
import type { Example, KerasLayer, Program, Refused } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { applications } from '../../ask/keras-calls.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';
import { evidenceOf, isOtherOrder, shown } from './shape-words.js';
import { oncePerProgram } from '../../ask/once.js';

const NAMES = [
  '(features)',
  '(steps, features)',
  '(height, width, channels)',
  '(depth, height, width, channels)',
];

/** A layer that Keras refuses where it stands. */
interface RefusedLayer {
  readonly layer: KerasLayer;
  readonly refused: Refused;
  readonly before: KerasLayer | undefined;
  readonly input: Example | undefined;
  readonly at: Span;
  /** The network, or else what the layer is called on. */
  readonly of: Span | undefined;
}

function* refusedLayers(program: Program, kind: Refused['kind']): Generator<RefusedLayer> {
  const said = new Set<number>();
  for (const { network } of kerasOf(program).models) {
    const step = network?.steps.find(({ refused }) => refused !== undefined);
    const { layer, refused, span: at } = step ?? {};
    if (network === undefined || step === undefined || refused?.kind !== kind) continue;
    if (layer === undefined || at === undefined) continue;
    said.add(at.start);
    const before = network.steps[network.steps.indexOf(step) - 1]?.layer;
    yield { layer, refused, before, input: network.input, at, of: network.span };
  }
  for (const one of refusedOnBranches(program))
    if (one.refused.kind === kind && !said.has(one.at.start)) yield one;
}

/** Layers that are called on tensors that come of others, in graphs of them that branch too. */
const refusedOnBranches = oncePerProgram((program): readonly RefusedLayer[] => {
  // What follows one line from its input to its output is read with the network.
  const isFollowed = kerasOf(program).models.every(({ network }) => network?.isWhole === true);
  return !isFollowed && /\bInput\(/.test(program.source) ? [...branchesIn(program)] : [];
});

function* branchesIn(program: Program): Generator<RefusedLayer> {
  const said = new Set<number>();
  for (const { callee, args } of applications(program)) {
    const given = args.positional[0];
    const layer = isValue(given) ? layerOf(callee) : undefined;
    if (layer?.span === undefined || !isValue(given) || said.has(layer.span.start)) continue;
    const example = exampleOf(given);
    const passed = example && shapeAfter(layer, example);
    if (passed?.kind !== 'refused') continue;
    said.add(layer.span.start);
    const before = layerOf(application(given)?.callee);
    yield {
      layer,
      refused: passed.why,
      before,
      input: inputTensorShape(given),
      at: layer.span,
      of: given.span,
    };
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
    `
from keras.layers import Input, LSTM, Dense, concatenate
from keras.models import Model
left, right = Input((20, 4)), Input((8,))
both = concatenate([LSTM(16)(left), Dense(16)(right)])
again = LSTM(16)(both)  # <--
model = Model([left, right], Dense(1)(again))
`,
    `
from keras.models import Sequential
from keras.layers import Conv1D, Dense, Embedding, GlobalMaxPooling1D, LSTM, Merge
sides = []
for size in (2, 4):
    side = Sequential()
    side.add(Embedding(900, 30, input_length=25))
    side.add(Conv1D(20, size, activation='relu'))
    side.add(GlobalMaxPooling1D())
    sides.append(side)
whole = Sequential()
whole.add(Merge(sides, mode='concat'))
whole.add(LSTM(40))  # <--
whole.add(Dense(1, activation='sigmoid'))
`,
  ],
  right: [
    `
import os
from keras.models import Sequential
from keras.layers import Dense, GRU, LSTM
model = Sequential()
if os.environ.get('LIGHT'):
    model.add(GRU(16, input_shape=(20, 4)))
    model.add(Dense(1))
else:
    model.add(LSTM(64, input_shape=(20, 4), return_sequences=True))
    model.add(LSTM(64))
    model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
`,
    `
from keras.models import Sequential
from keras.layers import Conv1D, Dense, Embedding, LSTM, Merge
sides = []
for size in (2, 4):
    side = Sequential()
    side.add(Embedding(900, 30, input_length=25))
    side.add(Conv1D(20, size, padding='same', activation='relu'))
    sides.append(side)
whole = Sequential()
whole.add(Merge(sides, mode='concat'))
whole.add(LSTM(40))
whole.add(Dense(1, activation='sigmoid'))
`,
    `
from keras.models import Sequential
from keras.layers import Dense, LSTM
model = Sequential()
model.add(LSTM(32, input_shape=(16,), input_dim=16))
model.add(Dense(1))
`,
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
    for (const { layer, refused, before, at } of refusedLayers(program, 'rank')) {
      if (refused.wanted === undefined) continue;
      const core = before?.inner ?? before;
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
    `
from keras.models import Sequential
from keras.layers import Conv2D
model = Sequential()
model.add(Conv2D(8, (3, 3), activation='relu', data_format='channels_first', input_shape=(1, 2, 40)))  # <--
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
    `
from keras.models import Sequential
from keras.layers import Conv2D
model = Sequential()
model.add(Conv2D(8, (3, 3), activation='relu', data_format='channels_first', input_shape=(1, 40, 40)))
`,
  ],
  *run(program: Program): Generator<Found> {
    if (isOtherOrder(program)) return;
    for (const { layer, refused, input, at, of } of refusedLayers(program, 'vanished')) {
      // Channels first is what other versions and back ends take.
      // What says no shape itself has that of the data.
      const said = input ?? (refused.given.length === 3 ? refused.given : undefined);
      const [channels, height] = said ?? [];
      const isFirst = said?.length === 3 && (channels === 1 || channels === 3) && (height ?? 0) > 4;
      yield {
        at,
        message: isFirst
          ? `The input shape ${shown(said)} has its channels first; taken as (height, width, channels) nothing is left of the maps here.`
          : `What comes to this ${layer.type} is ${shown(refused.given)}, smaller than the window that goes over it.`,
        evidence: [...evidenceOf('it is given', refused.given), places(['the network', of])],
        ...(isFirst &&
          /nb_epoch|border_mode|nb_filter|Convolution2D/.test(program.source) && {
            severity: 'design' as const,
          }),
      };
    }
  },
};
