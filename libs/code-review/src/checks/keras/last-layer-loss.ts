import { foreignCall, isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum, KerasLayer, KerasModel, Program } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { taughtIn, otherWord, trainedIn } from '../../ask/keras.js';
import type { Taught } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

const CATEGORICAL = /^(sparse_)?categorical_crossentropy$/;
const UNFIT =
  /^(sigmoid|hard_sigmoid|relu|relu6|leaky_relu|prelu|elu|selu|tanh|softplus|softsign|swish|silu|gelu|linear)$/;
const UNFIT_BINARY = /^(relu|relu6|leaky_relu|prelu|elu|selu|tanh|softplus|softsign|swish|silu|gelu|linear)$/;

export const lastLayerLoss: Check = {
  id: 'last-layer-loss',
  title: 'A loss that does not go with what the last layer gives',
  severity: 'warning',
  why: 'Cross entropy takes the logarithm of probabilities: of numbers that are none, or that were made probabilities twice, its value and gradient mean nothing.',
  instead:
    'One of several classes: softmax and (sparse_)categorical_crossentropy. Yes or no, or several labels at once: sigmoid and binary_crossentropy. Scores without activation: from_logits=True.',
  needs: 'A network whose last layer and its activation are known, compiled with one of the cross entropies.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(5, activation='sigmoid'))  # <--
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
`,
    `
import tensorflow as tf
model = tf.keras.Sequential([
    tf.keras.layers.Dense(12, activation='relu'),
    tf.keras.layers.Dense(5),  # <--
])
model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(), optimizer='adam')
`,
    `
from keras.models import Sequential
from keras.layers import Dense, Activation
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(4))
model.add(Activation('softmax'))
model.compile(loss='binary_crossentropy', optimizer='adam')  # <--
`,
    `
import keras
inputs = keras.Input(shape=(8,))
x = keras.layers.Dense(12, activation='relu')(inputs)
outputs = keras.layers.Dense(1, activation='sigmoid')(x)  # <--
model = keras.Model(inputs, outputs)
model.compile(loss=keras.losses.BinaryCrossentropy(from_logits=True), optimizer='adam')
`,
    `
import tensorflow as tf
class Classifier(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(64, activation='relu')
        self.scores = tf.keras.layers.Dense(10)  # <--
    def call(self, inputs):
        return self.scores(self.hidden(inputs))
model = Classifier()
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy')
`,
    `
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(1, activation='sigmoid'))  # <--
model.compile(loss='hinge', optimizer='adam')
model.fit(x, y, epochs=50)
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense, Flatten
from team import add_head
from data import x, y
model = Sequential()
model.add(Flatten(input_shape=(28, 28)))
model.add(Dense(64, activation='relu'))
add_head(model)
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=20)
`,
    `
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(1, activation='tanh'))
model.compile(loss='squared_hinge', optimizer='adam')
model.fit(x, y, epochs=50)
`,
    `
import numpy as np
from keras.models import Sequential, Model
from keras.layers import Input, Dense
generator = Sequential([Dense(32, activation='relu', input_dim=10), Dense(784, activation='tanh')])
generator.compile(loss='binary_crossentropy', optimizer='adam')
judge = Sequential([Dense(32, activation='relu', input_dim=784), Dense(1, activation='sigmoid')])
judge.compile(loss='binary_crossentropy', optimizer='adam')
noise = Input(shape=(10,))
judge.trainable = False
both = Model(noise, judge(generator(noise)))
both.compile(loss='binary_crossentropy', optimizer='adam')
for step in range(1000):
    made = generator.predict(np.random.normal(size=(32, 10)))
    judge.train_on_batch(made, np.zeros((32, 1)))
    both.train_on_batch(np.random.normal(size=(32, 10)), np.ones((32, 1)))
`,
    `
import keras
inputs = keras.Input(shape=(8,))
x = keras.layers.Dense(12, activation='relu')(inputs)
outputs = keras.layers.Dense(4)(x)
model = keras.Model(inputs, outputs)
model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True), optimizer='adam')
probabilities = keras.layers.Softmax()(model(inputs))
`,
    `
from keras.models import Sequential
from keras.layers import Dense
def build(classes):
    model = Sequential()
    model.add(Dense(12, input_dim=8, activation='relu'))
    if classes == 2:
        model.add(Dense(1, activation='sigmoid'))
        model.compile(loss='binary_crossentropy', optimizer='adam')
    else:
        model.add(Dense(classes, activation='softmax'))
        model.compile(loss='categorical_crossentropy', optimizer='adam')
    return model
