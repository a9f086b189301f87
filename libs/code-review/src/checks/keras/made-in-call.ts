import { foreignCall, isCertain, layerOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { classesOf, functionsAround, holds, statementsOf } from '../../ask/tree.js';
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
  ],
  right: [
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
    if (!/\bdef call\b/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { result, moment } of eventsOf(program, 'call')) {
      const at = moment.span;
      if (at === undefined || seen.has(at.start) || moment.activation?.name !== 'call') continue;
      const type = layerOf(result)?.type ?? '';
      const isVariable = /^tensorflow\.Variable$/.test(foreignCall(result)?.name ?? '');
      if ((!LEARNS.test(type) && !isVariable) || !isCertain(moment)) continue;
      const around = functionsAround(program, at).at(-1);
      const owner = classesOf(program).find(({ span }) => holds(span, at));
      if (around?.name !== 'call' || around.parameters[0]?.name !== 'self' || owner === undefined) continue;
      if (!owner.bases.some(({ span }) => /(^|\.)(Model|Layer)$/.test(span.text))) continue;
      const isGuarded = statementsOf(program).some(
        ({ kind, span }) => (kind === 'If' || kind === 'Try') && holds(around.span, span) && holds(span, at),
      );
      if (isGuarded) continue;
      seen.add(at.start);
      yield {
        at,
        message: `This ${isVariable ? 'variable' : `${type} layer`} is made anew in every call, so it never learns.`,
        evidence: [],
      };
    }
  },
};
