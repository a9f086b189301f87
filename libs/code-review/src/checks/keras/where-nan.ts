import { argument, eachNode, isCertain, isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { eachAncestor } from '../../ask/ancestry.js';
import { graphCall, shortName } from '../../ask/graphs.js';
import { lossOf, trainingSteps } from '../../ask/graph-runs.js';
import { places } from '../../ask/places.js';
import { gradientsAsked } from '../../ask/tapes.js';
import { statementsIn, targetsOf } from '../../ask/tree.js';
import { definitionOf } from './own-loss.js';

export const whereNan: Check = {
  id: 'where-nan',
  title: 'A choice with tf.where whose gradient is NaN',
  severity: 'warning',
  why: 'tf.where computes both sides, and the gradient of the side not chosen is multiplied by 0: of x / 0, √0 or log 0 it is infinite, and 0 times infinite is NaN.',
  instead:
    'Choose a harmless number first and compute with it: safe = tf.where(x > 0, x, tf.ones_like(x)), or use tf.math.divide_no_nan.',
  needs:
    'A loss whose tf.where chooses by the very number that its other side divides by or takes the root or log of.',
  wrong: [
    `
import tensorflow as tf
def ratio(y_true, y_pred):
    size = tf.reduce_sum(tf.nn.relu(y_pred), axis=-1)
    return tf.reduce_mean(tf.where(tf.equal(size, 0.0), tf.zeros_like(size), y_true[:, 0] / size))  # <--
model = tf.keras.Sequential([tf.keras.layers.Dense(8, input_shape=(4,), activation='relu'), tf.keras.layers.Dense(3)])
model.compile(loss=ratio, optimizer='adam')
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
y = tf.placeholder(tf.float32, [None, 1])
w = tf.Variable(tf.truncated_normal([4, 1], stddev=0.1))
size = tf.nn.relu(tf.matmul(x, w))
root = tf.where(size > 0, tf.sqrt(size), tf.zeros_like(size))  # <--
loss = tf.reduce_mean(tf.square(root - y))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
`,
    `
import tensorflow as tf
from data import batches
model = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(1, activation='relu')])
optimizer = tf.keras.optimizers.Adam()
for x, y in batches:
    with tf.GradientTape() as tape:
        guess = model(x)
        loss = tf.reduce_mean(tf.where(guess == 0, 0.0, y / guess))  # <--
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
  ],
  right: [
    `
import tensorflow as tf
def ratio(y_true, y_pred):
    size = tf.reduce_sum(tf.nn.relu(y_pred), axis=-1)
    safe = tf.where(tf.equal(size, 0.0), tf.ones_like(size), size)
    return tf.reduce_mean(tf.where(tf.equal(size, 0.0), tf.zeros_like(size), y_true[:, 0] / safe))
def huber(y_true, y_pred):
    error = tf.abs(y_true - y_pred)
    return tf.where(error < 1.0, tf.square(error) / 2.0, error - 0.5)
model = tf.keras.Sequential([tf.keras.layers.Dense(8, input_shape=(4,), activation='relu'), tf.keras.layers.Dense(3)])
model.compile(loss=ratio, optimizer='adam')
model.compile(loss=huber, optimizer='adam')
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
y = tf.placeholder(tf.float32, [None, 1])
w = tf.Variable(tf.truncated_normal([4, 1], stddev=0.1))
size = tf.nn.relu(tf.matmul(x, w))
root = tf.where(size > 0, tf.sqrt(size + 1e-6), tf.zeros_like(size))
loss = tf.reduce_mean(tf.square(root - y))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
hits = tf.where(size > 0, y / size, tf.zeros_like(size))
`,
  ],
  *run(program) {
    if (!/\bwhere\(/.test(program.source)) return;
    for (const model of kerasOf(program).models)
      for (const { lossGiven, moment } of model.compiles) {
        const definition = isCertain(moment) ? definitionOf(program, lossGiven) : undefined;
        const at = definition && whereIn(definition);
        if (at !== undefined)
          yield { at, message: MESSAGE, evidence: [places(['the loss is given here', moment.span])] };
      }
    const said = new Set<number>();
    for (const loss of lossesIn(program)) {
      const at = chosenIn(loss)?.span;
      if (at === undefined || said.has(at.start)) continue;
      said.add(at.start);
      yield { at, message: MESSAGE, evidence: [places(['the loss', loss.span])] };
    }
  },
};

const MESSAGE =
  'Where the other side is chosen, this one is computed of 0 all the same, and its gradient is NaN.';

function lossesIn(program: Program): readonly Value[] {
  return [
    ...trainingSteps(program).map((step) => lossOf(program, step)),
    ...gradientsAsked(program).map(({ target }) => target),
  ].filter((loss) => isValue(loss));
}

/** A `tf.where` that a loss is made of and that chooses by what one of its sides must not be. */
function chosenIn(loss: Value): Value | undefined {
  let found: Value | undefined;
  eachAncestor(loss, (value) => {
    const call = graphCall(value);
    if (found === undefined && call !== undefined && shortName(call) === 'where') {
      const { args } = call;
      const by = argument(args, 'condition', 0);
      const sides = [argument(args, 'x', 1), argument(args, 'y', 2)];
      if (sides.some((side) => isMadeOfIt(by, badAt0(side)))) found = value;
    }
    return found === undefined;
  });
  return found;
}

/** Whether a condition compares a number, itself, with 0. */
function isMadeOfIt(condition: Datum | undefined, of: Datum | undefined): boolean {
  if (!isValue(condition) || of === undefined || condition.made.kind !== 'operation') return false;
  const args = (graphCall(condition) ?? condition.made).args.positional;
  return args.includes(of) && args.some((one) => one === 0 || one === 0n);
}

/** What a side divides by, or takes the root or the log of. */
function badAt0(side: Datum | undefined): Datum | undefined {
  if (!isValue(side) || side.made.kind !== 'operation') return undefined;
  const call = graphCall(side);
  if (call !== undefined)
    return /^(sqrt|log|rsqrt)$/.test(shortName(call))
      ? argument(call.args, 'x', 0)
      : /^(divide|truediv|div)$/.test(shortName(call))
        ? argument(call.args, 'y', 1)
        : undefined;
  return side.made.name === 'div' ? side.made.args.positional[1] : undefined;
}

/** The same in a function that is not run, by its words. */
function whereIn({ body }: tree.FunctionDefinition): Span | undefined {
  const words = new Map<string, string>();
  for (const one of statementsIn(body))
    if (one.kind === 'Assign') for (const name of targetsOf(one)) words.set(name, one.value.span.text);
  let found: Span | undefined;
  eachNode(body, (node) => {
    if (node.kind !== 'Call' || !/^(tf|K|tensorflow|ops|backend)\.where$/.test(node.callee.span.text)) return;
    const [condition, ...sides] = node.args.map(({ span }) => span.text);
    const by = condition === undefined ? '' : (words.get(condition) ?? condition);
    if (!/(?<![\w.])0(\.0*)?(?![\w.])/.test(by)) return;
    for (const side of sides.slice(0, 2)) {
      const given = /(?:\/\s*|\b(?:sqrt|log)\()([A-Za-z_]\w*)(?=\s*(?:$|\)))/.exec(
        words.get(side) ?? side,
      )?.[1];
      if (given !== undefined && new RegExp(String.raw`\b${given}\b`).test(by)) found ??= node.span;
    }
  });
  return found;
}
