import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { classesOf, methodOf, statementsIn } from '../../ask/tree.js';
import type { KerasPart } from './in-keras.js';

/** A model or layer of the program whose `__init__` never calls that of its base. */
export const superMissingInKeras: KerasPart = {
  why: 'A Model or Layer keeps what is assigned to it in tables that its own __init__ makes: without it the first layer assigned raises an error.',
  instead: 'Call super().__init__() in the first line of __init__.',
  wrong: [
    `
import tensorflow as tf
class Net(tf.keras.Model):
    def __init__(self):
        self.first = tf.keras.layers.Dense(64, activation='relu')  # <--
        self.last = tf.keras.layers.Dense(10)
    def call(self, x):
        return self.last(self.first(x))
model = Net()
`,
    `
from keras.layers import Layer
class Last(Layer):
    def __init__(self, **options):
        super(Layer, self).__init__(**options)  # <--
    def call(self, x):
        return x[:, -1]
`,
    `
from tensorflow.keras.layers import Layer
class Scale(Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(shape=(input_shape[-1],), initializer='ones', name='scale')
        super(Scale, self).build()  # <--
    def call(self, x):
        return x * self.scale
`,
  ],
  right: [
    `
import tensorflow as tf
from tensorflow.keras.layers import Layer
class Net(tf.keras.Model):
    def __init__(self):
        tf.keras.Model.__init__(self)
        self.last = tf.keras.layers.Dense(10)
    def call(self, x):
        return self.last(x)
class Scale(Layer):
    def __init__(self, width, **options):
        super(Scale, self).__init__(**options)
        self.width = width
    def build(self, input_shape):
        super().build(input_shape)
    def call(self, x):
        return x * self.width
class Held:
    def __init__(self):
        self.model = Net()
class Gate(Layer):
    def __init__(self):
        self.weight = tf.keras.layers.Dense(1)
    def __call__(self, x):
        return tf.nn.sigmoid(self.weight(x)) * x
`,
  ],
  *run(program: Program): Generator<Found> {
    // Layers of the first versions kept no tables of what is assigned to them.
    if (!/keras/.test(program.source) || /\bkeras\.engine\b/.test(program.source)) return;
    for (const one of classesOf(program)) {
      const [base, ...more] = one.bases;
      if (
        more.length > 0 ||
        !/^((tf\.)?keras\.(layers\.|models\.)?|layers\.|models\.)?(Model|Layer)$/.test(base?.span.text ?? '')
      )
        continue;
      if (base?.span.text.endsWith('Layer') === true) yield* buildsWithout(one);
      // A layer that is called by a method of its own never asks for what its base would have made.
      if (base?.span.text.endsWith('Layer') === true && methodOf(one, '__call__') !== undefined) continue;
      const init = methodOf(one, '__init__');
      if (init === undefined || classesOf(program).some(({ name }) => name === base?.span.text)) continue;
      let isCalled = false;
      let beyond: tree.Expression | undefined;
      eachNode(init.body, (node) => {
        // super() of the base is what the base derives from: the base itself is passed over.
        const of =
          node.kind === 'Call' && /^super\((\w+), self\)\.__init__$/.exec(node.callee.span.text)?.[1];
        if (
          node.kind === 'Call' &&
          of !== false &&
          of === base?.span.text.split('.').at(-1) &&
          of !== one.name
        )
          beyond ??= node;
        isCalled ||= node.kind === 'Call' && /super\b|__init__/.test(node.callee.span.text);
      });
      const first = statementsIn(init.body).find(
        (statement) =>
          statement.kind === 'Assign' && statement.targets[0]?.span.text.startsWith('self.') === true,
      );
      if (beyond !== undefined)
        yield {
          at: beyond.span,
          message: `super(${base?.span.text}, self) passes over the __init__ of ${base?.span.text} itself: name ${one.name}, or write super().`,
          evidence: [],
        };
      if (isCalled || first === undefined) continue;
      yield {
        at: first.span,
        message: `${one.name} assigns to itself before the ${base?.span.text} that it derives from was initialised.`,
        evidence: [],
      };
    }
  },
};

/** `super().build()`: that of the base takes the shape of what is put in. */
function* buildsWithout(one: tree.ClassDefinition): Generator<Found> {
  const calls: tree.Expression[] = [];
  eachNode(methodOf(one, 'build')?.body ?? [], (node) => {
    if (node.kind === 'Call' && /^super\([^()]*\)\.build\(\s*\)$/.test(node.span.text)) calls.push(node);
  });
  for (const { span } of calls)
    yield {
      at: span,
      message:
        'build of the Layer that it derives from takes the shape of what is put in, and is given nothing.',
      evidence: [],
    };
}
