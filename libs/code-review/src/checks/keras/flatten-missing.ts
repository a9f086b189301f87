import { isActivation, isRecurrent, kerasOf, layerArgument } from '@tensormark/frameworks';
import type { Datum, Example, KerasLayer, Program, Step } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { headOf, taughtIn, layersOf, trainedIn } from '../../ask/keras.js';
import type { Trained, Taught } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';
import { evidenceOf, shown } from './shape-words.js';

const MAPS = /^(Conv[12]D|SeparableConv2D|MaxPooling[12]D|AveragePooling[12]D)$/;
const KEEPS = /^(Dropout|SpatialDropout2D|BatchNormalization|Activation|ReLU|LeakyReLU|Dense)$/;

/** Maps or sequences that come to the last layer as they are. */
export const flattenMissingInKeras: KerasPart = {
  why: 'A Dense layer works on the last dimension: of feature maps it gives one answer a place, not one an example.',
  instead: 'Put Flatten() or GlobalAveragePooling2D() before the first Dense layer.',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, LSTM
from readings import series
def windows(values, look_back):
    x, y = [], []
    for i in range(len(values) - look_back - 1):
        x.append(values[i:i + look_back, 0])
        y.append(values[i + look_back, 0])
    return np.array(x), np.array(y)
x, y = windows(np.loadtxt('series.csv', delimiter=','), 30)
x = np.reshape(x, (x.shape[0], x.shape[1], 1))
model = Sequential()
model.add(LSTM(25, input_shape=(30, 1), return_sequences=True))  # <--
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=10)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, LSTM
from keras.utils import to_categorical
text = open('book.txt').read()
char_to_int = dict((c, i) for i, c in enumerate(sorted(set(text))))
x, y = [], []
for i in range(len(text) - 40):
    x.append([char_to_int[c] for c in text[i:i + 40]])
    y.append(char_to_int[text[i + 40]])
x, y = np.reshape(x, (len(x), 40, 1)), to_categorical(y)
model = Sequential()
model.add(LSTM(128, input_shape=(40, 1), return_sequences=True))  # <--
model.add(Dense(y.shape[1], activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=10)
`,
    `
model = Sequential()
model.add(InceptionV3(include_top=False, input_shape=(150, 150, 3)))
model.add(Dense(4, activation='softmax'))  # <--
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(pictures, labels, epochs=6)
`,
    `
model = Sequential()
model.add(Embedding(900, 16, input_length=30))
model.add(GRU(24, return_sequences=True))  # <--
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(pad_sequences(numbers, maxlen=30), df['angry'].values, epochs=6)
`,
    `
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Dense
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(28, 28, 1)))
model.add(MaxPooling2D((2, 2)))
model.add(Dense(10, activation='softmax'))  # <--
model.compile(loss='categorical_crossentropy', optimizer='adam')
`,
    `
