import { kerasOf } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { layersOf } from '../../ask/keras.js';
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
    `
from keras.models import Sequential
from keras.layers import Dense, Embedding, LSTM
from data import sequences, answers
model = Sequential([Embedding(5000, 16), LSTM(32), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(sequences, answers, epochs=5)
print(model.predict(['What a good film.']))  # <--
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
    for (const { network, uses } of kerasOf(program).models)
      for (const { x, call, moment } of uses) {
        if (network === undefined || !areTexts(x) || moment.span === undefined) continue;
        if (!layersOf(network).every(({ layer }) => layer !== undefined && TAKES_NUMBERS.test(layer.type)))
          continue;
        yield {
          at: moment.span,
          message: `${call.name} is given texts, and this network takes numbers: they go through what the texts that it learned from went through.`,
          instead:
            'Turn them into numbers as before: pad_sequences(tokenizer.texts_to_sequences(texts), maxlen=…).',
          evidence: [],
        };
      }
  },
};

/** Layers that take no text; others may turn it into numbers themselves. */
const TAKES_NUMBERS =
  /^(Embedding|Dense|Flatten|Dropout|LSTM|GRU|SimpleRNN|Bidirectional|Conv1D|Conv2D|MaxPooling[12]D|Global\w+Pooling[12]D|SpatialDropout1D|BatchNormalization|Activation|InputLayer|Reshape|ReLU|Softmax)$/;

/** Whether it is a list of texts, and nothing else. */
function areTexts(datum: Datum | undefined): boolean {
  return Array.isArray(datum) && datum.length > 0 && datum.every((one: Datum) => typeof one === 'string');
}

function isText(datum: Datum | undefined): datum is string {
  return typeof datum === 'string';
}
