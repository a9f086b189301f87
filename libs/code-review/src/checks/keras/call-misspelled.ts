import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { isOfKeras } from '../../ask/keras-classes.js';
import { classesOf, methodOf } from '../../ask/tree.js';
import type { KerasPart } from './in-keras.js';

/** A network or layer of the program's own that puts something else in the place of `call`, or of what calls it. */
export const callMisspelled: KerasPart = {
  why: 'Keras calls a method by the name of call from its own __call__, which makes the weights and hands on training and masks; what replaces __call__ does without all of that.',
  instead: 'Name the method call: def call(self, inputs).',
  wrong: [
    `
import tensorflow as tf
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.last = tf.keras.layers.Dense(3, activation='softmax')
    def __call__(self, x):  # <--
        return self.last(x)
net = Net()
net.compile(optimizer='adam', loss='sparse_categorical_crossentropy')
`,
    `
from tensorflow.keras import layers
class Double(layers.Layer):
    def cal(self, x):  # <--
        return x * 2
`,
  ],
  right: [
    `
import tensorflow as tf
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.last = tf.keras.layers.Dense(3, activation='softmax')
    def call(self, x):
        return self.last(x)
class Named(tf.keras.layers.Layer):
    def __call__(self, x):
        return super().__call__(x)
    def call(self, x):
        return x
class Wrapped(tf.keras.layers.Dense):
    def __call__(self, x):
        return super(Wrapped, self).__call__(x)
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!/\bkeras\b/.test(program.source)) return;
    for (const definition of classesOf(program)) {
      if (!isOfKeras(program, definition) || methodOf(definition, 'call') !== undefined) continue;
      for (const node of definition.body) {
        if (node.kind !== 'FunctionDef') continue;
        const isOver = node.name === '__call__' && !node.span.text.includes('super');
        // Called by the program alone it works, without what Keras does around it.
        const isLearned =
          (definition.bases[0]?.span.text.endsWith('Model') ?? false) &&
          /\.fit\(|\.compile\(/.test(program.source);
        if (!isOver && !/^(cal|Call|callL|_call_|_call|calls)$/.test(node.name)) continue;
        yield {
          at: node.nameSpan,
          ...(isOver && !isLearned && { severity: 'design' as const }),
          message: isOver
            ? `${definition.name} replaces the __call__ that Keras has, and has no call.`
            : `${node.name} of ${definition.name} is not call, so Keras never calls it.`,
          evidence: [],
        };
      }
    }
  },
};
