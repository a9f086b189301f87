import {
  eachNode,
  isCertain,
  isValue,
  kerasOf,
  lossOf,
  predictionOf,
  REGRESSION,
} from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { callsOfUnknown } from '../../ask/events.js';
import { graphCall } from '../../ask/graphs.js';
import { places, spanOf } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';
import { definitionOf } from './own-loss.js';

/** What a network gives in the place of the targets. */
export const lossArgumentsInKeras: KerasPart = {
  why: 'Losses of Keras take the targets first and what the network gives second; the other way round cross entropy takes logarithms of the labels.',
  instead: 'Write loss(y_true, y_pred).',
  wrong: [
    `
from tensorflow.keras import backend as K
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense
def policy(y_pred, y_true):  # <--
    return -K.sum(y_true * K.log(y_pred + 1e-8), axis=-1)
model = Sequential([Dense(64, activation='relu'), Dense(2, activation='softmax')])
model.compile(loss=policy, optimizer='adam')
`,
    `
import tensorflow as tf
from data import batches
model = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(10)])
optimizer = tf.keras.optimizers.Adam()
loss_of = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
for x, y in batches:
    with tf.GradientTape() as tape:
        scores = model(x)
        loss = loss_of(scores, y)  # <--
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
    `
from tensorflow.keras import backend as K
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense
def weighted(y_true, y_pred):
    return 0.5 * K.categorical_crossentropy(y_pred, y_true)  # <--
model = Sequential([Dense(64, activation='relu'), Dense(10, activation='softmax')])
model.compile(loss=weighted, optimizer='adam')
`,
    `
import tensorflow as tf
from keras.backend import categorical_crossentropy
x = tf.placeholder(tf.float32, [None, 30])
y = tf.placeholder(tf.float32, [None, 4])
scores = tf.layers.dense(x, 4)
loss = tf.reduce_mean(categorical_crossentropy(tf.nn.softmax(scores), y))  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
from keras.backend import categorical_crossentropy
x = tf.placeholder(tf.float32, [None, 30])
y = tf.placeholder(tf.float32, [None, 4])
scores = tf.layers.dense(x, 4)
loss = tf.reduce_mean(categorical_crossentropy(y, tf.nn.softmax(scores)))
`,
    `
from tensorflow.keras import backend as K
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense
def squares(y_pred, y_true):
    return K.mean(K.square(y_pred - y_true))
model = Sequential([Dense(64, activation='relu'), Dense(1)])
model.compile(loss=squares, optimizer='adam')
`,
    `
from tensorflow.keras import backend as K
from tensorflow.keras.losses import binary_crossentropy
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense
def both(y_true, y_pred):
    y_true, y_pred = y_pred, y_true
    return K.binary_crossentropy(y_pred, y_true)
def weighted(y_true, y_pred):
    return binary_crossentropy(y_true, y_pred) + K.binary_crossentropy(target=y_true, output=y_pred)
def either(y_true, y_pred):
    return K.mean(K.square(y_pred - y_true)) + K.binary_crossentropy(y_true, y_pred)
for loss in (both, weighted, either):
    model = Sequential([Dense(64, activation='relu'), Dense(1, activation='sigmoid')])
    model.compile(loss=loss, optimizer='adam')
`,
    `
from keras import backend as K
from keras.models import Sequential
from keras.layers import Dense
def own(y_true, y_pred):
    return K.mean(K.binary_crossentropy(y_pred, y_true))
model = Sequential([Dense(64, activation='relu', input_dim=4), Dense(1, activation='sigmoid')])
model.compile(loss=own, optimizer='adam')
model.fit(x, y, nb_epoch=20)
`,
    `
import tensorflow as tf
from data import batches
model = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(10)])
optimizer = tf.keras.optimizers.Adam()
loss_of = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
for x, y in batches:
    with tf.GradientTape() as tape:
        scores = model(x)
        loss = loss_of(y, scores)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!/losses|[Cc]rossentropy|\blog\(/.test(program.source)) return;
    yield* inOwnLosses(program);
    const said = new Set<number>();
    for (const { args, moment, result } of callsOfUnknown(program)) {
      const at = moment.span;
      if (at === undefined || said.has(at.start) || !isValue(result) || result.made.kind !== 'operation')
        continue;
      const [callee] = result.made.args.positional;
      const loss = lossOf(callee);
      const given = result.made.args.positional.slice(1);
      const [first, second] = given;
      if (loss === undefined || given.length < 2 || args.named.has('y_true')) continue;
      const isTurned =
        predictionOf(program, first) !== undefined
          ? predictionOf(program, second) === undefined
          : CHANCES.test(graphCall(first)?.name ?? '') && graphCall(second)?.name === 'placeholder';
      if (!isTurned || BEFORE_2.test(program.source)) continue;
      if (REGRESSION.has(loss.name) || !loss.name.endsWith('crossentropy')) continue;
      said.add(at.start);
      yield {
        at,
        message: `${loss.name} is given what the network gives first, and the targets second.`,
        evidence: [places(['what the network gives', spanOf(first)])],
      };
    }
  },
};

