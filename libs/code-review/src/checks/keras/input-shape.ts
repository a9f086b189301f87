import { kerasOf } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { givenWhole } from './batch-missing.js';
import { countingExamples } from './examples-counted.js';
import { networksJoined, otherSizes, pretrainedUses, severalInputs, validations } from './inputs-given.js';
import { flattened } from './flattened-given.js';
import { layersTaken } from './layers-taken.js';
import { isOwnWidth } from './own-width.js';
import { evidenceOf, isOtherOrder, shown } from './shape-words.js';
import { agrees, isAlike } from './shapes-alike.js';
import { usedOtherwise } from './used-otherwise.js';

export const inputShape: Check = {
  id: 'input-shape',
  title: 'Data of another shape than the network is made for',
  severity: 'error',
  why: 'fit refuses data that do not have the shape that the first layer was given.',
  instead: 'Make input_shape the shape of one example, without the number of examples.',
  needs: 'A network with an input shape, and data whose shape is known.',
  wrong: [
    `
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense
x, y = pd.read_csv('inputs.csv'), pd.read_csv('targets.csv')
model = Sequential()
model.add(Dense(32, activation='relu', input_shape=x.values.shape))  # <--
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(x.values, y.values, epochs=40)
`,
    `
from keras import backend as K
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
from keras.preprocessing.image import ImageDataGenerator
shape = (1, 64, 64) if K.image_data_format() == 'channels_first' else (64, 64, 1)
model = Sequential()
model.add(Conv2D(8, 3, activation='relu', input_shape=shape))  # <--
model.add(Flatten())
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
pictures = ImageDataGenerator(rescale=1 / 255).flow_from_directory('train', target_size=(64, 64), class_mode='binary')
model.fit(pictures, epochs=30)
`,
    `
from keras.models import Model, Sequential
from keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
first = Sequential([Conv2D(8, 3, padding='same', activation='relu', input_shape=(28, 28, 1)), MaxPooling2D(2)])
second = Sequential([Conv2D(8, 3, padding='same', activation='relu', input_shape=(7, 7, 8)), Flatten(), Dense(10)])  # <--
pictures = Input((28, 28, 1))
both = Model(pictures, second(first(pictures)))
`,
    `
import cv2
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
from data import paths, labels
pictures = []
for path in paths:
    pictures.append(cv2.resize(cv2.imread(path, 0), (64, 48)))
x = np.array(pictures) / 255
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(48, 64, 3)), Flatten(), Dense(2, activation='softmax')])  # <--
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, labels, epochs=9)
`,
    `
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense
(x, y), _ = mnist.load_data()
x = x / 255
model = Sequential([Dense(64, activation='relu', input_shape=(784,)), Dense(10, activation='softmax')])  # <--
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=5)
`,
    `
import numpy as np
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
(x, y), _ = mnist.load_data()
x = x[..., None] / 255
def batches():
    while True:
        for i in range(len(x)):
            yield x[i], y[i]
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(28, 28, 1)), Flatten(), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(batches(), steps_per_epoch=1000, epochs=5)  # <--
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(64, activation='relu', input_shape=(4,)), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=5)
print(model.predict(np.array([5.1, 3.5, 1.4, 0.2])))  # <--
`,
    `
import numpy as np
from keras.models import Model
from keras.layers import Dense, Input, concatenate
words, numbers = Input(shape=(50,)), Input(shape=(8,))
both = concatenate([words, numbers])
model = Model(inputs=[words, numbers], outputs=Dense(1)(both))
model.compile(loss='mse', optimizer='adam')
print(model.predict([np.zeros((1, 50)), np.zeros(8)]))  # <--
`,
    `
model = Sequential()
model.add(Dense(32, activation='relu', input_shape=(x_train.shape[0],)))  # <--
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(x_train, y_train, epochs=40)
`,
    `
model.add(GRU(40, return_sequences=True, input_shape=train_data.shape))  # <--
model.add(Dropout(0.3))
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x, y = np.random.rand(250, 6), np.random.rand(250)
model = Sequential()
model.add(Dense(16, input_dim=6, activation='relu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(x[:200], y[:200], epochs=90)
for row in x[200:]:
    print(model.predict([row]))  # <--
`,
    `
import numpy as np
from keras import layers, models, optimizers
windows = np.random.rand(8, 20, 500)
windows = windows.transpose(2, 1, 0)
start = layers.Input(shape=(20, 9))  # <--
model = models.Model(start, layers.Dense(1)(layers.LSTM(16)(start)))
model.compile(loss='mse', optimizer='adam')
model.fit(windows, np.random.rand(500), epochs=90)
`,
    `
picture = image.load_img('garden.png', target_size=(224, 224))
model = ResNet50(weights='imagenet')
print(model.predict(image.img_to_array(picture)))  # <--
`,
    `
from keras.layers import Dense, Input
from keras.models import Model
table = Input(shape=(300,))
code = Dense(20, activation='relu')(Dense(90, activation='relu')(table))
again = Dense(300, activation='sigmoid')(Dense(90, activation='relu')(code))
whole = Model(table, again)
inner = Input(shape=(20,))
last = whole.layers[-1]
decoder = Model(inner, last(inner))  # <--
`,
    `
import numpy as np
from keras.models import load_model
from PIL import Image
model = load_model('digits.h5')
picture = np.asarray(Image.open('seven.png').convert('L')) / 255
print(model.predict(picture.flatten()))  # <--
`,
    `
import pandas as pd
from sklearn.model_selection import train_test_split
from keras.models import Sequential
from keras.layers import LSTM, Dense
rows = pd.read_csv('load.csv').values
x_train, x_test, y_train, y_test = train_test_split(rows[:, :-1], rows[:, -1], test_size=0.2)
model = Sequential()
model.add(LSTM(30, input_shape=(1, x_train.shape[1])))  # <--
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(x_train, y_train, epochs=60)
`,
    `
(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train, x_test = x_train / 255, x_test / 255
model = Sequential()
model.add(Flatten(input_shape=(28, 28)))
model.add(Dense(10, activation='softmax'))
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x_train, y_train, epochs=5)
for i in range(20):
    print(model.predict(x_test[i]))  # <--
`,
    `
picture = Image.open('gate.png').convert('RGB').resize((80, 60))
model = Sequential()
model.add(Conv2D(8, 3, activation='relu', input_shape=(60, 80, 3)))
model.add(Flatten())
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(pictures, open_or_shut, epochs=15)
model.predict(np.array(picture))  # <--
`,
  ],
  right: [
    `
import pandas as pd
from keras.models import Sequential
from keras.layers import LSTM, Dense
rows = pd.read_csv('load.csv').values
x, y = rows[:, :-1], rows[:, -1]
steps = x.reshape(x.shape[0], 1, x.shape[1])
model = Sequential([LSTM(30, input_shape=(1, x.shape[1])), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(steps, y, epochs=60)
`,
    `
from keras.layers import Dense, Input
from keras.models import Model
table = Input(shape=(300,))
code = Dense(20, activation='relu')(Dense(90, activation='relu')(table))
again = Dense(300, activation='sigmoid')(Dense(90, activation='relu')(code))
whole = Model(table, again)
inner = Input(shape=(20,))
decoder = Model(inner, whole.layers[-1](whole.layers[-2](inner)))
`,
    `
picture = image.load_img('garden.png', target_size=(224, 224))
model = ResNet50(weights='imagenet')
print(model.predict(np.expand_dims(image.img_to_array(picture), axis=0)))
digits, seven = load_model('digits.h5'), np.asarray(Image.open('seven.png').convert('L')) / 255
print(digits.predict(seven.flatten()[None, :]), digits.predict(seven.flatten().reshape(1, -1)))
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten, LSTM
one = x_train[0]
first = Sequential([Conv2D(8, 3, activation='relu', input_shape=one.shape), Flatten(), Dense(1)])
first.compile(loss='mse', optimizer='adam')
first.fit(x_train, y_train, epochs=30)
near = np.random.rand(120, 120)
second = Sequential([Dense(8, activation='relu', input_shape=(near.shape[0],)), Dense(1)])
second.compile(loss='mse', optimizer='adam')
second.fit(near, np.random.rand(120), epochs=30)
series = x_train.swapaxes(1, 2)
third = Sequential([LSTM(8, input_shape=(series.shape[1], series.shape[2])), Dense(1)])
third.compile(loss='mse', optimizer='adam')
third.fit([series], y_train, epochs=30)
`,
    `
from keras import backend as K
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
from keras.preprocessing.image import ImageDataGenerator
shape = (3, 64, 64) if K.image_data_format() == 'channels_first' else (64, 64, 3)
model = Sequential()
model.add(Conv2D(8, 3, activation='relu', input_shape=shape))
model.add(Flatten())
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
pictures = ImageDataGenerator(rescale=1 / 255).flow_from_directory('train', target_size=(64, 64), class_mode='binary')
model.fit(pictures, epochs=30)
`,
    `
from keras.models import Model, Sequential
from keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
first = Sequential([Conv2D(8, 3, padding='same', activation='relu', input_shape=(28, 28, 1)), MaxPooling2D(2)])
second = Sequential([Conv2D(8, 3, padding='same', activation='relu', input_shape=(14, 14, 8)), Flatten(), Dense(10)])
pictures = Input((28, 28, 1))
both = Model(pictures, second(first(pictures)))
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(64, activation='relu', input_shape=(4,)), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=5)
print(model.predict(np.array([[5.1, 3.5, 1.4, 0.2]])), model.predict(np.array([5.1, 3.5, 1.4, 0.2])[None, :]))
print(model.predict(np.array([5.1, 3.5, 1.4, 0.2]).reshape(1, -1)), model.predict(x[:3]))
`,
    `
import numpy as np
from keras.models import Model
from keras.layers import Dense, Input, concatenate
words, numbers, one = Input(shape=(50,)), Input(shape=(8,)), Input(shape=(1,))
both = concatenate([words, numbers, one])
model = Model(inputs=[words, numbers, one], outputs=Dense(1)(both))
model.compile(loss='mse', optimizer='adam')
print(model.predict([np.zeros((7, 50)), np.zeros((7, 8)), np.zeros(7)]))
`,
    `
import cv2
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
from data import paths, labels
pictures = []
for path in paths:
    picture = cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2GRAY)
    pictures.append(np.expand_dims(cv2.resize(picture, (64, 48)), axis=-1))
x = np.array(pictures) / 255
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(48, 64, 1)), Flatten(), Dense(2, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, labels, epochs=9)
`,
    `
import numpy as np
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
(x, y), _ = mnist.load_data()
x = x[..., None] / 255
def batches(size=32):
    while True:
        for i in range(0, len(x), size):
            yield x[i:i + size], y[i:i + size]
def one_by_one():
    while True:
        for i in np.random.permutation(len(x)):
            yield np.expand_dims(x[i], axis=0), np.array([y[i]])
def filled(size=32):
    while True:
        pictures, labels = np.zeros((size, 28, 28, 1)), np.zeros(size)
        for at in range(size):
            i = np.random.randint(len(x))
            pictures[at], labels[at] = x[i], y[i]
        yield pictures, labels
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(28, 28, 1)), Flatten(), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(batches(), steps_per_epoch=1000, epochs=5)
model.fit(one_by_one(), steps_per_epoch=1000, epochs=5)
model.fit(filled(), steps_per_epoch=1000, epochs=5)
`,
    `
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense
(x, y), _ = mnist.load_data()
x = x.reshape((len(x), -1)) / 255
model = Sequential([Dense(64, activation='relu', input_shape=(784,)), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=5)
`,
  ],
  *run(program) {
    yield* layersTaken(program);
    yield* flattened(program);
    const counting = [...countingExamples(program)];
    yield* counting;
    const isOther = isOtherOrder(program);
    if (!isOther) for (const { wanted, use } of pretrainedUses(program)) yield* usedOtherwise(wanted, [use]);
    for (const model of kerasOf(program).models) {
      const { network, fits, uses } = model;
      if (isOther) {
        yield* otherSizes(network, fits);
        continue;
      }
      yield* severalInputs(network?.value, [...fits, ...uses]);
      const wanted = network?.input;
      if (wanted === undefined || network === undefined) continue;
      const first = network.inputSpan ?? network.steps[0]?.span;
      if (counting.some(({ at }) => at === first)) continue;
      yield* usedOtherwise(
        wanted,
        // Of which the check for a batch that is missing speaks.
        uses.filter((use) => givenWhole(use, model) === undefined),
      );
      yield* usedOtherwise(wanted, validations(wanted, fits));
      yield* networksJoined(network);
      for (const { inputs, moment, isYielded, x } of fits) {
        const given = inputs.shape?.slice(1);
        const at = isYielded ? moment.span : (first ?? moment.span);
        if (given === undefined || at === undefined) continue;
        const isOwn = given.length === 1 && wanted.length === 2 && isOwnWidth(network, x);
        if (isAlike(wanted, given) && !isOwn) continue;
        const isSingle = isYielded && given.length < wanted.length;
        yield {
          at,
          message: isSingle
            ? `The network takes batches of examples of ${shown(wanted)}, and the generator yields an example at a time, with no batch around it.`
            : `The network takes examples of ${shown(wanted)}, and is given ${shown(given)}.`,
          ...(agrees(wanted, given) &&
            !isOwn && {
              severity: 'design' as const,
              why: 'TensorFlow adds or takes away a last dimension of 1 by itself; Keras before it and Keras 3 with other back ends refuse it.',
            }),
          evidence: [...evidenceOf('an example', given), places(['the data are given here', moment.span])],
        };
        break;
      }
    }
  },
};
