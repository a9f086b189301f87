import type { Check, Found } from '../../check.js';
import { otherWord, taughtIn, trainedIn } from '../../ask/keras.js';
import type { Trained, Taught } from '../../ask/keras.js';
import { places, spanOf } from '../../ask/places.js';
import { columnGiven } from './column-given.js';
import { withAnyUnits } from './labels-any-units.js';
import { labelsElsewhere } from './labels-elsewhere.js';
import { areNumbersOf, numbered } from './labels-numbered.js';
import type { Wrong } from './labels-any-units.js';
import { areTokens } from './tokens-as-labels.js';

export const labelsLoss: Check = {
  id: 'labels-loss',
  title: 'Labels that are not what the loss takes',
  severity: 'error',
  why: 'categorical_crossentropy takes a column a class, sparse_categorical_crossentropy one number from 0 to the number of units less 1, binary_crossentropy 0 or 1 for each unit.',
  instead:
    'Make the labels (to_categorical or not), the number of units of the last layer and the loss go together.',
  needs: 'Labels whose kind is known, given to fit of a network whose loss and last layer are known.',
  wrong: [
    `
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense, Flatten
(x, y), _ = mnist.load_data()
x = x / 255
model = Sequential([Flatten(input_shape=(28, 28)), Dense(64, activation='relu'), Dense(10, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam')  # <--
model.fit(x, y, epochs=5)
`,
    `
from sklearn.datasets import load_iris
from sklearn.preprocessing import StandardScaler
from keras.utils import to_categorical
from keras.models import Sequential
from keras.layers import Dense
iris = load_iris()
X = StandardScaler().fit_transform(iris.data)
Y = to_categorical(iris.target)
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(4, activation='softmax')])  # <--
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(X, Y, epochs=100)
`,
    `
import pandas as pd
from sklearn.preprocessing import MultiLabelBinarizer, StandardScaler
from keras.models import Sequential
from keras.layers import Dense
films = pd.read_csv('films.csv')
genres = MultiLabelBinarizer().fit_transform(films['genres'].str.split(','))
x = StandardScaler().fit_transform(films[['length', 'year']])
model = Sequential([Dense(32, input_dim=2, activation='relu'), Dense(12, activation='softmax')])  # <--
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x, genres, epochs=20)
`,
    `
import pandas as pd
from sklearn.preprocessing import StandardScaler
from keras.models import Sequential
from keras.layers import Dense
phones = pd.read_csv('phones.csv')
y = pd.get_dummies(phones['range'])
x = StandardScaler().fit_transform(phones.drop(columns=['range']))
model = Sequential([Dense(32, input_dim=20, activation='relu'), Dense(4, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')  # <--
model.fit(x, y, epochs=20)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.array([[0.1, 0.2], [0.3, 0.1], [0.8, 0.9], [0.7, 0.6]])
y = np.array([-1, -1, 1, 1])
model = Sequential([Dense(8, input_dim=2, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')  # <--
model.fit(x, y, epochs=500)
`,
    `
import pandas as pd
from sklearn.preprocessing import StandardScaler
from keras.models import Sequential
from keras.layers import Dense
wines = pd.read_csv('wines.csv').values
x = StandardScaler().fit_transform(wines[:, 0:11])
y = wines[:, 11]
model = Sequential([Dense(32, input_dim=11, activation='relu'), Dense(6, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam')  # <--
model.fit(x, y, epochs=20)
`,
    `
from keras.preprocessing.sequence import pad_sequences
from keras.models import Sequential
from keras.layers import Dense, Embedding, LSTM
from texts import beginnings, tokenizer
size = len(tokenizer.word_index) + 1
rows = pad_sequences(tokenizer.texts_to_sequences(beginnings), maxlen=12)
words, following = rows[:, :-1], rows[:, -1]
model = Sequential()
model.add(Embedding(size, 32, input_length=11))
model.add(LSTM(64))
model.add(Dense(size, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')  # <--
model.fit(words, following, epochs=50)
`,
    `
import tensorflow as tf
from tensorflow.keras import layers, models
from texts import numbers
lines = tf.data.Dataset.from_tensor_slices(numbers).batch(21, drop_remainder=True)
def next_ones(line):
    return line[:-1], line[1:]
model = models.Sequential([
    layers.Embedding(300, 24),
    layers.LSTM(48),
    layers.Dense(300, activation='softmax'),
])
model.compile('adam', loss='categorical_crossentropy')  # <--
model.fit(lines.map(next_ones), epochs=30)
`,
    `
x_train, x_test, y_train, y_test = train_test_split(vectors, news['category'], test_size=0.25)
model = Sequential()
model.add(Dense(64, activation='relu', input_dim=300))
model.add(Dense(4, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')  # <--
model.fit(x_train, y_train, epochs=8)
`,
    `
import tensorflow as tf
from tensorflow.keras import layers, models
pictures = tf.keras.utils.image_dataset_from_directory('pictures', image_size=(64, 64))
pictures = pictures.map(lambda x, y: (x / 255, y))
train = pictures.take(80)
model = models.Sequential([
    layers.Conv2D(16, 3, activation='relu', input_shape=(64, 64, 3)),
    layers.GlobalAveragePooling2D(),
    layers.Dense(2, activation='softmax'),
])
model.compile('adam', loss=tf.losses.CategoricalCrossentropy(), metrics=['accuracy'])  # <--
model.fit(train, epochs=20)
`,
    `
import numpy as np
from keras import layers, models
x, y = np.array([[1, 2], [3, 4], [5, 6]]), np.array([1, 4, 6])
model = models.Sequential([layers.Dense(8, activation='softmax', input_dim=2)])
model.compile(loss='categorical_crossentropy', optimizer='adam')  # <--
model.fit(x, y, epochs=900)
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense, Embedding, LSTM
from keras.utils import to_categorical
from texts import rows
x, y = rows[:, :-1], to_categorical(rows[:, 1:], 300)
model = Sequential([Embedding(300, 24), LSTM(48, return_sequences=True), Dense(300, activation='softmax')])
model.compile('adam', loss='categorical_crossentropy')
model.fit(x, y, epochs=30)
`,
    `
labels = to_categorical(news['category'], 4)
model = Sequential()
model.add(Dense(64, activation='relu', input_dim=300))
model.add(Dense(4, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(vectors, labels, epochs=8)
`,
    `
import tensorflow as tf
from tensorflow.keras import layers, models
pictures = tf.keras.utils.image_dataset_from_directory('pictures', image_size=(64, 64))
pictures = pictures.map(lambda x, y: (x / 255, tf.one_hot(y, 2)))
model = models.Sequential([
    layers.Conv2D(16, 3, activation='relu', input_shape=(64, 64, 3)),
    layers.GlobalAveragePooling2D(),
    layers.Dense(2, activation='softmax'),
])
model.compile('adam', loss=tf.losses.CategoricalCrossentropy(), metrics=['accuracy'])
model.fit(pictures.take(80), epochs=20)
`,
    `
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense
from keras.utils import to_categorical
wines = pd.read_csv('wines.csv').values
x, y = wines[:, 0:11] / 100, to_categorical(wines[:, 11])
model = Sequential([Dense(32, input_dim=11, activation='relu'), Dense(6, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=20)
`,
    `
import numpy as np
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense, Embedding, GlobalAveragePooling1D
from reading import columns_of, pieces
table = pd.read_csv('labels.csv')
table['shares'] = columns_of(table)
y = np.array(table['shares'].tolist())
model = Sequential([Embedding(500, 16), GlobalAveragePooling1D(), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(pieces, y, epochs=20)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.array([[0.1, 0.2], [0.3, 0.1], [0.8, 0.9], [0.7, 0.6]])
y = np.array([0.1, 0.2, 0.9, 0.8])
model = Sequential([Dense(8, input_dim=2, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=500)
`,
    `
from keras.datasets import cifar10
from keras.models import Sequential
from keras.layers import Dense, Flatten
(x, y), _ = cifar10.load_data()
x = x / 255
model = Sequential([Flatten(input_shape=(32, 32, 3)), Dense(64, activation='relu'), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=5)
`,
  ],
  *run(program) {
    for (const trained of trainedIn(program)) {
      yield* labelsElsewhere(trained, wrongWith);
      for (const fit of taughtIn(trained)) {
        const wrong = wrongWith(trained, fit);
        const at = wrong && placeOf(wrong, trained, fit);
        if (wrong === undefined || at === undefined) continue;
        const found: Found = {
          at,
          message: wrong.message,
          severity: wrong.severity,
          evidence: [
            places(
              ['the loss', trained.compiled.moment.span],
              ['trained here', fit.moment.span],
              ['the last layer', trained.head.layer.span],
              [
                'the labels',
                typeof fit.y === 'object' && fit.y !== null && 'span' in fit.y ? fit.y.span : undefined,
              ],
            ),
          ],
          ...(wrong.fix && { fix: wrong.fix }),
        };
        yield found;
      }
    }
  },
};

