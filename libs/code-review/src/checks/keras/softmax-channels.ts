import { activationIn, isActivation, kerasOf } from '@tensormark/frameworks';
import type { KerasLayer, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { layersOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const PICTURES = `
from keras.layers import Activation, Conv2D
from keras.models import Sequential
model = Sequential()
model.add(Conv2D(16, 3, padding='same', activation='relu', data_format='channels_first', input_shape=(3, 64, 64)))
`;

/** A softmax over the last axis of maps whose channels come first. */
export const softmaxDimInKeras: KerasPart = {
  why: 'The softmax that an activation is goes over the last axis. Where the channels come first that is a side of the picture, and the scores of a pixel do not add up to 1.',
  instead: 'Add layers.Softmax(axis=1) behind the convolution, or put the channels last.',
  wrong: [
    `${PICTURES}
model.add(Conv2D(5, 1, data_format='channels_first', activation='softmax'))  # <--
`,
    `${PICTURES}
model.add(Conv2D(5, 1, data_format='channels_first'))
model.add(Activation('softmax'))  # <--
`,
  ],
  right: [
    `${PICTURES.replaceAll("data_format='channels_first', ", '').replace('(3, 64, 64)', '(64, 64, 3)')}
model.add(Conv2D(5, 1, activation='softmax'))
`,
    `${PICTURES}
from keras.layers import Softmax
model.add(Conv2D(5, 1, data_format='channels_first'))
model.add(Softmax(axis=1))
`,
    `${PICTURES}
from keras.layers import Permute
model.add(Conv2D(5, 1, data_format='channels_first'))
model.add(Permute((2, 3, 1)))
model.add(Activation('softmax'))
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!program.source.includes('channels_first')) return;
    for (const { network } of kerasOf(program).models) {
      let before: KerasLayer | undefined;
      for (const { layer } of network === undefined ? [] : layersOf(network)) {
        const maps = isChannelsFirst(layer) ? layer : isChannelsFirst(before) ? before : undefined;
        const isOver =
          layer !== undefined &&
          (layer === maps || (isActivation(layer) && layer.type === 'Activation')) &&
          activationIn(layer) === 'softmax';
        if (isOver && maps !== undefined && layer.span !== undefined)
          yield {
            at: layer.span,
            message:
              'This softmax goes over the last axis, and the channels come first here: it is taken along a side of the picture.',
            evidence: [places(['the convolution', maps.span])],
          };
        before = layer;
      }
    }
  },
};

function isChannelsFirst(layer: KerasLayer | undefined): boolean {
  return (
    layer !== undefined &&
    /^Conv[23]D(Transpose)?$/.test(layer.type) &&
    layer.args.named.get('data_format') === 'channels_first'
  );
}
