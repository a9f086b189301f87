import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { attributesOf } from '../../ask/attribute-names.js';
import { attributesGiven } from '../../ask/given-attributes.js';
import { lineageOf } from '../../ask/keras-classes.js';
import { isGuarded } from '../../ask/library-names.js';
import { didYouMean, distance } from '../../ask/spelling.js';
import { leavesOf, targetsAt } from '../../ask/targets.js';
import { boundBy, callsOf, classesOf, holds } from '../../ask/tree.js';
import type { KerasPart } from './in-keras.js';

/** What a network or layer of the program's own reads of itself, and nothing ever gives it. */
export const attributeMissingInKeras: KerasPart = {
  why: 'Python raises an AttributeError as soon as the line runs: neither the class nor the Keras class it derives from has the attribute.',
  instead: 'Use the name under which it was kept, or keep it in __init__ or build.',
  wrong: [
    `
import tensorflow as tf
from tensorflow.keras import layers

class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.flatten = layers.Flatten()
        self.scores = layers.Dense(3)

    def call(self, x):
        return self.scores(self.flaten(x))  # <--

net = Net()
`,
    `
from tensorflow import keras

class Scaled(keras.layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(shape=(input_shape[-1],), name='scale')

    def call(self, x):
        return x * self.scale + self.shift  # <--

rows = Scaled()(keras.Input((4,)))
`,
    `
from keras.callbacks import Callback
class Rates(Callback):
    def on_epoch_end(self, epoch, logs):
        logs['rate'] = self.optimizer.lr  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
from tensorflow.keras import layers
from others import Mixed

class Net(tf.keras.Model):
    def __init__(self, sizes):
        super().__init__()
        self.parts = [layers.Dense(size, activation='relu') for size in sizes]
        if hasattr(self, 'extra'):
            self.parts.append(self.extra)

    def call(self, x):
        for part in self.parts:
            x = part(x)
        return x, self.losses, self.trainable_variables, self.optimizer

class Wider(Net):
    def call(self, x):
        return self.last(super().call(x)[0])

class Shared(Mixed, tf.keras.Model):
    def call(self, x):
        return self.anything(x)

class Template(tf.keras.layers.Layer):
    def call(self, x):
        return self.inner(x)

net = Wider([3, 4])
net.last = layers.Dense(1)
Shared()
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* ofCallbacks(program);
    if (/\bsetattr\s*\(|__(dict|getattr|setattr|getattribute)__|\bvars\s*\(/.test(program.source)) return;
    const classes = classesOf(program);
    if (!classes.some((one) => lineageOf(program, one) !== undefined)) return;
    const given = attributesGiven(program);
    for (const definition of classes) {
      const lineage = lineageOf(program, definition);
      if (lineage === undefined || lineage.some((one) => handsItselfOver(one))) continue;
      const own = new Set(lineage.flatMap(({ body }) => body.flatMap(boundBy)));
      const told = new Set<string>();
      for (const { attribute: name, span } of readOfItself(definition, classes)) {
        if (own.has(name) || given.has(name) || told.has(name) || isOfBases(name) || name.startsWith('_'))
          continue;
        if (isGuarded(program)(span)) continue;
        const meant = didYouMean(name, [...own, ...keptIn(lineage)]);
        if (!(meant !== undefined && isSlip(name, meant)) && !isMadeHere(program, definition)) continue;
        told.add(name);
        yield {
          at: span,
          message: `Nothing gives ${definition.name} an attribute ${name}${meant === undefined ? '' : `; did you mean ${meant}`}.`,
          evidence: [],
        };
      }
    }
  },
};

function isOfBases(name: string): boolean {
  return attributesOf('keras.Model')?.has(name) === true;
}

/** Whether two names are one, misspelt, and not two of a row: conv1 and conv2. */
function isSlip(name: string, meant: string): boolean {
  const bare = (word: string): string => word.replaceAll(/[\d_]/g, '').toLowerCase();
  return bare(name) !== bare(meant) && distance(name, meant) <= (name.length <= 5 ? 1 : 2);
}

/** Whether the program makes an object of the class itself: else one that derives from it may keep what it reads. */
function isMadeHere(program: Program, { name }: tree.ClassDefinition): boolean {
  return callsOf(program).some(({ callee }) => callee.kind === 'Name' && callee.id === name);
}

function keptIn(lineage: readonly tree.ClassDefinition[]): readonly string[] {
  const kept: string[] = [];
  eachNode(lineage, (node) => {
    for (const target of targetsAt(node))
      for (const leaf of leavesOf(target))
        if (leaf.kind === 'Attribute' && leaf.value.span.text === 'self') kept.push(leaf.attribute);
  });
  return kept;
}

/** Every `self.name` in the methods of a class, those of classes within it left out. */
function readOfItself(
  { body, span: whole }: tree.ClassDefinition,
  classes: readonly tree.ClassDefinition[],
): readonly tree.Attribute[] {
  const within = classes.filter(({ span }) => span.start > whole.start && span.end <= whole.end);
  const read: tree.Attribute[] = [];
  for (const method of body) {
    if (method.kind !== 'FunctionDef' || method.parameters[0]?.name !== 'self') continue;
    eachNode(method.body, (node) => {
      if (node.kind !== 'Attribute' || node.value.kind !== 'Name' || node.value.id !== 'self') return;
      if (!within.some(({ span }) => holds(span, node.span))) read.push(node);
    });
  }
  return read;
}

/** Whether an object is handed to something of others, which may give it attributes. */
function handsItselfOver(definition: tree.ClassDefinition): boolean {
  let hands = false;
  eachNode(definition.body, (node) => {
    if (node.kind !== 'Call' || !node.args.some((arg) => arg.kind === 'Name' && arg.id === 'self')) return;
    hands ||=
      !/^(super|isinstance|issubclass|len|print|id|repr|str|type|hasattr|getattr|hash|(\w+\.)*(Model|Layer)\.\w+)$/.test(
        node.callee.span.text,
      );
  });
  return hands;
}

/** `self.optimizer` in a callback: what the network has, and the callback has as `self.model.optimizer`. */
function* ofCallbacks(program: Program): Generator<Found> {
  if (!/Callback\b/.test(program.source)) return;
  const classes = classesOf(program);
  const names = attributesOf('keras.Model');
  for (const definition of classes) {
    const [base, ...others] = definition.bases;
    if (!/^((tf\.)?keras\.)?(callbacks\.)?Callback$/.test(base?.span.text ?? '') || others.length > 0)
      continue;
    const own = new Set([...definition.body.flatMap(boundBy), ...keptIn([definition])]);
    const told = new Set<string>();
    for (const { attribute: name, span } of readOfItself(definition, classes)) {
      if (own.has(name) || told.has(name) || /^(model|params|set_\w+|on_\w+|_.*)$/.test(name)) continue;
      if (names?.has(name) !== true || handsItselfOver(definition)) continue;
      told.add(name);
      yield {
        at: span,
        message: `A callback has no ${name}: it is the network that does.`,
        instead: `Write self.model.${name}.`,
        evidence: [],
      };
    }
  }
}