from keras.models import Sequential
from keras.layers import Conv1D, MaxPooling1D, Dense
from signals import x, y
model = Sequential()
model.add(Conv1D(64, 3, activation='relu', input_shape=(72, 1)))
model.add(MaxPooling1D(2))
model.add(Dense(64, activation='relu'))
model.add(Dense(28, activation='softmax'))  # <--
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
    `
import numpy as np
from tensorflow import keras
x, y = np.zeros((60000, 128, 2)), np.zeros((60000, 5))
steps, channels, classes = x.shape[1], x.shape[2], y.shape[1]
model = keras.Sequential([
    keras.layers.Conv1D(32, 5, activation='relu', input_shape=(steps, channels)),
    keras.layers.Dense(64, activation='relu'),
    keras.layers.Dense(classes, activation='softmax'),  # <--
])
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=20)
`,
    `
pixels = keras.layers.Input(shape=(16, 16))
inner = keras.layers.Dense(100, activation='relu')(pixels)
digit = keras.layers.Dense(10, activation='softmax')(inner)  # <--
model = keras.models.Model(pixels, digit)
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x_train, labels_train, epochs=30)
`,
    `
model = Sequential()
model.add(Embedding(2000, 32, input_length=40))
model.add(Dense(16, activation='relu'))
model.add(Dense(1, activation='sigmoid'))  # <--
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(reviews, opinions, epochs=6)
`,
    `
from keras.applications import VGG16
from keras.applications.vgg16 import preprocess_input
from keras.layers import Dense
from keras.models import Model
from keras.preprocessing.image import ImageDataGenerator
pictures = ImageDataGenerator(preprocessing_function=preprocess_input)
train = pictures.flow_from_directory('train', target_size=(224, 224), class_mode='categorical')
base = VGG16(weights='imagenet', include_top=False, input_shape=(224, 224, 3))
model = Model(base.input, Dense(67, activation='softmax')(base.output))  # <--
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(train, epochs=30)
`,
    `
from keras.models import Sequential
from keras.layers import Conv1D, Dense, MaxPooling1D
model = Sequential()
model.add(Conv1D(40, 5, padding='same', activation='relu', input_shape=(60, 20)))
model.add(MaxPooling1D(60))
model.add(Dense(7, activation='softmax'))  # <--
model.compile(loss='categorical_crossentropy', optimizer='adam')
`,
  ],
  right: [
    `
model = Sequential()
model.add(InceptionV3(include_top=False, pooling='avg', input_shape=(150, 150, 3)))
model.add(Dense(4, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(pictures, labels, epochs=6)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x, y = np.random.rand(900, 5, 6), np.random.randint(0, 4, size=(900, 5))
model = Sequential([Dense(32, activation='relu', input_shape=(5, 6)), Dense(4, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
    `
from keras.applications import VGG16
from keras.applications.vgg16 import preprocess_input
from keras.layers import Dense, Flatten
from keras.models import Model
from keras.preprocessing.image import ImageDataGenerator
pictures = ImageDataGenerator(preprocessing_function=preprocess_input)
train = pictures.flow_from_directory('train', target_size=(224, 224), class_mode='categorical')
base = VGG16(weights='imagenet', include_top=False, input_shape=(224, 224, 3))
model = Model(base.input, Dense(67, activation='softmax')(Flatten()(base.output)))
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(train, epochs=30)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Conv1D, MaxPooling1D, Dense
x, y = np.random.rand(500, 72, 1), np.random.rand(500, 35, 3)
model = Sequential()
model.add(Conv1D(64, 3, activation='relu', input_shape=(72, 1)))
model.add(MaxPooling1D(2))
model.add(Dense(3, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
`,
    `
from keras.models import Sequential
from keras.layers import Conv2D, UpSampling2D, Dense, MaxPooling2D
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', padding='same', input_shape=(28, 28, 1)))
model.add(MaxPooling2D((2, 2)))
model.add(UpSampling2D((2, 2)))
model.add(Dense(2, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<unknown>();
    for (const trained of trainedIn(program)) {
      const { network, head } = trained;
      const at = head.layer.span;
      if (at === undefined) continue;
      said.add(at);
      const steps = layersOf(network);
      const last = steps.find(({ layer }) => layer === head.layer);
      const gives = network.steps.at(-1)?.shape;
      const fit = taughtIn(trained).find((one) => isOneAnswer(one, gives, trained));
      const isShown =
        fit !== undefined && gives !== undefined && gives.length >= 2 && network.isWhole && fit.x !== fit.y;
      const areRows =
        !isShown &&
        givesRows(trained) &&
        taughtIn(trained).every(({ targets }) => targets.shape === undefined);
      if (
        !isShown &&
        !areRows &&
        (last === undefined || head.layer.type !== 'Dense' || !comesFromMaps(steps, steps.indexOf(last)))
      )
        continue;
      if (!isShown && taughtIn(trained).some(({ targets }) => (targets.shape?.length ?? 0) > 2)) continue;
      const isSequence = gives?.length === 2;
      yield {
        // The layer that gives all its steps is what a person would change.
        at: (isShown && isSequence ? sequenceGiven(steps) : undefined) ?? at,
        message:
          isShown && gives !== undefined
            ? `The network gives ${shown(gives)} for an example, and the targets have one ${isSequence ? 'answer, not one a step' : 'answer'}.`
            : areRows && gives !== undefined
              ? `Every layer goes over each row of an example by itself: the network gives ${shown(gives)}, an answer a row.`
              : 'Feature maps come to this Dense layer: it gives an answer for each place of them.',
        severity: isShown ? 'error' : 'warning',
        evidence: [
          ...(gives === undefined ? [] : evidenceOf('the network gives', gives)),
          places(['trained here', fit?.moment.span]),
        ],
      };
    }
    yield* ofUntrained(program, said);
  },
};

/** Networks that are part of others, which their loss is computed of. */
function* ofUntrained(program: Program, said: ReadonlySet<unknown>): Generator<Found> {
  for (const { network } of kerasOf(program).models) {
    const head = network && headOf(network);
    if (network === undefined || head?.layer.span === undefined || said.has(head.layer.span)) continue;
    const steps = layersOf(network);
    const last = steps.at(-1)?.layer;
    // Without what follows of a network of the program's own it is not known what is made of the maps.
    if (!network.isWhole || head.units !== 1 || head.layer.type !== 'Dense') continue;
    if (last === undefined || !(last === head.layer || isActivation(last))) continue;
    if (steps.some(({ layer }) => layer?.type.endsWith('1D'))) continue;
    const at = steps.findIndex(({ layer }) => layer === head.layer);
    if (!comesFromMaps(steps, at)) continue;
    yield {
      at: head.layer.span,
      severity: 'warning',
      message: 'Feature maps come to this Dense layer: it gives an answer for each place of them.',
      evidence: [],
    };
  }
}

/** The last layer that was told to give all its steps, where no layer after it could bring them together. */
function sequenceGiven(steps: readonly Step[]): Step['span'] {
  const last = steps.findLast(({ layer }) => layer !== undefined && isRecurrent(layer.inner ?? layer))?.layer;
  return last !== undefined && layerArgument(last.inner ?? last, ['return_sequences']) === true
    ? last.span
    : undefined;
}

/** Whether the targets are known to be one number, or one row of columns, an example. */
function isOneAnswer(
  { targets: { shape, targets } }: Taught,
  gives: Example | undefined,
  { compiled }: Trained,
): boolean {
  if (shape?.length !== 2) return shape?.length === 1;
  const [, width] = shape;
  const isRow =
    width !== undefined &&
    width === gives?.at(-1) &&
    compiled.loss !== undefined &&
    !compiled.loss.name.startsWith('sparse');
  // Several numbers a step go with no row of numbers, however many those are.
  const isNoneOfSteps =
    width === undefined &&
    gives?.length === 2 &&
    compiled.loss !== undefined &&
    !compiled.loss.name.startsWith('sparse') &&
    (gives[1] ?? (compiled.loss.name === 'categorical_crossentropy' ? 2 : 1)) > 1;
  return width === 1 || targets?.kind === 'one-hot' || isRow || isNoneOfSteps;
}

const BY_ROWS =
  /^(Dense|Dropout|GaussianNoise|BatchNormalization|LayerNormalization|Activation|ReLU|LeakyReLU|PReLU|ELU)$/;

/** Whether an example has several rows, and no layer brings them together before a class is chosen. */
function givesRows({ network, head, compiled }: Trained): boolean {
  const [first, ...rest] = layersOf(network);
  const loss = compiled.loss?.name ?? '';
  const isOne = head.units === 1 && head.activation === 'sigmoid' && loss === 'binary_crossentropy';
  // Words may each have their class; hardly each its yes or no.
  const hasWords = first?.layer?.type === 'Embedding' && isOne;
  const rows = (hasWords ? first.shape : network.input)?.slice(0, -1) ?? [];
  return (
    network.isWhole &&
    (isOne || (head.activation === 'softmax' && loss.endsWith('categorical_crossentropy'))) &&
    rows.some((size) => (size ?? 1) > 1) &&
    rows.every((size) => size !== undefined) &&
    (hasWords ? rest : [first, ...rest]).every(
      (step) => step?.layer !== undefined && BY_ROWS.test(step.layer.type),
    )
  );
}

/** Whether a convolution takes larger steps than one. */
function isSpread({ args }: KerasLayer): boolean {
  const steps = args.named.get('strides') ?? args.named.get('subsample') ?? args.positional[2];
  const isLarge = (step: Datum | undefined): boolean => typeof step === 'bigint' && step > 1n;
  return Array.isArray(steps) ? steps.length === 2 && steps.every(isLarge) : isLarge(steps);
}

/** Whether maps that were made smaller come to a layer, and nothing flattened them. */
function comesFromMaps(steps: readonly Step[], at: number): boolean {
  let isSmaller = false;
  let [isSequence, losesEnds, isLastStep] = [false, false, false];
  for (const { layer, network, shape } of steps.slice(0, at).toReversed()) {
    // What a network that was learned before gives without its top.
    if (layer === undefined) return network === undefined && shape?.length === 3;
    if (MAPS.test(layer.type)) {
      const padding = layer.args.named.get('padding') ?? layer.args.named.get('border_mode');
      isSequence ||= layer.type.endsWith('1D');
      losesEnds ||= layer.type === 'Conv1D' && (padding === undefined || padding === 'valid');
      isSmaller ||= /Pooling/.test(layer.type) || (isSpread(layer) && !layer.type.endsWith('1D'));
      isLastStep ||= /Pooling/.test(layer.type) && shape?.[0] === 1;
      continue;
    }
    // What comes before the maps says nothing of what is made of them.
    if (!KEEPS.test(layer.type)) break;
  }
  // Steps of a sequence may each have their answer; hardly where some are lost at the ends, and others joined, or one is left of all.
  return isSmaller && (!isSequence || losesEnds || isLastStep);
}
