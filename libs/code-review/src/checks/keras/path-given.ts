import { kerasOf } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';

const LEARNER = `
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
model = Sequential()
model.add(Conv2D(16, 3, activation='relu', input_shape=(64, 64, 3)))
model.add(Flatten())
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
`;

export const pathGiven: Check = {
  id: 'path-given',
  title: 'The name of a file or folder where examples are taken',
  severity: 'error',
  why: 'fit, evaluate and predict take arrays, generators and data sets: a path is only a text to them, and nothing is read from it.',
  instead:
    'Read it first: image_dataset_from_directory or flow_from_directory for folders, load_img and img_to_array for one picture.',
  needs: 'fit, evaluate or predict of a network of Keras on a text.',
  wrong: [
    `${LEARNER}
pictures = 'pictures/train'
model.fit_generator(pictures, steps_per_epoch=100, epochs=5)  # <--
`,
    `${LEARNER}
print(model.predict('cat.png'))  # <--
`,
  ],
  right: [
    `${LEARNER}
from keras.preprocessing.image import ImageDataGenerator
pictures = 'pictures/train'
read = ImageDataGenerator(rescale=1 / 255).flow_from_directory(pictures, target_size=(64, 64), class_mode='binary')
model.fit(read, epochs=50)
`,
  ],
  *run(program) {
    for (const { fits, uses } of kerasOf(program).models)
      for (const { x, call, moment } of [...fits, ...uses]) {
        const path = [x, call.args.named.get('validation_data')].find((datum) => isText(datum));
        if (path === undefined || moment.span === undefined) continue;
        yield {
          at: moment.span,
          message: `${call.name} is given the text '${path}', and takes what is read from there.`,
          evidence: [places(['given here', moment.span])],
        };
      }
  },
};

function isText(datum: Datum | undefined): datum is string {
  return typeof datum === 'string';
}
