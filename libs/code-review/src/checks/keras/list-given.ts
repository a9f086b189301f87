import { arrayFacts, foreignCall, isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { layersOf } from '../../ask/keras.js';
import { places, spanOf } from '../../ask/places.js';

export const listGiven: Check = {
  id: 'list-given',
  title: 'Lists where arrays are taken',
  severity: 'design',
  why: 'A list is one array for each input of a network: Keras takes nested lists of numbers for as many inputs as there are rows, and refuses them; only some versions turn them into an array.',
  instead: 'Give fit NumPy arrays: np.array(x).',
  needs: 'fit of a network with one input, on what tolist() gave.',
  wrong: [
    `
from keras.datasets import imdb
from keras.layers import Dense, Embedding, LSTM
from keras.models import Sequential
(x_train, y_train), (x_test, y_test) = imdb.load_data(num_words=5000)
model = Sequential([Embedding(5000, 32), LSTM(64), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x_train, y_train, epochs=3, batch_size=64)  # <--
`,
    `
from keras.layers import LSTM, Dense
from keras.models import Sequential
model = Sequential()
model.add(LSTM(8, input_shape=(None, 1)))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit([[[1], [2]], [[3], [4], [5]], [[6]]], [2, 5, 6], epochs=100)  # <--
`,
    `
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense
table = pd.read_csv('rocks.csv').values
x = (table[:, 0:60] / 100).tolist()
y = table[:, 60].tolist()
model = Sequential([Dense(5, input_dim=60, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=20)  # <--
`,
    `
import tensorflow as tf
from data import x, y, x_kept, y_kept
model = tf.keras.Sequential()
model.add(tf.keras.layers.Dense(5, input_dim=60, activation='relu'))
model.add(tf.keras.layers.Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=20, validation_data=[x_kept, y_kept])  # <--
`,
  ],
  right: [
    `
from keras.layers import LSTM, Dense, Embedding
from keras.models import Sequential
from keras.preprocessing.sequence import pad_sequences
model = Sequential([Embedding(10, 4), LSTM(8), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(pad_sequences([[1, 2], [3, 4, 5], [6]]), [0, 1, 1], epochs=100)
`,
    `
import numpy as np
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense
table = pd.read_csv('rocks.csv').values
x = np.array((table[:, 0:60] / 100).tolist())
y = table[:, 60]
model = Sequential([Dense(5, input_dim=60, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=20)
`,
  ],
  *run(program) {
    for (const { network, fits } of kerasOf(program).models)
      for (const { x, moment } of fits) {
        if (moment.span === undefined || network === undefined || network.outputs !== undefined || !isList(x))
          continue;
        yield {
          at: moment.span,
          message: 'The examples are a list of lists, and the network takes one array.',
          evidence: [places(['the list', spanOf(x)])],
        };
      }
    for (const { network, fits } of kerasOf(program).models)
      for (const { x, moment } of fits) {
        if (moment.span === undefined || network === undefined) continue;
        if (!isRagged(x) && !isSequences(x) && !isOfTexts(x)) continue;
        yield {
          at: moment.span,
          message:
            'The examples are sequences of several lengths, of which no array is made: pad_sequences makes them alike.',
          severity: 'error',
          evidence: [],
        };
      }
    yield* unpadded(program);
    if (!/\btensorflow\b/.test(program.source)) return;
    for (const { network, fits } of kerasOf(program).models)
      for (const { moment, call } of fits) {
        const given = call.args.named.get('validation_data');
        const isPair = Array.isArray(given) && given.length === 2;
        if (moment.span === undefined || network?.input === undefined || !isPair) continue;
        if (network.outputs !== undefined || !/validation_data\s*=\s*\[/.test(moment.span.text)) continue;
        yield {
          at: moment.span,
          message:
            'TensorFlow 2.0 to 2.15 takes a list as validation_data for two inputs, and judges nothing by it or raises an error: give a tuple.',
          evidence: [],
        };
      }
  },
};

function isList(datum: Datum | undefined): boolean {
  return isValue(datum) && datum.made.kind === 'operation' && datum.made.name === 'tolist';
}

/** A list of lists of other lengths. */
function isRagged(datum: Datum | undefined): boolean {
  if (!Array.isArray(datum) || datum.length < 2) return false;
  const lengths = datum.map((one: Datum) => (Array.isArray(one) ? one.length : undefined));
  return !lengths.includes(undefined) && new Set(lengths).size > 1;
}

/** The reviews or newswires of Keras as they are loaded: a list of numbers each, of any length. */
function isOfTexts(datum: Datum | undefined): boolean {
  const { set, shape } = arrayFacts(datum);
  return set?.isX === true && set.of.example.length === 0 && shape?.length === 1;
}

/** Sequences as a tokenizer gives them, for a network of one length that learned from padded ones. */
function* unpadded(program: Program): Generator<Found> {
  if (!program.source.includes('pad_sequences')) return;
  for (const { network, fits, uses } of kerasOf(program).models)
    for (const { x, moment, call } of uses) {
      const fit = fits.findLast((one) => one.moment.at < moment.at);
      const [first] = network === undefined ? [] : layersOf(network);
      const steps = first?.layer?.type === 'Embedding' ? first.shape?.[0] : undefined;
      if (fit === undefined || network === undefined || steps === undefined) continue;
      if (moment.span === undefined || !isSequences(x) || !comesOfPadding(fit.x)) continue;
      if (!layersOf(network).some(({ layer }) => layer?.type === 'Flatten')) continue;
      yield {
        at: moment.span,
        message: `${call.name} is given sequences as long as their texts, and the network takes ${steps} numbers: pad_sequences is left out.`,
        severity: 'error',
        evidence: [places(['learned from', fit.moment.span])],
      };
    }
}

/** `tokenizer.texts_to_sequences(texts)`, also as an array. */
function isSequences(datum: Datum | undefined): boolean {
  if (!isValue(datum) || datum.made.kind !== 'operation') return false;
  const { name, args }: Extract<Value['made'], { readonly kind: 'operation' }> = datum.made;
  if (name === 'texts_to_sequences') return true;
  return /^(array|asarray)$/.test(name) && isSequences(args.positional[0]);
}

function comesOfPadding(datum: Datum | undefined): boolean {
  return isValue(datum) && comesOf(datum, (value) => /\bpad_sequences$/.test(foreignCall(value)?.name ?? ''));
}
