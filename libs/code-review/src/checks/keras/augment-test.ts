import { isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
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

/** Whether an argument asks for changes. */
function isChanging(given: Datum | undefined): boolean {
  return given !== undefined && given !== null && given !== false && given !== 0n && given !== 0;
}

/** Pictures to validate with that a generator changes by chance. */
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
    `
from keras.preprocessing.image import ImageDataGenerator
from keras.models import Sequential
from keras.layers import Dense, Flatten, Conv2D
for_train = ImageDataGenerator(rescale=1 / 255, zoom_range=0.2)
for_kept = ImageDataGenerator(rescale=1 / 255, zoom_range=0.2)
train = for_train.flow_from_directory('train', target_size=(64, 64), class_mode='binary')
kept = for_kept.flow_from_directory('kept', target_size=(64, 64), class_mode='binary')  # <--
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(64, 64, 3)), Flatten(), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit_generator(train, epochs=10, validation_data=kept)
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
        if (learned === undefined || kept === undefined || at === undefined) continue;
        const changes = CHANGES.filter((name) => isChanging(kept.args.named.get(name)));
        if (changes.length === 0) continue;
        yield {
          at,
          // One generator may have been made for both, so as to split the pictures of one folder.
          ...(learned.value === kept.value && { severity: 'design' as const }),
          message: `What is validated with is changed by chance too (${changes.join(', ')}).`,
          evidence: [places(['the generator', kept.value.span], ['trained here', moment.span])],
        };
      }
  },
};
