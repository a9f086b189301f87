import { eachNode, isCertain, kerasOf } from '@tensormark/frameworks';
import type { Datum, KerasModel, Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { flatIn } from '../../ask/flat.js';
import { headOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import { holds, statementsIn, statementsOf, targetsOf, usesOf } from '../../ask/tree.js';

export const ownLossFlat: Check = {
  id: 'own-loss-flat',
  title: 'A loss of the program’s own that has no gradient',
  severity: 'error',
  why: 'Rounding, argmax and comparisons are flat, and what NumPy computes is not followed: no gradient comes through, and nothing is learned.',
  instead: 'Compute the loss from the probabilities themselves, with functions of Keras or TensorFlow.',
  needs: 'A function of the program’s own that compile is given as the loss.',
  wrong: [
    `
import keras.backend as K
from keras.layers import Dense
from keras.models import Sequential
from readings import x, y
smooth = 1.0
def overlap(one, other):
    return (2 * K.sum(one * other) + smooth) / (K.sum(one) + K.sum(other) + smooth)
def overlap_loss(y_true, y_pred):
    return 1 - overlap(y_true, y_true)  # <--
model = Sequential([Dense(8, input_dim=5, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss=overlap_loss, optimizer='adam')
model.fit(x, y, epochs=20)
`,
    `
import tensorflow as tf
from keras.models import Sequential
from keras.layers import Dense
def missed(y_true, y_pred):
    chosen = tf.round(y_pred)  # <--
    return tf.reduce_mean(tf.abs(y_true - chosen))
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss=missed, optimizer='adam')
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
def rmse(y_true, y_pred):
    return np.sqrt(np.mean(np.square(y_pred - y_true)))  # <--
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1)])
model.compile(loss=rmse, optimizer='adam')
`,
    `
from keras import backend as K
from keras.layers import Dense, Input
from keras.models import Model
given = Input((4,))
code = Dense(3, activation='tanh')(given)
result = Dense(1)(code)
def small(y_true, y_pred):
    return K.mean(K.square(code))  # <--
model = Model(given, result)
model.compile(loss=small, optimizer='adam')
`,
    `
import tensorflow as tf
from tensorflow.keras.layers import Dense
judge = tf.keras.models.load_model('judge.h5')
def judged(y_pred):
    return 1 - judge.predict(y_pred)  # <--
def hard(y_true, y_pred):
    return tf.reduce_mean(judged(y_pred) * tf.square(y_true - y_pred))
model = tf.keras.Sequential([Dense(8, input_shape=(4,), activation='relu'), Dense(1)])
model.compile(loss=hard, optimizer='adam')
`,
    `
import tensorflow as tf
from keras.models import Sequential
from keras.layers import Dense
def masks_apart(y_true, y_pred):
    mask = tf.where(y_pred > 0.5, 1.0, 0.0)  # <--
    return tf.reduce_mean(tf.square(y_true - mask))
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss=masks_apart, optimizer='adam')
`,
    `
import keras.backend as K
from keras.models import Sequential
from keras.layers import Dense
def far(y_true, y_pred):  # <--
    apart = K.abs(y_true - y_pred)
    total = K.mean(K.square(apart) + apart)
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1)])
model.compile(loss=far, optimizer='adam')
`,
  ],
  right: [
    `
from keras import backend as K
from keras.layers import Dense, Input
from keras.models import Model
given = Input((4,))
result = Dense(1)(Dense(8, activation='relu')(given))
def distance(y_true, y_pred):
    return K.mean(K.square(result - y_true))
model = Model(given, result)
model.compile(loss=distance, optimizer='adam')
`,
    `
import numpy as np
import tensorflow as tf
from keras.models import Sequential
from keras.layers import Dense
def huber(y_true, y_pred):
    error = y_true - y_pred
    is_small = tf.abs(error) < 1.0
    return tf.where(is_small, tf.square(error) / 2, tf.abs(error) - 0.5) * np.sqrt(2.0)
def hits(y_true, y_pred):
    return tf.reduce_mean(tf.cast(tf.equal(y_true, tf.round(y_pred)), tf.float32))
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1)])
model.compile(loss=huber, optimizer='adam', metrics=[hits])
`,
    `
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense
judge = tf.keras.models.load_model('judge.h5')
def hard(y_true, y_pred):
    return tf.reduce_mean((1 - judge(y_pred)) * tf.square(y_true - y_pred))
model = tf.keras.Sequential([Dense(8, input_shape=(4,), activation='relu'), Dense(1)])
model.compile(loss=hard, optimizer='adam')
model.fit(np.load('x.npy'), np.load('y.npy'), epochs=20)
print(judge.predict(model.predict(np.load('x.npy'))))
`,
  ],
  *run(program) {
    for (const model of kerasOf(program).models)
      for (const { lossGiven, moment } of model.compiles) {
        const definition = isCertain(moment) ? definitionOf(program, lossGiven) : undefined;
        if (definition === undefined) continue;
        if (!returns(definition)) {
          yield {
            at: definition.nameSpan,
            message: `${definition.name} is given as the loss, and returns nothing.`,
            evidence: [places(['the loss is given here', moment.span])],
          };
          continue;
        }
        const alone = withoutPrediction(program, definition);
        if (alone !== undefined) {
          yield {
            at: alone,
            message: `${definition.name} reads nothing that the network gives, so that no gradient comes of it.`,
            evidence: [places(['the loss is given here', moment.span])],
          };
          continue;
        }
        const asked = predictIn(program, definition);
        if (asked !== undefined) {
          yield {
            at: asked,
            message:
              'predict gives arrays, and is refused inside a loss; call the network itself, as a function.',
            evidence: [places(['the loss is given here', moment.span])],
          };
          continue;
        }
        const flat = flatIn(program, definition, 1);
        const apart = flat === undefined ? lossApart(program, model, definition) : undefined;
        if (apart !== undefined)
          yield {
            at: apart,
            message: 'The loss does not use what the network gives, so that its last layer gets no gradient.',
            evidence: [places(['the loss is given here', moment.span])],
          };
        if (flat === undefined) continue;
        yield {
          at: flat.at,
          message: flat.isNumpy
            ? 'NumPy computes with what the network gives: no gradient comes through, where it is not refused outright.'
            : 'Nothing but this rounded or compared value of what the network gives reaches the loss, and it has no gradient.',
          evidence: [places(['the loss is given here', moment.span])],
        };
      }
  },
};

/** Whether a function gives anything, or is not there to be run. */
export function returns({ body }: tree.FunctionDefinition): boolean {
  const all = statementsIn(body);
  return (
    all.some((one) => one.kind === 'Return' || one.kind === 'Raise') ||
    all.every((one) => one.kind === 'Expr' || one.kind === 'Pass')
  );
}

/** The end of a loss that is computed of the targets and of numbers alone; one that says it is none is there for other reasons. */
function withoutPrediction(
  program: Program,
  { body, parameters, name }: tree.FunctionDefinition,
): Span | undefined {
  const [given, predicted, ...more] = parameters.map((one) => one.name);
  if (given === undefined || predicted === undefined || more.length > 0) return undefined;
  if (/add_loss/.test(program.source) || /zero|dummy|fake|none|empty|^no_/i.test(name)) return undefined;
  const statements = statementsIn(body);
  const isRead = usesOf(body, predicted).length > 0;
  const isOther = isRead || readsMore(program, body, [given]);
  const last = statements.findLast((one) => one.kind === 'Return');
  return isOther || last?.value === undefined || !/[a-z]/i.test(last.value.span.text) ? undefined : last.span;
}

/** Whether a function reads anything but what it is given, makes itself, or has from functions that read no more. */
function readsMore(
  program: Program,
  body: readonly tree.Statement[],
  given: readonly string[],
  depth = 0,
): boolean {
  const known = new Set([...given, ...statementsIn(body).flatMap((one) => targetsOf(one))]);
  let isMore = false;
  eachNode(body, (node) => {
    if (node.kind !== 'Name' || known.has(node.id) || OF_FRAMEWORK.test(node.id) || node.id === 'np') return;
    const called = program.body.find(
      (one): one is tree.FunctionDefinition => one.kind === 'FunctionDef' && one.name === node.id,
    );
    const isNumber = program.body.some(
      (one) => one.kind === 'Assign' && one.value.kind === 'Constant' && targetsOf(one).includes(node.id),
    );
    isMore ||=
      !isNumber &&
      (called === undefined ||
        depth > 2 ||
        readsMore(
          program,
          called.body,
          called.parameters.map(({ name }) => name),
          depth + 1,
        ));
  });
  return isMore;
}

/** Where a loss, or a function that it calls, lets a network predict for tensors. */
function predictIn(program: Program, loss: tree.FunctionDefinition): Span | undefined {
  if (!program.source.includes('.predict(') || /run_eagerly|run_functions_eagerly/.test(program.source))
    return undefined;
  const called: tree.FunctionDefinition[] = [loss];
  eachNode(loss.body, (node) => {
    if (node.kind !== 'Call' || node.callee.kind !== 'Name') return;
    const { id } = node.callee;
    called.push(
      ...statementsOf(program).filter(
        (one): one is tree.FunctionDefinition => one.kind === 'FunctionDef' && one.name === id,
      ),
    );
  });
  for (const { body, parameters } of called) {
    const tensors = new Set(parameters.map(({ name }) => name).filter((name) => /^y_|pred|true/.test(name)));
    for (const one of statementsIn(body))
      if (one.kind === 'Assign' && /^(tf|K)\.\w/.test(one.value.span.text))
        for (const name of targetsOf(one)) tensors.add(name);
    let found: Span | undefined;
    eachNode(body, (node) => {
      if (node.kind !== 'Call' || node.callee.kind !== 'Attribute' || node.callee.attribute !== 'predict')
        return;
      const [given] = node.args;
      const names = given === undefined ? [] : (given.span.text.match(/\w+/g) ?? []);
      if (names.some((name) => tensors.has(name))) found ??= node.span;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

const OF_FRAMEWORK = /^(K|tf|keras|tensorflow|backend|ops|losses)(\.|$)/;

/**
 * What a loss gives, where nothing in the function can be what the network gives: it names neither the prediction nor the last layer's
 * result, and calls nothing but functions of Keras and TensorFlow.
 */
function lossApart(
  program: Program,
  { network }: KerasModel,
  { body, parameters }: tree.FunctionDefinition,
): Span | undefined {
  const head = network?.isWhole === true && network.outputs === undefined ? headOf(network) : undefined;
  const last = head?.layer.span;
  const predicted = parameters[1]?.name;
  const [only, ...more] = statementsIn(body);
  if (last === undefined || predicted === undefined || parameters.length !== 2 || more.length > 0)
    return undefined;
  if (only?.kind !== 'Return' || only.value === undefined || /add_loss/.test(program.source))
    return undefined;
  const results = new Set(
    statementsOf(program).flatMap((one) => (holds(one.span, last) ? targetsOf(one) : [])),
  );
  let [isOther, names] = [false, 0];
  eachNode([only], (node) => {
    if (node.kind === 'Call') isOther ||= !OF_FRAMEWORK.test(node.callee.span.text);
    if (node.kind === 'Attribute') isOther ||= !OF_FRAMEWORK.test(node.span.text);
    if (node.kind !== 'Name' || OF_FRAMEWORK.test(node.id)) return;
    isOther ||= node.id === predicted || results.has(node.id);
    names++;
  });
  return isOther || names === 0 || results.size === 0 ? undefined : only.span;
}

const bound = new WeakMap<tree.FunctionDefinition, tree.FunctionDefinition>();

/** A method as it is called on an object: without its first parameter. */
function asBound(definition: tree.FunctionDefinition): tree.FunctionDefinition {
  if (definition.parameters[0]?.name !== 'self') return definition;
  const known = bound.get(definition) ?? { ...definition, parameters: definition.parameters.slice(1) };
  bound.set(definition, known);
  return known;
}

/** The one function of that name. */
export function definitionOf(
  program: Program,
  datum: Datum | undefined,
): tree.FunctionDefinition | undefined {
  if (typeof datum !== 'object' || datum === null || !('kind' in datum) || datum.kind !== 'function')
    return undefined;
  const found = statementsOf(program).filter(
    (node): node is tree.FunctionDefinition => node.kind === 'FunctionDef' && node.name === datum.name,
  );
  const [only] = found;
  return only === undefined || found.length > 1 ? undefined : asBound(only);
}
