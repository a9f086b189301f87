import {
  activationIn,
  isActivation,
  isLinear,
  kerasOf,
  layerArgument,
  unitsOf,
} from '@tensormark/frameworks';
import type { Datum, KerasLayer, KerasNetwork, Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { layersOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

function networks(program: Program): KerasNetwork[] {
  return kerasOf(program).models.flatMap(({ network }) => (network === undefined ? [] : [network]));
}

function knownLayers(network: KerasNetwork): KerasLayer[] {
  return layersOf(network).flatMap(({ layer }) => (layer === undefined ? [] : [layer]));
}

const isPooling = ({ type }: KerasLayer): boolean => /^(Max|Average)Pooling/.test(type);
const isConvolution = ({ type }: KerasLayer): boolean => /^(Conv[123]D|SeparableConv2D)$/.test(type);

export const poolTooMuch: Check = {
  id: 'pool-too-much',
  title: 'Pooling on pooling',
  severity: 'design',
  why: 'Each pooling throws most of its input away; without a convolution in between nothing is learned from what is lost.',
  instead: 'Pool once after one or two convolutions.',
  needs: 'A pooling layer straight after another.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(64, 64, 3)))
model.add(MaxPooling2D((2, 2)))
model.add(MaxPooling2D((2, 2)))  # <--
model.add(Flatten())
model.add(Dense(10, activation='softmax'))
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(64, 64, 3)))
model.add(MaxPooling2D((2, 2)))
model.add(Conv2D(32, (3, 3), activation='relu'))
model.add(MaxPooling2D((2, 2)))
model.add(Flatten())
model.add(Dense(10, activation='softmax'))
`,
  ],
  *run(program) {
    for (const network of networks(program)) {
      const layers = knownLayers(network).filter(({ type }) => !/Dropout/.test(type));
      for (const [index, layer] of layers.entries()) {
        const before = layers[index - 1];
        if (before === undefined || layer.span === undefined || !isPooling(layer) || !isPooling(before))
          continue;
        yield {
          at: layer.span,
          message: 'Pooling follows pooling.',
          evidence: [places(['the first', before.span])],
        };
      }
    }
  },
};

export const strideSkips: Check = {
  id: 'stride-skips',
  title: 'Steps longer than the window',
  severity: 'design',
  why: 'With steps longer than the window is wide, part of the input is never looked at.',
  instead: 'Make strides no longer than kernel_size or pool_size.',
  needs: 'A convolution or pooling whose window and strides are known.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Conv2D, Flatten, Dense
model = Sequential()
model.add(Conv2D(32, (3, 3), strides=(5, 5), activation='relu', input_shape=(64, 64, 3)))  # <--
model.add(Flatten())
model.add(Dense(10, activation='softmax'))
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Conv2D, Flatten, Dense
model = Sequential()
model.add(Conv2D(32, (3, 3), strides=2, activation='relu', input_shape=(64, 64, 3)))
model.add(Flatten())
model.add(Dense(10, activation='softmax'))
`,
  ],
  *run(program) {
    for (const layer of networks(program).flatMap(knownLayers)) {
      const window = isPooling(layer)
        ? smallest(layerArgument(layer, ['pool_size'], 0), 2)
        : isConvolution(layer)
          ? smallest(layerArgument(layer, ['kernel_size'], 1), undefined)
          : undefined;
      const step = smallest(layerArgument(layer, ['strides', 'subsample']), 1);
      // Kernels of one place with strides are the usual way to bring a shortcut to size.
      if (
        window === undefined ||
        step === undefined ||
        window === 1 ||
        step <= window ||
        layer.span === undefined
      )
        continue;
      yield {
        at: layer.span,
        message: `Steps of ${step} pass over part of the input: the window is ${window} wide.`,
        evidence: [
          {
            kind: 'numbers',
            numbers: [
              { what: 'window', value: window },
              { what: 'step', value: step },
            ],
          },
        ],
      };
    }
  },
};

function smallest(datum: Datum | undefined, usual: number | undefined): number | undefined {
  if (datum === undefined || datum === null) return usual;
  const all = (Array.isArray(datum) ? datum : [datum]).map((one: Datum) =>
    typeof one === 'bigint' ? Number(one) : undefined,
  );
  const known = all.filter((one) => one !== undefined);
  return known.length === all.length && known.length > 0 ? Math.min(...known) : undefined;
}

