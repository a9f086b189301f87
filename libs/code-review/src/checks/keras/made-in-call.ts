import { eachNode, foreignCall, isCertain, layerOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { callsOf, classesOf, functionsAround, holds, statementsOf } from '../../ask/tree.js';
import type { KerasPart } from './in-keras.js';

const LEARNS =
  /^(Dense|EinsumDense|(Separable|Depthwise)?Conv[123]D(Transpose)?|Embedding|(CuDNN)?(LSTM|GRU)|SimpleRNN|Bidirectional|BatchNormalization|LayerNormalization|MultiHeadAttention|PReLU)$/;

/** Layers with weights, or variables, that `call` of a class of the program makes. */
export const madeInCallInKeras: KerasPart = {
  why: 'What call makes has new weights each time that the network is called: none of them is kept, so none is learned, and in a compiled function TensorFlow raises an error.',
  instead: 'Make it in __init__ or build, and use it in call.',
  wrong: [
    `
import tensorflow as tf
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.first = tf.keras.layers.Dense(64, activation='relu')
    def call(self, x):
        return tf.keras.layers.Dense(10)(self.first(x))  # <--
model = Net()
`,
    `
import tensorflow as tf
from tensorflow.keras.layers import Layer
class Scale(Layer):
    def call(self, x):
        scale = tf.Variable(tf.ones((8,)))  # <--
        return x * scale
`,
    `
import tensorflow as tf
class Step(tf.keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = tf.keras.layers.Dense(8)
    def call(self, x):
        return self.dense(x)
class Stack(tf.keras.layers.Layer):
    def one(self, x):
        return Step()(x)  # <--
    def call(self, x):
        return self.one(self.one(x))
stack = Stack()
`,
    `
import keras.backend as K
from keras.layers import Dense, Input, Lambda
from keras.models import Model
given = Input((8,))
def scaled(x):
    return x * K.variable(1.0)  # <--
model = Model(given, Dense(3)(Lambda(scaled)(given)))
`,
  ],
  right: [
    `
import keras.backend as K
from keras.layers import Dense, Input, Lambda
from keras.models import Model
given = Input((8,))
def halved(x):
    return x * K.constant(0.5)
model = Model(given, Dense(3)(Lambda(halved)(given)))
`,
    `
import tensorflow as tf
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.first = tf.keras.layers.Dense(64, activation='relu')
        self.last = None
    def call(self, x):
        if self.last is None:
            self.last = tf.keras.layers.Dense(10)
        return tf.keras.layers.Flatten()(self.last(self.first(x)))
model = Net()
`,
  ],
  *run(program: Program): Generator<Found> {
    if (program.source.includes('Lambda(')) yield* madeForLambda(program);
    if (!/\bdef call\b/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { result, moment, name: called } of eventsOf(program, 'call')) {
      // What the __init__ of another class of the program makes is made where that is called.
      const made = moment.activation?.name === '__init__' ? moment.activation : undefined;
      const [at, within] =
        made === undefined ? [moment.span, moment.activation] : [made.calledAt, made.outer];
      const name = within?.name;
      const isIn = name === 'call' || within?.outer?.name === 'call';
      if (at === undefined || seen.has(at.start) || !isIn) continue;
      const type = layerOf(result)?.type ?? '';
      const isVariable =
        /^tensorflow\.Variable$/.test(foreignCall(result)?.name ?? '') || called === 'add_weight';
      if ((!LEARNS.test(type) && !isVariable) || !isCertain(moment)) continue;
      const around = functionsAround(program, at).at(-1);
      const owner = classesOf(program).find(({ span }) => holds(span, at));
      if (around?.name !== name || around?.parameters[0]?.name !== 'self' || owner === undefined) continue;
      if (!isOfKeras(owner)) continue;
      const isGuarded = statementsOf(program).some(
        ({ kind, span }) =>
          (kind === 'If' || kind === 'Try') &&
          holds(owner.span, span) &&
          (holds(span, at) || (name !== 'call' && span.text.includes(`self.${around.name}(`))),
      );
      if (isGuarded) continue;
      seen.add(at.start);
      yield {
        at,
        message: `This ${made !== undefined ? 'layer' : isVariable ? 'variable' : `${type} layer`} is made anew in every call, so it never learns.`,
        evidence: [],
      };
    }
  },
};

const MAKES = new RegExp(String.raw`(^|\.)(Variable|variable|${LEARNS.source.replace(/^\^|\$$/g, '')})$`);

/** Layers with weights, or variables, that the function of a Lambda makes: a Lambda keeps none. */
function* madeForLambda(program: Program): Generator<Found> {
  const said = new Set<number>();
  for (const taken of functionsOfLambdas(program)) {
    let at: Span | undefined;
    eachNode(taken, (node) => {
      if (node.kind === 'Call' && MAKES.test(node.callee.span.text)) at ??= node.span;
    });
    if (at === undefined || said.has(at.start)) continue;
    said.add(at.start);
    yield {
      at,
      message: 'This is made in the function of a Lambda, which keeps no weights: it never learns.',
      evidence: [],
    };
  }
}

/** What Lambdas do: the function that is named, or that the one written there calls. */
function functionsOfLambdas(program: Program): (readonly (tree.Statement | tree.Expression)[])[] {
  const found: (readonly (tree.Statement | tree.Expression)[])[] = [];
  const definitions = statementsOf(program).filter(
    (one): one is tree.FunctionDefinition => one.kind === 'FunctionDef',
  );
  const named = (name: string): void => {
    for (const one of definitions) if (one.name === name) found.push(one.body);
  };
  for (const node of callsOf(program)) {
    if (!/(^|\.)Lambda$/.test(node.callee.span.text)) continue;
    const [given] = node.args;
    if (given?.kind === 'Name') named(given.id);
    if (given?.kind !== 'Lambda') continue;
    found.push([given.body]);
    if (given.body.kind === 'Call' && given.body.callee.kind === 'Name') named(given.body.callee.id);
  }
  return found;
}

function isOfKeras({ bases }: tree.ClassDefinition): boolean {
  return bases.some(({ span }) => /(^|\.)(Model|Layer)$/.test(span.text));
}
