import { foreignCall, isValue, kerasOf } from '@tensormark/frameworks';
import type { Called, Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { places } from '../../ask/places.js';

const BEGINNING = `
from keras.preprocessing.text import Tokenizer
from keras.preprocessing.sequence import pad_sequences
from keras.models import Sequential
from keras.layers import Dense, Embedding, GlobalAveragePooling1D
from data import texts, labels, others
words = Tokenizer(num_words=1000)
words.fit_on_texts(texts)
x = pad_sequences(words.texts_to_sequences(texts), maxlen=50)
model = Sequential([Embedding(1000, 16), GlobalAveragePooling1D(), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
`;

export const vocabularyApart: Check = {
  id: 'vocabulary-apart',
  title: 'Words that are numbered anew for other texts',
  severity: 'warning',
  why: 'A Tokenizer numbers words by how often they come in what it is fitted to. The network has learned what its rows of the Embedding mean by the first numbers: with others it reads other words.',
  instead: 'Fit one Tokenizer to the texts that are learned from, and use it for all others as it is.',
  needs:
    'A network that learns from what one Tokenizer made, and is given what another made, or the same after it was fitted again.',
  wrong: [
    `${BEGINNING}
model.fit(x, labels, epochs=3)
again = Tokenizer(num_words=1000)
again.fit_on_texts(others)  # <--
print(model.predict(pad_sequences(again.texts_to_sequences(others), maxlen=50)))
`,
    `${BEGINNING}
words.fit_on_texts(others)  # <--
kept = pad_sequences(words.texts_to_sequences(others), maxlen=50)
model.fit(x, labels, epochs=3)
print(model.predict(kept))
`,
  ],
  right: [
    `${BEGINNING}
model.fit(x, labels, epochs=3)
print(model.predict(pad_sequences(words.texts_to_sequences(others), maxlen=50)))
`,
    `
from keras.preprocessing.text import Tokenizer
from keras.preprocessing.sequence import pad_sequences
from data import texts, others
words = Tokenizer()
words.fit_on_texts(texts)
words.fit_on_texts(others)
x, kept = pad_sequences(words.texts_to_sequences(texts)), pad_sequences(words.texts_to_sequences(others))
`,
  ],
  *run(program) {
    if (!program.source.includes('fit_on_texts')) return;
    const fits = callsNamed(program, 'fit_on_texts');
    const said = new Set<Called>();
    for (const model of kerasOf(program).models)
      for (const { x, validation, moment } of model.fits) {
        for (const [first, given] of [validation?.x, ...model.uses.map((use) => use.x)].flatMap((other) =>
          beside(x, other),
        )) {
          const [learned, other] = [numberedBy(first), numberedBy(given)];
          if (learned === undefined || other === undefined) continue;
          const again =
            other.by === learned.by
              ? fits.find(
                  (fit) =>
                    fit.args.positional[0] === other.by &&
                    fit.moment.at > learned.call.moment.at &&
                    fit.moment.at < other.call.moment.at,
                )
              : isMadeHere(other.by) && isMadeHere(learned.by)
                ? fits.find(({ args }) => args.positional[0] === other.by)
                : undefined;
          if (again?.moment.span === undefined || said.has(again)) continue;
          said.add(again);
          yield {
            at: again.moment.span,
            message: 'The words are numbered by other texts than those that the network learns from.',
            evidence: [
              places(['the texts learned from', learned.call.moment.span], ['trained here', moment.span]),
            ],
          };
        }
      }

    function numberedBy(datum: Datum | undefined): { readonly by: Value; readonly call: Called } | undefined {
      let current = datum;
      for (let depth = 0; depth < 20 && isValue(current) && current.made.kind === 'operation'; depth++) {
        const value: Value = current;
        if (value.made.kind === 'operation' && value.made.name === 'texts_to_sequences') {
          const [by] = value.made.args.positional;
          const call = callsNamed(program, 'texts_to_sequences').find(({ result }) => result === value);
          return isValue(by) && call !== undefined ? { by, call } : undefined;
        }
        current = value.inputs.find(
          (input) => foreignCall(input) !== undefined || input.made.kind === 'operation',
        );
      }
      return undefined;
    }
  },
};

/** What goes into each input, here and there. */
function beside(
  one: Datum | undefined,
  other: Datum | undefined,
): (readonly [Datum | undefined, Datum | undefined])[] {
  return Array.isArray(one) && Array.isArray(other)
    ? one.map((part: Datum, at) => [part, other[at]] as const)
    : [[one, other]];
}

function isMadeHere(by: Value): boolean {
  return /(^|\.)Tokenizer$/.test(foreignCall(by)?.name ?? '');
}