`,
  ],
  *run(program) {
    for (const trained of trainedIn(program)) {
      const { head, compiled, network } = trained;
      if (isTrainedWithin(program, trained.model)) continue;
      const { loss, moment } = compiled;
      const { activation, units, at } = head;
      if (
        loss === undefined ||
        activation === undefined ||
        !network.steps.every(({ added }) => added === undefined || added.moment.arm === undefined)
      )
        continue;
      const said = places(['the loss', moment.span], ['the last layer', head.layer.span]);
      if (
        /^(squared_)?hinge$/.test(loss.name) &&
        units === 1 &&
        /^((hard_)?sigmoid|relu)$/.test(activation)
      ) {
        yield {
          at,
          message: `${loss.name} takes scores on both sides of 0, for labels -1 and 1, and ${activation} gives none below it.`,
          evidence: [said],
        };
        continue;
      }
      const isCategorical = CATEGORICAL.test(loss.name);
      if (!isCategorical && loss.name !== 'binary_crossentropy') continue;
      const fits = isCategorical ? activation === 'softmax' : /^(hard_)?sigmoid$/.test(activation);
      if (fits) {
        const isOneOfMany =
          !isCategorical &&
          (units ?? 0) > 2 &&
          taughtIn(trained).some(({ targets, x, y }) => x !== y && isChoice(targets));
        const isMisread =
          isOfFormerKeras(program) && compiled.metrics.some((name) => /^acc(uracy)?$/.test(name));
        if (isOneOfMany && loss.fromLogits !== true)
          yield {
            at,
            message: `The labels have one class of ${units} for each example, and sigmoid with binary_crossentropy asks of each class by itself${isMisread ? ', as its accuracy does, which is high whatever is chosen' : ''}: softmax and categorical_crossentropy choose one.`,
            evidence: [said],
            ...(!isMisread && { severity: 'design' as const }),
          };
        if (loss.fromLogits !== true) continue;
        yield {
          at,
          message: `${loss.name} was told from_logits=True, and is given the result of a ${activation}.`,
          evidence: [said],
        };
        continue;
      }
      if (units === 1 && (isCategorical || activation === 'softmax')) continue;
      if (activation === 'linear' && loss.fromLogits !== false) continue;
      // Where what is learned is no choice of a class, pictures or values, it is the word for one that is out of place.
      const isNoChoice = taughtIn(trained).some(isOfNumbers);
      if (!isCategorical && activation === 'softmax' && isNoChoice) {
        yield {
          at,
          message:
            'The softmax makes of these outputs one choice, and the targets are numbers each by itself.',
          evidence: [said],
        };
        continue;
      }
      if (!isCategorical && activation === 'softmax') {
        if (moment.span === undefined) continue;
        const isKnown = units !== undefined || taughtIn(trained).some(({ targets }) => isChoice(targets));
        if (!isKnown && !isOfManyWords(head.layer)) continue;
        const isNumbered = taughtIn(trained).some(({ targets }) => targets.targets?.kind === 'classes');
        const meant = isNumbered ? 'sparse_categorical_crossentropy' : 'categorical_crossentropy';
        const fix = otherWord(moment.span, 'binary_crossentropy', meant);
        yield {
          at: moment.span,
          message: `binary_crossentropy takes each of the ${units ?? 'several'} units for a question of its own, and softmax makes of them one choice.`,
          evidence: [said],
          ...((units ?? (isKnown ? 2 : 3)) === 2 && { severity: 'design' as const }),
          ...(fix && { fix }),
        };
        continue;
      }
      if (!(isCategorical ? UNFIT : UNFIT_BINARY).test(activation)) continue;
      const wanted = isCategorical ? 'softmax' : 'sigmoid';
      const fix = otherWord(at, activation, wanted);
      yield {
        at: (isCategorical && isNoChoice ? moment.span : undefined) ?? at,
        message:
          isCategorical && isNoChoice
            ? `${loss.name} is for a choice of a class, and the targets are numbers each by itself.`
            : activation === 'linear'
              ? `${loss.name} takes probabilities (from_logits is not set), and the last layer gives scores: it has no activation.`
              : isCategorical && /sigmoid/.test(activation)
                ? `${loss.name} takes ${units ?? 'the'} probabilities that add up to 1, and sigmoid gives each of them by itself; for labels that may hold together the loss is binary_crossentropy.`
                : `${loss.name} takes probabilities, and ${activation} gives other numbers.`,
        evidence: [said],
        ...(fix && { fix }),
      };
    }
  },
};

/** Whether a program is written for a Keras before 2.3: there `accuracy` beside binary_crossentropy counts each column by itself. */
function isOfFormerKeras({ source }: Program): boolean {
  return (
    /np_utils|nb_(epoch|words)|predict_classes|border_mode|keras\.layers\.(core|recurrent|convolutional)/.test(
      source,
    ) && !/tensorflow\.keras|tf\.keras/.test(source)
  );
}

/** Whether a network's own loss is never computed, as that of a generator, which is trained within another network. */
function isTrainedWithin(program: Program, { value, fits, lessons, uses }: KerasModel): boolean {
  return (
    fits.length + lessons.length === 0 &&
    uses.every(({ kind }) => kind === 'predict') &&
    kerasOf(program).models.some(
      (other) => other.value !== value && other.fits.length > 0 && !isLoaded(other.value),
    )
  );
}

/** Whether a layer has as many units as there are words, signs or notes, which are more than two. */
function isOfManyWords({ span }: KerasLayer): boolean {
  return /Dense\(\s*(units\s*=\s*)?(len\(\s*\w*(chars|words|vocab|tokens|notes)\w*\s*\)|\w*(vocab|words|tokens|chars)\w*)\s*[,)]/i.test(
    span?.text ?? '',
  );
}

/** Whether it is read from a file: that is the network itself of an earlier run, and none around it. */
function isLoaded(model: Datum): boolean {
  return isValue(model) && foreignCall(model)?.name.endsWith('load_model') === true;
}

/** Whether targets are pictures, or what the network itself predicted with some of it changed. */
function isOfNumbers({ targets: { set, shape, scale, targets }, y }: Taught): boolean {
  const arePictures =
    targets === undefined &&
    shape?.length === 4 &&
    (scale === 'unit' || scale === 'bytes') &&
    set !== undefined;
  return arePictures || (isValue(y) && y.made.kind === 'operation' && y.made.name === 'predict');
}

/** Whether labels are columns of which one holds; made-up ones say nothing. */
function isChoice({ targets, isRandom }: Taught['targets']): boolean {
  return targets?.kind === 'one-hot' && isRandom !== true;
}