export const widthsTurn: Check = {
  id: 'widths-turn',
  title: 'Layers that widen or narrow the unusual way',
  severity: 'remark',
  why: 'As maps become smaller there is more to tell apart at each place, so convolutions mostly get more filters with depth, and dense layers fewer units towards the answer.',
  instead: 'Let filters grow with depth (32, 64, 128) and dense layers shrink towards the output.',
  needs: 'A classifier of known layers, without layers that enlarge maps.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense
model = Sequential()
model.add(Conv2D(64, (3, 3), activation='relu', input_shape=(64, 64, 3)))
model.add(MaxPooling2D((2, 2)))
model.add(Conv2D(16, (3, 3), activation='relu'))  # <--
model.add(Flatten())
model.add(Dense(10, activation='softmax'))
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense
model = Sequential()
model.add(Conv2D(16, (3, 3), activation='relu', input_shape=(64, 64, 3)))
model.add(MaxPooling2D((2, 2)))
model.add(Conv2D(64, (3, 3), activation='relu'))
model.add(Flatten())
model.add(Dense(64, activation='relu'))
model.add(Dense(10, activation='softmax'))
`,
  ],
  *run(program) {
    for (const network of networks(program)) {
      const layers = knownLayers(network);
      const last = layers.at(-1);
      if (last === undefined || !/^(softmax|sigmoid)$/.test(activationIn(last) ?? '')) continue;
      if (layers.some(({ type }) => /Transpose|UpSampling|RepeatVector|Reshape/.test(type))) continue;
      yield* turns(
        layers.filter(isConvolution),
        (before, here) => here < before,
        'fewer filters than the convolution before',
      );
      const dense = layers.filter(({ type }) => type === 'Dense');
      // The last layer has as many units as there are classes.
      const [answers, widest] = [
        unitsOf(dense.at(-1) ?? last) ?? 0,
        Math.max(...dense.map((layer) => unitsOf(layer) ?? 0)),
      ];
      if (answers < widest)
        yield* turns(
          dense.slice(0, -1),
          (before, here) => here > before,
          'more units than the dense layer before',
        );
    }
  },
};

function* turns(
  layers: readonly KerasLayer[],
  isOdd: (before: number, here: number) => boolean,
  says: string,
): Generator<Found> {
  for (const [index, layer] of layers.entries()) {
    const before = layers[index - 1];
    const [wide, here] = [before && unitsOf(before), unitsOf(layer)];
    if (wide === undefined || here === undefined || layer.span === undefined || !isOdd(wide, here)) continue;
    yield {
      at: layer.span,
      message: `This layer has ${says}.`,
      evidence: [
        {
          kind: 'numbers',
          numbers: [
            { what: 'before', value: wide },
            { what: 'here', value: here },
          ],
        },
      ],
    };
    return;
  }
}

/** A bias that batch norm takes away. */
export const biasBeforeBnInKeras: KerasPart = {
  instead: 'Give the layer before use_bias=False.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Conv2D, BatchNormalization, Activation
model = Sequential()
model.add(Conv2D(64, (3, 3), input_shape=(64, 64, 3)))
model.add(BatchNormalization())  # <--
model.add(Activation('relu'))
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Conv2D, BatchNormalization, Activation
model = Sequential()
model.add(Conv2D(64, (3, 3), use_bias=False, input_shape=(64, 64, 3)))
model.add(BatchNormalization())
model.add(Activation('relu'))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const network of networks(program)) {
      const layers = layersOf(network);
      for (const [index, { layer }] of layers.entries()) {
        const before = layers[index - 1]?.layer;
        if (layer?.type !== 'BatchNormalization' || layer.span === undefined || before === undefined)
          continue;
        if (!isLinear(before) || activationIn(before) !== 'linear' || isActivation(before)) continue;
        if (layerArgument(before, ['use_bias', 'bias']) !== undefined) continue;
        yield {
          at: layer.span,
          message: 'The layer before this batch norm has a bias, which it takes away.',
          evidence: [places(['that layer', before.span])],
        };
      }
    }
  },
};