const CHANCES = /^(nn\.)?(softmax|sigmoid)$/;
const ENTROPY = /^(?:[\w.]+\.)?(?:(?:sparse_)?categorical|binary)_crossentropy$/;
/** Marks of Keras before 2, whose back end took what the network gives first. */
const BEFORE_2 =
  /nb_epoch|border_mode|nb_filter|Convolution[12]D|samples_per_epoch|output_dim=|keras\.objectives/;

/** The same within a function of the program that `compile` is given: it has the targets first too. */
function* inOwnLosses(program: Program): Generator<Found> {
  if (BEFORE_2.test(program.source)) return;
  const seen = new Set<tree.FunctionDefinition>();
  for (const { compiles } of kerasOf(program).models)
    for (const { lossGiven, moment } of compiles) {
      const definition = isCertain(moment) ? definitionOf(program, lossGiven) : undefined;
      if (definition === undefined || seen.has(definition)) continue;
      seen.add(definition);
      const named = namedTurned(definition);
      if (named !== undefined)
        yield {
          at: named,
          message:
            'Keras gives a loss the targets first, and this one calls its first argument the predictions.',
          evidence: [places(['the loss is given here', moment.span])],
        };
      const at = turnedRound(definition);
      if (at !== undefined)
        yield {
          at,
          message: 'The cross entropy is given what the network gives first, and the targets second.',
          evidence: [places(['the loss is given here', moment.span])],
        };
    }
}

/** The head of a loss that names its two arguments the other way round, and does not do the same with both. */
function namedTurned({ nameSpan, parameters, span }: tree.FunctionDefinition): Span | undefined {
  const [first, second] = parameters.map(({ name }) => name).filter((name) => name !== 'self');
  const isTurned = /^y_?pred(icted|s)?$/i.test(first ?? '') && /^y_?true$/i.test(second ?? '');
  return isTurned && /\blog\(|crossentropy|cross_entropy/.test(span.text) ? nameSpan : undefined;
}

/** A cross entropy that is given the two arguments of a loss the other way round, as they came in. */
function turnedRound({ body, parameters }: tree.FunctionDefinition): Span | undefined {
  const [wanted, given] = parameters.map(({ name }) => name);
  let found: Span | undefined;
  let isBound = false;
  eachNode(body, (node) => {
    if (node.kind === 'Assign' || node.kind === 'FunctionDef')
      isBound ||=
        node.kind === 'FunctionDef' || node.targets.some(({ kind }) => kind === 'Tuple' || kind === 'List');
    if (node.kind !== 'Call' || !ENTROPY.test(node.callee.span.text)) return;
    const [first, second] = node.args;
    if (first?.kind === 'Name' && second?.kind === 'Name' && first.id === given && second.id === wanted)
      found ??= node.span;
  });
  return isBound ? undefined : found;
}
