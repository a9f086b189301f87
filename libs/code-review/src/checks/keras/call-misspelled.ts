import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
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
    `
import tensorflow as tf
class Scale(tf.keras.layers.Layer):
    def build(self, shape):
        self.by = self.add_weight(shape=(shape[-1],))
    def forward(self, x):  # <--
        return x * self.by
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
class Stepped(tf.keras.Model):
    def forward(self, x):
        return x
    def train_step(self, x):
        return {'loss': self.forward(x)}
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
        const isTorchs = node.name === 'forward' && isNeverAsked(program, definition);
        if (!isOver && !isTorchs && !/^(cal|Call|callL|_call_|_call|calls)$/.test(node.name)) continue;
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

/** Whether PyTorch's name for it is called by nobody: neither by the program, nor by a class that derives from this one. */
function isNeverAsked({ source, body }: Program, { name }: tree.ClassDefinition): boolean {
  if (/\.forward\b|torch/.test(source)) return false;
  return !body.some(
    (other) => other.kind === 'ClassDef' && other.bases.some(({ span }) => span.text === name),
  );
}
