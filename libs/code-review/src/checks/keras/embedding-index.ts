import { isValue, kerasCall, kerasOf } from '@tensormark/frameworks';
import type { Datum, KerasLayer, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { layersOf } from '../../ask/keras.js';
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
  ],
  *run(program: Program): Generator<Found> {
    yield* oneRowShort(program);
    for (const { network, fits } of kerasOf(program).models) {
      const layer = network?.steps[0]?.layer;
      if (layer?.type !== 'Embedding' || layer.span === undefined) continue;
      const given = rowsOf(layer);
      for (const { inputs, moment } of fits) {
        const { vocabulary } = inputs;
        if (typeof given !== 'bigint' || vocabulary === undefined || Number(given) >= vocabulary) continue;
        yield {
          at: layer.span,
          message: `The numbers to look up go up to ${vocabulary - 1}, and the table has ${given} rows.`,
          evidence: [places(['learned from here', moment.span])],
        };
      }
    }
  },
};

/** How many rows a table has, as it is given. */
function rowsOf({ args }: KerasLayer): Datum | undefined {
  return args.named.get('input_dim') ?? args.positional[0];
}

/** `Embedding(len(tokenizer.word_index), …)`: a tokeniser counts words from 1 on, and the last has no row. */
function* oneRowShort(program: Program): Generator<Found> {
  if (!/texts_to_sequences/.test(program.source)) return;
  for (const { network } of kerasOf(program).models)
    for (const { layer } of network === undefined ? [] : layersOf(network)) {
      const rows = layer?.type === 'Embedding' ? rowsOf(layer) : undefined;
      if (!isValue(rows) || rows.made.kind !== 'operation' || rows.made.name !== 'len') continue;
      const [counted] = rows.made.args.positional;
      if (!isValue(counted) || counted.made.kind !== 'attribute' || counted.made.name !== 'word_index')
        continue;
      const tokenizer = kerasCall(counted.inputs[0]);
      if (tokenizer?.name !== 'Tokenizer' || tokenizer.args.positional.length > 0) continue;
      const at = rows.span ?? layer?.span;
      if (tokenizer.args.named.has('num_words') || at === undefined) continue;
      yield {
        at,
        message:
          'The tokeniser numbers words from 1 on: the last of them is one beyond the table (+ 1 is missing).',
        evidence: [places(['the table', layer?.span], ['the tokeniser', tokenizer.value.span])],
      };
    }
}
