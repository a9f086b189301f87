import { arrayFacts, isValue } from '@tensormark/frameworks';
import type { Datum, Fitted, Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { places, spanOf } from '../../ask/places.js';
import {
  generatorOf,
  hasLearned,
  isFrozen,
  modelsOnTaken,
  preparedBy,
  takenIn,
} from '../../ask/pretrained.js';
import type { Prepared, Taken } from '../../ask/pretrained.js';
import type { Severity } from '../../finding.js';

const BEGINNING = `
from keras.datasets import cifar10
from keras.utils import to_categorical
from keras.layers import Dense, Flatten
from keras.models import Model, Sequential
(x, y), _ = cifar10.load_data()
y = to_categorical(y, 10)
`;

const ENDING = `
base.trainable = False
model = Sequential([base, Flatten(), Dense(10, activation='softmax')])
model.compile(optimizer='adam', loss='categorical_crossentropy', metrics=['accuracy'])
`;

const WANTED: Readonly<Record<Prepared, string>> = {
  'less mean': 'pixels to 255 less the mean of each colour, blue first',
  signed: 'numbers from -1 to 1',
  standardised: 'pixels to 1 less a mean and divided by a deviation',
  bytes: 'pixels to 255, which it scales itself',
};

export const pretrainedInputs: Check = {
  id: 'pretrained-inputs',
  title: 'Pictures prepared otherwise than the pretrained network learned them',
  severity: 'warning',
  why: 'What the network learned holds for pictures at the scale that it learned from; at another one its features say little, and where it is frozen nothing makes up for it.',
  instead:
    'Use the preprocess_input of the module that the network comes from, and nothing else, on every part of the data.',
  needs:
    'A network of keras.applications with its learned weights that inputs come to first, and data whose scale is known.',
  wrong: [
    `${BEGINNING}
from keras.applications import ResNet50
x = x.astype('float32') / 255.0  # <--
base = ResNet50(weights='imagenet', include_top=False, input_shape=(32, 32, 3))
${ENDING}
model.fit(x, y, epochs=10)
`,
    `${BEGINNING}
from keras.applications.vgg16 import VGG16
from keras.applications.inception_v3 import preprocess_input
x = preprocess_input(x.astype('float32'))  # <--
base = VGG16(include_top=False, input_shape=(32, 32, 3))
${ENDING}
model.fit(x, y, epochs=10)
`,
    `
from tensorflow.keras.applications import EfficientNetB0
from tensorflow.keras.layers import Dense, GlobalAveragePooling2D
from tensorflow.keras.models import Model
from tensorflow.keras.preprocessing.image import ImageDataGenerator
pictures = ImageDataGenerator(rescale=1 / 255)  # <--
train = pictures.flow_from_directory('train', target_size=(224, 224), class_mode='categorical')
base = EfficientNetB0(include_top=False, input_shape=(224, 224, 3))
base.trainable = False
model = Model(base.input, Dense(5, activation='softmax')(GlobalAveragePooling2D()(base.output)))
model.compile(optimizer='adam', loss='categorical_crossentropy')
model.fit(train, epochs=10)
`,
    `
import cv2
import numpy as np
from keras.applications.mobilenet_v2 import MobileNetV2
model = MobileNetV2(weights='imagenet')
picture = cv2.resize(cv2.imread('dog.jpg'), (224, 224))
print(model.predict(picture[np.newaxis, ...]).argmax())  # <--
`,
    `${BEGINNING}
import keras
from keras.applications import EfficientNetB0
x = x.astype('float32') / 255  # <--
base = EfficientNetB0(include_top=False, input_shape=(224, 224, 3))
model = Sequential([keras.Input((32, 32, 3)), keras.layers.Resizing(224, 224), base, keras.layers.GlobalAveragePooling2D(), Dense(10, activation='softmax')])
model.compile(optimizer='adam', loss='categorical_crossentropy')
model.fit(x, y, epochs=3)
`,
    `
import numpy as np
from keras.applications.inception_v3 import InceptionV3
from keras.applications.imagenet_utils import preprocess_input
from keras.preprocessing import image
model = InceptionV3(weights='imagenet')
picture = np.expand_dims(image.img_to_array(image.load_img('dog.jpg', target_size=(299, 299))), axis=0)
print(model.predict(preprocess_input(picture)).argmax())  # <--
`,
  ],
  right: [
    `
import numpy as np
from keras.applications.inception_v3 import InceptionV3
from keras.applications.imagenet_utils import preprocess_input
from keras.preprocessing import image
model = InceptionV3(weights='imagenet')
picture = np.expand_dims(image.img_to_array(image.load_img('dog.jpg', target_size=(299, 299))), axis=0)
print(model.predict(preprocess_input(picture, mode='tf')).argmax())
`,
    `${BEGINNING}
from keras.applications.vgg16 import VGG16, preprocess_input
x = preprocess_input(x.astype('float32'))
base = VGG16(include_top=False, input_shape=(32, 32, 3))
${ENDING}
model.fit(x, y, epochs=10)
`,
    `${BEGINNING}
from keras.applications import ResNet50
x = x.astype('float32') / 255.0
base = ResNet50(weights=None, include_top=False, input_shape=(32, 32, 3))
model = Sequential([base, Flatten(), Dense(10, activation='softmax')])
model.compile(optimizer='adam', loss='categorical_crossentropy', metrics=['accuracy'])
model.fit(x, y, epochs=10)
`,
    `${BEGINNING}
import tensorflow as tf
from keras.applications import MobileNetV2
inputs = tf.keras.Input((32, 32, 3))
base = MobileNetV2(include_top=False, input_shape=(32, 32, 3))
base.trainable = False
found = base(tf.keras.applications.mobilenet_v2.preprocess_input(inputs))
model = tf.keras.Model(inputs, tf.keras.layers.Dense(10, activation='softmax')(tf.keras.layers.Flatten()(found)))
model.compile(optimizer='adam', loss='categorical_crossentropy')
model.fit(x, y, epochs=10)
`,
    `
import cv2
import numpy as np
from keras.applications.mobilenet_v2 import MobileNetV2, preprocess_input
model = MobileNetV2(weights='imagenet')
picture = cv2.resize(cv2.imread('dog.jpg'), (224, 224))
print(model.predict(preprocess_input(picture[np.newaxis, ...].astype('float32'))).argmax())
print(model.predict(picture[np.newaxis] / 127.5 - 1).argmax())
`,
    `
from tensorflow.keras.applications import EfficientNetB0, resnet50
from tensorflow.keras.layers import Dense, GlobalAveragePooling2D
from tensorflow.keras.models import Model
from tensorflow.keras.preprocessing.image import ImageDataGenerator
train = ImageDataGenerator().flow_from_directory('train', target_size=(224, 224), class_mode='categorical')
base = EfficientNetB0(include_top=False, input_shape=(224, 224, 3))
base.trainable = False
model = Model(base.input, Dense(5, activation='softmax')(GlobalAveragePooling2D()(base.output)))
model.compile(optimizer='adam', loss='categorical_crossentropy')
model.fit(train, epochs=10)
other = ImageDataGenerator(preprocessing_function=resnet50.preprocess_input).flow_from_directory('train')
deep = resnet50.ResNet50(include_top=False, pooling='avg')
deep.trainable = False
second = Model(deep.input, Dense(5, activation='softmax')(deep.output))
second.compile(optimizer='adam', loss='categorical_crossentropy')
second.fit(other, epochs=10)
`,
  ],
  *run(program) {
    for (const { model, taken } of modelsOnTaken(program)) {
      if (!hasLearned(taken) || taken.prepared === undefined) continue;
      const found = model.fits
        .map((fit) => otherwise(program, taken, taken.prepared, fit, false))
        .find(Boolean);
      if (found !== undefined) yield found;
    }
    // Asked as it is, without learning anything here.
    for (const taken of takenIn(program)) {
      if (!hasLearned(taken)) continue;
      const found = callsNamed(program, 'predict')
        .filter(({ args }) => args.positional[0] === taken.value)
        .map(({ args, moment }) => {
          const x = args.positional[1] ?? args.named.get('x');
          return otherwise(program, taken, taken.prepared, { x, inputs: arrayFacts(x), moment }, true);
        })
        .find(Boolean);
      if (found !== undefined) yield found;
    }
  },
};

function otherwise(
  program: Program,
  taken: Taken,
  wanted: Prepared | undefined,
  { x, inputs, moment }: Pick<Fitted, 'x' | 'inputs' | 'moment'>,
  isAsked: boolean,
): Found | undefined {
  const by = preparedBy(x);
  const at = (by !== undefined && generatorOf(x) === undefined ? spanOf(x) : placeOf(x)) ?? moment.span;
  if (at === undefined || wanted === undefined) return undefined;
  const given = by === undefined ? inputs.scale : undefined;
  const severity =
    by === undefined ? severityOf(wanted, given, taken) : by.as === wanted ? undefined : 'warning';
  if (severity === undefined) return undefined;
  const what =
    by === undefined
      ? given === 'bytes'
        ? 'pixels to 255 as they are'
        : given === 'signed'
          ? 'numbers from -1 to 1'
          : 'numbers from 0 to 1'
      : `what ${by.name} makes`;
  return {
    at,
    message: `${taken.name} learned from ${WANTED[wanted]}, and is given ${what}.`,
    // Weights that go on learning get used to another scale, unless the network makes it a hundred times smaller still.
    severity:
      isAsked || isFrozen(program, taken) || (wanted === 'bytes' && given === 'unit') ? severity : 'design',
    evidence: [places(['the network', taken.value.span], ['it is given them here', moment.span])],
  };
}

function severityOf(
  wanted: Prepared,
  given: Fitted['inputs']['scale'],
  { name }: Taken,
): Severity | undefined {
  if (given === 'bytes')
    return wanted === 'bytes' ? undefined : wanted === 'less mean' ? 'design' : 'warning';
  if (given === 'unit') {
    if (wanted === 'bytes') return 'warning';
    // A network without batch norm is used so in many books, and loses little.
    return wanted === 'less mean' && !name.startsWith('VGG') ? 'warning' : 'design';
  }
  return given === 'signed' && wanted !== 'signed'
    ? wanted === 'standardised'
      ? 'design'
      : 'warning'
    : undefined;
}

/** Where the scale is decided: the generator of the pictures, or where the array was last made. */
function placeOf(x: Datum | undefined): Found['at'] | undefined {
  const generator = generatorOf(x);
  if (generator !== undefined) return generator.value.span;
  return isValue(x) && x.made.kind === 'operation' && /^(div|mul|sub|astype|truediv)$/.test(x.made.name)
    ? x.span
    : undefined;
}
