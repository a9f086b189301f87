import { foreignCall, isCertain, kerasOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { givenFirst } from './channels-given-first.js';
import type { KerasPart } from './in-keras.js';

const SETTING = /(^|\.)keras\.backend\.(set_image_dim_ordering|set_image_data_format)$/;

/** Keras told that channels come first, and a convolution given an input shape with the channels last. */
export const imageOrderInKeras: KerasPart = {
  why: 'With channels first the height is taken for the channels: filters go over rows and colours instead of over the picture.',
  instead: 'Leave the setting out, or give input_shape=(3, height, width) and pictures laid out so.',
  wrong: [
    `
from keras import backend as K
from keras.models import Sequential
from keras.layers import Conv2D, Flatten, Dense
K.set_image_dim_ordering('th')  # <--
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', padding='same', input_shape=(64, 64, 3)))
model.add(Flatten())
model.add(Dense(2, activation='softmax'))
`,
    `
import numpy as np
from tensorflow.keras import layers, models
from data import pictures, labels
pictures = np.transpose(pictures, (0, 3, 1, 2))
model = models.Sequential()
model.add(layers.Conv2D(16, 3, activation='relu', input_shape=pictures.shape[1:]))  # <--
model.add(layers.GlobalAveragePooling2D())
model.add(layers.Dense(2, activation='softmax'))
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(pictures, labels, epochs=5)
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Conv2D, Flatten, Dense
channels, samples = 22, 256
model = Sequential()
model.add(Conv2D(8, (1, 64), padding='same', activation='relu', input_shape=(1, channels, samples)))
model.add(Flatten())
model.add(Dense(2, activation='softmax'))
`,
    `
from keras import backend as K
from keras.models import Sequential
from keras.layers import Conv2D, Flatten, Dense
K.set_image_data_format('channels_first')
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', padding='same', input_shape=(3, 64, 64)))
model.add(Flatten())
model.add(Dense(2, activation='softmax'))
other = Sequential()
other.add(Conv2D(32, (3, 3), data_format='channels_last', input_shape=(64, 64, 3)))
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* givenFirst(program);
    if (!/set_image_(dim_ordering|data_format)/.test(program.source)) return;
    const settings = eventsOf(program, 'call').flatMap(({ result, moment }) => {
      const call = foreignCall(result);
      return call !== undefined && SETTING.test(call.name) && moment.span !== undefined
        ? [{ order: call.args.positional[0], moment, at: moment.span }]
        : [];
    });
    const [setting] = settings;
    if (setting === undefined || settings.length > 1 || !isCertain(setting.moment)) return;
    if (setting.order !== 'th' && setting.order !== 'channels_first') return;
    for (const { network } of kerasOf(program).models) {
      const layer = network?.steps[0]?.layer;
      const [height = 0, width = 0, channels] = network?.input ?? [];
      if (layer === undefined || !/^(Conv2D|SeparableConv2D)$/.test(layer.type)) continue;
      if (network?.input?.length !== 3 || (channels !== 1 && channels !== 3) || height < 8 || width < 8)
        continue;
      if (layer.args.named.has('data_format') || layer.args.named.has('dim_ordering')) continue;
      yield {
        at: setting.at,
        message: `Channels come first by this, and the network is made for pictures of (${height}, ${width}, ${channels}).`,
        severity: 'warning',
        evidence: [places(['the convolution', layer.span])],
      };
      return;
    }
  },
};
