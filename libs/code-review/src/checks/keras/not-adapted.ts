import { handedOn, isValue, kerasCall, kerasOf } from '@tensormark/frameworks';
import type { KerasModel, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { applications } from '../../ask/keras-calls.js';
import { callsNamed, callsOfUnknown } from '../../ask/events.js';
import { places } from '../../ask/places.js';

const BEGINNING = `
import tensorflow as tf
from data import texts, labels
words = tf.keras.layers.TextVectorization(max_tokens=5000, output_sequence_length=80)
`;
const ENDING = `
model = tf.keras.Sequential([tf.keras.layers.Embedding(5000, 16), tf.keras.layers.GlobalAveragePooling1D(), tf.keras.layers.Dense(1)])
model.compile(loss=tf.keras.losses.BinaryCrossentropy(from_logits=True), optimizer='adam')
`;

/** Layers that learn their table from data, and under which argument they are given one instead. */
const TABLES: Readonly<Record<string, RegExp>> = {
  TextVectorization: /^vocabulary$/,
  StringLookup: /^vocabulary$/,
  IntegerLookup: /^vocabulary$/,
  Normalization: /^(mean|variance)$/,
  Discretization: /^bin_boundaries$/,
};

export const notAdapted: Check = {
  id: 'not-adapted',
  title: 'A preprocessing layer that has seen no data',
  severity: 'error',
  why: 'Such a layer takes its words, or its mean, from the data that adapt is given: without it every word is the unknown one, or an error is raised, and numbers stay as they are.',
  instead: 'Call its adapt on the data that are learned from, before it is used.',
  needs: 'A layer without a table of its own that is used, and whose adapt nothing calls.',
  wrong: [
    `${BEGINNING}
x = words(texts)  # <--
${ENDING}
model.fit(x, labels, epochs=3)
`,
  ],
  right: [
    `${BEGINNING}
from team import prepare
prepare(words, texts)
x = words(texts)
${ENDING}
model.fit(x, labels, epochs=3)
`,
    `${BEGINNING}
words.adapt(texts)
x = words(texts)
${ENDING}
model.fit(x, labels, epochs=3)
`,
    `
import tensorflow as tf
from data import texts, table
words = tf.keras.layers.TextVectorization(vocabulary=table)
print(words(texts))
`,
    `
from tensorflow import keras
from data import x, y
scaled, other = keras.layers.Normalization(), keras.layers.Normalization()
scaled.adapt(x)
model = keras.Sequential([keras.Input((8,)), scaled, keras.layers.Dense(1)])
given = keras.Input((8,))
shown = keras.Model(given, keras.layers.Dense(1)(other(given)))
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=3)
`,
  ],
  *run(program) {
    if (!/TextVectorization|Lookup|Normalization|Discretization/.test(program.source)) return;
    if (
      /set_vocabulary|load_weights|set_weights|load_assets|from_config|load_own_variables/.test(
        program.source,
      )
    )
      return;
    const adapted = new Set(callsNamed(program, 'adapt').map(({ args }) => args.positional[0]));
    const handed = new Set(callsOfUnknown(program).flatMap(handedOn));
    const said = new Set<unknown>();
    for (const { callee, moment, result } of applications(program)) {
      const layer = kerasCall(callee);
      const table = layer && TABLES[layer.name];
      if (layer === undefined || table === undefined || moment.span === undefined) continue;
      if (adapted.has(callee) || handed.has(callee) || said.has(callee) || layer.args.positional.length > 1)
        continue;
      // Layers that are made in a loop or by a function have other objects each time.
      if (
        callee.span !== undefined &&
        [...adapted].some((one) => isValue(one) && one.span?.start === callee.span?.start)
      )
        continue;
      if ([...layer.args.named.keys()].some((name) => table.test(name))) continue;
      if (isIdle(program, result)) continue;
      said.add(callee);
      yield {
        at: moment.span,
        message: `This ${layer.name} layer is used, and adapt was never called on it.`,
        evidence: [places(['the layer', layer.value.span])],
      };
    }
  },
};

/** Whether the networks that are made of something are neither trained nor asked, where others are. */
function isIdle(program: Program, made: Value): boolean {
  const { models } = kerasOf(program);
  const isRun = ({ fits, lessons, uses }: KerasModel): boolean =>
    fits.length + lessons.length + uses.length > 0;
  const of = models.filter(({ value }) => comesOf(value, (one) => one === made));
  return of.length > 0 && !of.some(isRun) && models.some(isRun);
}
