import { inputShapeOf, isRecurrent, kerasOf, shapeAfter } from '@tensormark/frameworks';
import type { KerasLayer, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { layersMade } from '../../ask/keras-calls.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';
import { evidenceOf, shown } from './shape-words.js';

/** A layer that stands in no network, whose input shape is not what it takes. */
export const layerRankAlone: KerasPart = {
  wrong: [
    `
Convolution2D(16, 3, 3, border_mode='same', input_shape=(64, 64))  # <--
`,
  ],
  right: [
    `
Convolution2D(16, 3, 3, border_mode='same', input_shape=(64, 64, 1))
`,
  ],
  *run(program: Program): Generator<Found> {
    const used = new Set<number>();
    for (const { network } of kerasOf(program).models)
      for (const { layer } of network?.steps ?? []) if (layer !== undefined) used.add(layer.value.id);
    for (const { layer, moment } of layersMade(program)) {
      if (moment.span === undefined || used.has(layer.value.id)) continue;
      const input = inputShapeOf(layer);
      const passed = input && shapeAfter(layer, input);
      if (input === undefined || passed?.kind !== 'refused' || passed.why.kind !== 'rank') continue;
      const names = layer.type.startsWith('Conv2D')
        ? '(height, width, channels)'
        : isRecurrent(layer)
          ? '(steps, features)'
          : `${passed.why.wanted ?? 'other'} dimensions`;
      yield {
        at: moment.span,
        message: `${layer.name} takes ${names} for an example, and the input shape is ${shown(input)}.`,
        evidence: [...evidenceOf('the input shape', input)],
      };
    }
  },
};

/** What only the first Keras called so. */
const FIRST = /^(border_mode|nb_filter|nb_row|nb_col|subsample|dim_ordering|init|W_regularizer|output_dim)$/;
const KEEPS_MAPS =
  /^((Max|Average)Pooling2D|ZeroPadding2D|Dropout|SpatialDropout2D|Activation|BatchNormalization|LeakyReLU)$/;

/** Maps that come to a Dense of the first Keras, in a fragment that does not say what is to be learned. */
export const flattenMissingAtFirst: KerasPart = {
  why: 'Keras before 1.2 takes one row of numbers an example there and refuses maps; later versions give an answer at each place of the maps.',
  instead: 'Put Flatten() between the maps and the first Dense.',
  wrong: [
    `
model = Sequential()
model.add(Convolution2D(16, 3, 3, border_mode='same', activation='relu', input_shape=shape))
model.add(MaxPooling2D((2, 2), border_mode='same'))
model.add(Dense(20))  # <--
`,
  ],
  right: [
    `
model = Sequential()
model.add(Convolution2D(16, 3, 3, border_mode='same', activation='relu', input_shape=shape))
model.add(MaxPooling2D((2, 2), border_mode='same'))
model.add(Flatten())
model.add(Dense(20))
`,
    `
model = Sequential()
model.add(Conv2D(16, (3, 3), activation='relu', input_shape=shape))
model.add(Dense(20))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { fits, network } of kerasOf(program).models) {
      const steps = network?.steps ?? [];
      if (fits.length > 0 || !steps.some(({ layer }) => layer !== undefined && isOfFirst(layer))) continue;
      const at = steps.findIndex(({ layer }) => layer?.type === 'Dense');
      const before = steps
        .slice(0, Math.max(at, 0))
        .findLast(({ layer }) => !KEEPS_MAPS.test(layer?.type ?? ''));
      const dense = steps[at];
      if (dense?.span === undefined || before?.layer?.type !== 'Conv2D') continue;
      yield {
        at: dense.span,
        message: 'Maps come to this Dense: they are not made one row of numbers an example before it.',
        severity: 'warning',
        evidence: [places(['the maps', before.span])],
      };
    }
  },
};

function isOfFirst({ args }: KerasLayer): boolean {
  return [...args.named.keys()].some((name) => FIRST.test(name));
}
