import { eachNode, foreignName, isCertain, isLinear, isRecurrent, kerasOf } from '@tensormark/frameworks';
import type { KerasLayer, KerasNetwork, Program, Step } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { flatIn, isFlatName } from '../../ask/flat.js';
import { isSurelyBuilt, layersOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import { definitionOf } from './own-loss.js';

export const layerFlat: Check = {
  id: 'layer-flat',
  title: 'A step of the network that has no gradient',
  severity: 'error',
  why: 'argmax, rounding and comparisons are flat: no gradient comes back through them, and nothing before them learns.',
  instead:
    'Let the network give the probabilities themselves, and take the argmax of what predict gives, outside of it.',
  needs:
    'A Lambda of argmax, rounding or a comparison that a layer with weights comes before, in a network that is trained.',
  wrong: [
    `
import tensorflow as tf
from tensorflow.keras.layers import Input, Dense, Lambda
from tensorflow.keras.models import Model
given = Input((8,))
scores = Dense(3)(given)
chosen = Lambda(lambda q: tf.argmax(q, -1))(scores)  # <--
model = Model(given, chosen)
model.compile('sgd', loss='mae')
model.fit(x, y, epochs=30)
`,
    `
from keras import backend as K
from keras.layers import Dense, Lambda
from keras.models import Sequential
model = Sequential()
model.add(Dense(16, activation='relu', input_dim=8))
model.add(Lambda(K.round))  # <--
model.add(Dense(1, activation='sigmoid'))
model.compile('adam', loss='binary_crossentropy')
model.fit(x, y, epochs=30)
`,
    // A posted fragment imports nothing.
    `
given = Input(shape=(20,))
words = Dense(500, activation='softmax')(LSTM(64)(Embedding(500, 32)(given)))
chosen = Lambda(K.argmax, arguments={'axis': -1})(words)  # <--
model = Model(given, Dense(9)(chosen))
model.compile(optimizer='rmsprop', loss='mse')
`,
    `
import tensorflow as tf
from data import pictures, kinds
start = tf.keras.Input(shape=(20,))
chances = tf.keras.layers.Dense(6, activation='softmax')(start)
kind = tf.math.argmax(input=chances, axis=1)  # <--
model = tf.keras.Model(inputs=start, outputs=tf.cast(kind, tf.float32))
model.compile(optimizer='sgd', loss='mse')
model.fit(pictures, kinds, epochs=30)
`,
  ],
  right: [
    `
import tensorflow as tf
from data import pictures, kinds
start = tf.keras.Input(shape=(20,))
chances = tf.keras.layers.Dense(6, activation='softmax')(tf.cast(start, tf.float32))
model = tf.keras.Model(inputs=start, outputs=chances)
model.compile(optimizer='sgd', loss='sparse_categorical_crossentropy')
model.fit(pictures, kinds, epochs=30)
which = tf.keras.Model(inputs=start, outputs=tf.math.argmax(chances, axis=1))
`,
    `
from keras import backend as K
from keras.layers import Dense, Lambda
from keras.models import Sequential
model = Sequential()
model.add(Lambda(lambda x: K.round(x * 255), input_shape=(8,)))
model.add(Dense(16, activation='relu'))
model.add(Lambda(lambda x: x * K.cast(K.greater(x, 0.5), 'float32')))
model.add(Dense(1, activation='sigmoid'))
model.compile('adam', loss='binary_crossentropy')
model.fit(x, y, epochs=30)
`,
  ],
  *run(program) {
    if (!/Lambda|\b(tf|K|ops)\.(math\.)?(arg(max|min)|round|sign|floor|ceil)\(/.test(program.source)) return;
    const said = new Set<number>();
    for (const { network, compiles, fits } of kerasOf(program).models) {
      const isLearned = [...compiles, ...fits].some(({ moment }) => isCertain(moment));
      if (network === undefined || !isLearned || !isSurelyBuilt(network)) continue;
      for (const { step, before } of lambdasIn(network)) {
        const at = step.layer && flatLayer(program, step.layer);
        if (at === undefined || said.has(at.start)) continue;
        said.add(at.start);
        yield {
          at,
          message: 'No gradient comes back through this step: the layers before it learn nothing.',
          evidence: [places(['a layer before it', before.span], ['the network', network.span])],
        };
      }
    }
  },
};

/** The Lambdas of a network that a layer with weights comes before. */
function lambdasIn(network: KerasNetwork): { readonly step: Step; readonly before: KerasLayer }[] {
  let before: KerasLayer | undefined;
  const found: { readonly step: Step; readonly before: KerasLayer }[] = [];
  for (const step of layersOf(network)) {
    const { layer } = step;
    if (layer === undefined) continue;
    if (layer.type === 'Lambda' && before !== undefined) found.push({ step, before });
    if (isLinear(layer) || isRecurrent(layer)) before = layer;
  }
  return found;
}

function flatLayer(program: Program, { args, span }: KerasLayer): Span | undefined {
  const given = args.positional[0] ?? args.named.get('function');
  if (isFlatName(typeof given === 'string' ? given : (foreignName(given) ?? ''))) return span;
  const definition = definitionOf(program, given) ?? (span && lambdaAt(program, span));
  return definition && flatIn(program, definition, 0) && span;
}

/** The one lambda that stands within a place. */
function lambdaAt({ body }: Program, within: Span): tree.Lambda | undefined {
  const found: tree.Lambda[] = [];
  eachNode(body, (node) => {
    if (node.kind === 'Lambda' && node.span.start >= within.start && node.span.end <= within.end)
      found.push(node);
  });
  return found.length === 1 ? found[0] : undefined;
}
