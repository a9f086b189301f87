import { isValue, kerasOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { generatorOf } from '../../ask/pretrained.js';
import type { KerasPart } from './in-keras.js';

const CHANGES = [
  'rotation_range',
  'width_shift_range',
  'height_shift_range',
  'brightness_range',
  'shear_range',
  'zoom_range',
  'channel_shift_range',
  'horizontal_flip',
  'vertical_flip',
];

/** One generator that changes pictures by chance, for those to learn from and those to validate with. */
export const augmentTestInKeras: KerasPart = {
  instead: 'Make a second ImageDataGenerator with the same rescale and nothing else for what is measured.',
  wrong: [
    `
from keras.preprocessing.image import ImageDataGenerator
from keras.models import Sequential
from keras.layers import Dense, Flatten, Conv2D
pictures = ImageDataGenerator(rescale=1 / 255, rotation_range=40, horizontal_flip=True)
train = pictures.flow_from_directory('train', target_size=(64, 64), class_mode='binary')
kept = pictures.flow_from_directory('kept', target_size=(64, 64), class_mode='binary')  # <--
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(64, 64, 3)), Flatten(), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(train, epochs=10, validation_data=kept)
`,
  ],
  right: [
    `
from keras.preprocessing.image import ImageDataGenerator
from keras.models import Sequential
from keras.layers import Dense, Flatten, Conv2D
changed = ImageDataGenerator(rescale=1 / 255, rotation_range=40, horizontal_flip=True)
plain = ImageDataGenerator(rescale=1 / 255)
train = changed.flow_from_directory('train', target_size=(64, 64), class_mode='binary')
kept = plain.flow_from_directory('kept', target_size=(64, 64), class_mode='binary')
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(64, 64, 3)), Flatten(), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(train, epochs=10, validation_data=kept)
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { fits } of kerasOf(program).models)
      for (const { x, validation, moment } of fits) {
        const [learned, kept] = [generatorOf(x), generatorOf(validation?.x)];
        const at = isValue(validation?.x) ? validation.x.span : undefined;
        if (learned === undefined || kept === undefined || at === undefined || learned.value !== kept.value)
          continue;
        const changes = CHANGES.filter((name) => learned.args.named.has(name));
        if (changes.length === 0) continue;
        yield {
          at,
          severity: 'design',
          message: `What is validated with is changed by chance too (${changes.join(', ')}).`,
          evidence: [places(['the generator', learned.value.span], ['trained here', moment.span])],
        };
      }
  },
};