function placeOf({ change }: Wrong, { head, compiled }: Trained, fit: Taught): Found['at'] | undefined {
  const place =
    change === 'loss' && isValidatedOtherwise(fit)
      ? spanOf(fit.x)
      : change === 'loss'
        ? compiled.moment.span
        : change === 'last layer'
          ? (head.layer.span ?? head.at)
          : (fit.targets.targetsScaled?.span ?? spanOf(fit.y) ?? spanOf(fit.x));
  return place ?? fit.moment.span;
}

/** Whether what is validated with has labels of another kind, which go with the loss. */
function isValidatedOtherwise({ targets, validation }: Taught): boolean {
  const [one, other] = [targets.targets?.kind, validation?.targets.targets?.kind];
  return one !== undefined && other !== undefined && one !== other;
}

function wrongWith({ network, head, compiled }: Trained, fit: Taught): Wrong | undefined {
  const { targets: facts, x, y } = fit;
  const { targets, shape, targetsScaled, isRandom } = facts;
  const name = compiled.loss?.name;
  const { units } = head;
  const isEntropy = name?.endsWith('crossentropy') === true;
  if (name === undefined || x === y) return undefined;
  if (targets?.kind === 'several' && units === 1 && head.layer.type === 'Dense')
    return {
      message: 'The labels have a column for each of several, and the last layer has one unit.',
      change: 'last layer',
      severity: 'error',
    };
  if (targets?.kind === 'several')
    return name.endsWith('categorical_crossentropy') || head.activation === 'softmax'
      ? {
          message: `Several labels may hold for one example, and ${
            head.activation === 'softmax' ? 'softmax' : name
          } makes of them one choice: sigmoid and binary_crossentropy ask of each by itself.`,
          change: 'last layer',
          severity: 'warning',
          fix: otherWord(head.at, 'softmax', 'sigmoid'),
        }
      : undefined;
  if (
    targets === undefined &&
    name === 'categorical_crossentropy' &&
    shape?.length === 1 &&
    units !== 1 &&
    head.activation === 'softmax'
  )
    return {
      message: 'The labels are one number an example, and categorical_crossentropy takes a column a class.',
      change: 'loss',
      severity: 'error',
      fix: otherWord(compiled.moment.span, name, 'sparse_categorical_crossentropy'),
    };
  if (name === 'categorical_crossentropy' && units !== 1 && areTokens(network, fit))
    return {
      message:
        'The labels are numbers of the rows that go into the Embedding, one step on, and categorical_crossentropy takes a column a class.',
      change: 'loss',
      severity: 'error',
      fix: otherWord(compiled.moment.span, name, 'sparse_categorical_crossentropy'),
    };
  const column = targets === undefined && shape === undefined ? columnGiven(y) : undefined;
  if (name === 'categorical_crossentropy' && units !== 1 && column !== undefined)
    return {
      message: `The labels are the column ${column} of a table, one number an example, and categorical_crossentropy takes a column a class.`,
      change: 'loss',
      severity: 'warning',
      fix: otherWord(compiled.moment.span, name, 'sparse_categorical_crossentropy'),
    };
  const isScaledFirst = targetsScaled !== undefined && targets?.kind === 'one-hot';
  if (units === undefined && !isScaledFirst) return withAnyUnits(name, head.activation, facts, compiled);
  if (targetsScaled !== undefined && isEntropy)
    return {
      message: 'The class numbers were divided as if they were inputs; the loss takes them as they are.',
      change: 'labels',
      severity: 'error',
    };
  if (targets === undefined || units === undefined) return undefined;
  const rank = shape?.length;
  const isColumn = rank === 1 || (rank === 2 && shape?.[1] === 1);
  const isOne = rank === 1 || shape?.[1] === 1;
  if (targets.kind === 'real') {
    const isProbability = facts.elements?.every((element) => element >= 0 && element <= 1) === true;
    if (isColumn && isOne && name !== 'binary_crossentropy' && areNumbersOf(units, facts.elements))
      return name === 'categorical_crossentropy' ? numbered(compiled) : undefined;
    if (!isEntropy || isRandom === true || targets.hasNegative === undefined || isProbability)
      return undefined;
    const isSigned = facts.elements?.every((element) => element === 1 || element === -1) === true;
    return {
      message: isSigned
        ? `The labels are -1 and 1, and ${name} takes 0 and 1.`
        : `${name} is for classes, and the targets are real numbers.`,
      change: 'loss',
      severity: 'error',
      fix: isSigned ? undefined : otherWord(compiled.moment.span, name, 'mse'),
    };
  }
  if (!isEntropy) return undefined;
  const { kind, count } = targets;
  if (kind === 'one-hot') {
    const isBinary = targets.isOneColumnOfTwo === true && count === undefined && units <= 2;
    if (name === 'sparse_categorical_crossentropy' && !isBinary)
      return {
        message: 'The labels have a column a class, and sparse_categorical_crossentropy takes class numbers.',
        change: 'loss',
        severity: 'error',
        fix: otherWord(compiled.moment.span, name, 'categorical_crossentropy'),
      };
    if (count === undefined && units === 1 && !isBinary)
      return {
        message: 'The labels have a column a class, and the last layer has one unit.',
        change: 'labels',
        severity: 'error',
      };
    const columns = count === 2 && targets.isOneColumnOfTwo === true ? 1 : count;
    return columns !== undefined && columns !== units
      ? {
          message: `The labels have ${columns} ${columns === 1 ? 'column' : 'columns'}, and the last layer has ${units} ${units === 1 ? 'unit' : 'units'}.`,
          change: 'last layer',
          severity: 'error',
        }
      : undefined;
  }
  if (name === 'categorical_crossentropy' && units > 1 && isColumn && isOne) return numbered(compiled);
  if (name === 'sparse_categorical_crossentropy' && units > 1 && count !== undefined && count > units)
    return {
      message: `The labels go up to ${count - 1}, and the last layer has ${units} units, for classes 0 to ${units - 1}.`,
      change: 'last layer',
      severity: 'error',
    };
  if (name === 'binary_crossentropy' && units === 1 && count !== undefined && count > 2)
    return {
      message: `The labels are ${count} classes, and binary_crossentropy on one unit tells two apart.`,
      change: 'last layer',
      severity: 'error',
    };
  if (name === 'binary_crossentropy' && units > 1 && isColumn)
    return {
      message: `The labels are one number an example, and the last layer has ${units} units.`,
      change: 'last layer',
      severity: 'error',
    };
  return undefined;
}
