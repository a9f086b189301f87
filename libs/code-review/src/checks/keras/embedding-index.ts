import { isValue, kerasCall, kerasOf } from '@tensormark/frameworks';
import type { ArrayFacts, Datum, KerasLayer, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { layersMade } from '../../ask/keras-calls.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** An index beyond the table that is looked up in. */
export const embeddingIndexInKeras: KerasPart = {
  wrong: [
    `
from keras.datasets import imdb
from keras.models import Sequential
from keras.layers import Embedding, LSTM, Dense
from keras.preprocessing.sequence import pad_sequences
(x, y), _ = imdb.load_data(num_words=10000)
x = pad_sequences(x, maxlen=100)
model = Sequential([
    Embedding(5000, 32),  # <--
    LSTM(32),
    Dense(1, activation='sigmoid'),
])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=3)
`,
    `
from keras.preprocessing.text import Tokenizer
from keras.models import Sequential
from keras.layers import Embedding, LSTM, Dense
from data import texts
tokenizer = Tokenizer()
tokenizer.fit_on_texts(texts)
x = tokenizer.texts_to_sequences(texts)
words = len(tokenizer.word_index)  # <--
model = Sequential([Embedding(words, 32), LSTM(32), Dense(1, activation='sigmoid')])
`,
    `
from keras.datasets import imdb
from keras.models import Sequential
from keras.layers import Embedding, LSTM, Dense
from keras.preprocessing.sequence import pad_sequences
from sklearn.preprocessing import StandardScaler
(x, y), _ = imdb.load_data(num_words=10000)
x = StandardScaler().fit_transform(pad_sequences(x, maxlen=100))  # <--
model = Sequential([Embedding(10000, 32), LSTM(32), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=3)
`,
    `
import numpy as np
from tensorflow.keras.layers import Embedding, Input
from tensorflow.keras.models import Model
numbers = Input(shape=(3,))
found = Embedding(5, 2)(numbers)  # <--
model = Model(numbers, found)
print(model.predict(np.array([[5, 3, 1], [1, 2, 3]])))
`,
  ],
  right: [
    `
from keras.datasets import imdb
from keras.models import Sequential
from keras.layers import Embedding, LSTM, Dense
from keras.preprocessing.sequence import pad_sequences
(x, y), _ = imdb.load_data(num_words=10000)
x = pad_sequences(x, maxlen=100)
model = Sequential([Embedding(10000, 32), LSTM(32), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=3)
`,
    `
from keras.preprocessing.text import Tokenizer
from keras.models import Sequential
from keras.layers import Embedding, LSTM, Dense
from data import texts
tokenizer = Tokenizer()
tokenizer.fit_on_texts(texts)
x = tokenizer.texts_to_sequences(texts)
words = len(tokenizer.word_index) + 1
model = Sequential([Embedding(words, 32), LSTM(32), Dense(1, activation='sigmoid')])
`,
    `
import numpy as np
from tensorflow.keras.layers import Embedding, Input
from tensorflow.keras.models import Model
numbers = Input(shape=(3,))
found = Embedding(6, 2)(numbers)
model = Model(numbers, found)
print(model.predict(np.array([[5, 3, 1], [1, 2, 3]])))
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* oneRowShort(program);
    for (const { network, fits, uses } of kerasOf(program).models) {
      const layer = network?.steps[0]?.layer;
      if (layer?.type !== 'Embedding' || layer.span === undefined) continue;
      const given = rowsOf(layer);
      const scaled = fits.find(({ inputs }) => isScaled(inputs));
      if (scaled !== undefined) {
        yield {
          at: placeOf(scaled.x) ?? layer.span,
          severity: 'warning',
          why: 'A table is looked up by whole numbers: of 0.3 it takes row 0, so that numbers that were scaled all find the same row or two.',
          instead: 'Give the table the numbers as they are, and scale what does not go into it.',
          message: 'The numbers to look up are scaled: cut to whole ones, hardly any are told apart.',
          evidence: [places(['the table', layer.span], ['looked up here', scaled.moment.span])],
        };
        continue;
      }
      if (typeof given !== 'bigint') continue;
      const asked = [...fits, ...uses].find(({ inputs }) => (largestOf(inputs) ?? -1) >= Number(given));
      if (asked === undefined) continue;
      yield {
        at: layer.span,
        message: `The numbers to look up go up to ${largestOf(asked.inputs)}, and the table has ${given} ${given === 1n ? 'row' : 'rows'}.`,
        evidence: [places(['looked up here', asked.moment.span])],
      };
    }
  },
};

/** Whether they were brought to about 1, by a division or a scaler. */
function isScaled({ scale, elements, isRandom }: ArrayFacts): boolean {
  return (
    (scale === 'unit' || scale === 'signed' || scale === 'standard') &&
    elements === undefined &&
    isRandom !== true
  );
}

function placeOf(x: Datum | undefined): Found['at'] | undefined {
  return isValue(x) && x.made.kind === 'operation' && /^(div|mul|(fit_)?transform)$/.test(x.made.name)
    ? x.span
    : undefined;
}

/** The largest number that is looked up, by what it is said to be less than or by the numbers themselves. */
function largestOf({ vocabulary, elements }: ArrayFacts): number | undefined {
  if (vocabulary !== undefined) return vocabulary - 1;
  return elements?.reduce((largest, element) => Math.max(largest, element), -1);
}

/** How many rows a table has, as it is given. */
function rowsOf({ args }: KerasLayer): Datum | undefined {
  return args.named.get('input_dim') ?? args.positional[0];
}

/** `Embedding(len(tokenizer.word_index), …)`: a tokeniser counts words from 1 on, and the last has no row. */
function* oneRowShort(program: Program): Generator<Found> {
  if (!/texts_to_sequences/.test(program.source)) return;
  const told = new Set<number>();
  for (const { layer } of layersMade(program)) {
    const rows = layer.type === 'Embedding' ? rowsOf(layer) : undefined;
    if (!isValue(rows) || rows.made.kind !== 'operation' || rows.made.name !== 'len') continue;
    const [counted] = rows.made.args.positional;
    if (!isValue(counted) || counted.made.kind !== 'attribute' || counted.made.name !== 'word_index')
      continue;
    const tokenizer = kerasCall(counted.inputs[0]);
    if (tokenizer?.name !== 'Tokenizer' || tokenizer.args.positional.length > 0) continue;
    const at = rows.span ?? layer.span;
    if (tokenizer.args.named.has('num_words') || at === undefined || told.has(at.start)) continue;
    told.add(at.start);
    yield {
      at,
      message:
        'The tokeniser numbers words from 1 on: the last of them is one beyond the table (+ 1 is missing).',
      evidence: [places(['the table', layer.span], ['the tokeniser', tokenizer.value.span])],
    };
  }
}
