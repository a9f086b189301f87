import { arrayFacts, eachNode, foreignCall, isValue, layerOf } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { applications } from '../../ask/keras-calls.js';
import { places } from '../../ask/places.js';
import { classesOf, methodOf, statementsIn, statementsOf } from '../../ask/tree.js';
import { headLeftOut } from './head-left-out.js';
import type { KerasPart } from './in-keras.js';

const SETS = `
import tensorflow as tf
from data import x, y
def scaled(picture, label):
    return tf.cast(picture, tf.float32) / 255., label
train = tf.data.Dataset.from_tensor_slices((x, y))
`;
const NET = `
import tensorflow as tf
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.first = tf.keras.layers.Dense(64, activation='relu')
        self.second = tf.keras.layers.Dense(32, activation='relu')
        self.last = tf.keras.layers.Dense(10)
    def call(self, x):
        x = self.first(x)
        y = self.second(x)
        return self.last(y)
`;

/** What makes another data set or array and leaves the one it is called on, written as a statement by itself. */
export const resultsDroppedInKeras: KerasPart = {
  why: 'It gives a new one and leaves the old one as it is: what follows goes on with that.',
  instead: 'Keep what it gives: train = train.map(scaled).',
  wrong: [
    `
from tensorflow import keras
x = keras.Input((20,))
h = keras.layers.Dense(32, activation='relu')(x)
deeper = keras.layers.Dense(32, activation='relu')(h)  # <--
model = keras.Model(x, keras.layers.Dense(1)(h))
`,
    `
from tensorflow import keras
x = keras.Input((20,))
h = keras.layers.Dense(32, activation='relu')(x)
keras.layers.Dropout(0.3)(h)  # <--
model = keras.Model(x, keras.layers.Dense(1)(h))
`,
    `${SETS}
train.map(scaled)  # <--
train = train.batch(32)
`,
    `
import numpy as np
from keras.datasets import mnist
(x, y), (xt, yt) = mnist.load_data()
x.reshape(60000, 784)  # <--
`,
    NET.replace('return self.last(y)', 'return self.last(x)').replace(
      'y = self.second(x)',
      'y = self.second(x)  # <--',
    ),
    `
from keras.applications import MobileNetV2
from keras.layers import Dense, Dropout, GlobalAveragePooling2D
from keras.models import Model
base = MobileNetV2(weights='imagenet', include_top=False, input_shape=(224, 224, 3))
head = GlobalAveragePooling2D()(base.output)
head = Dropout(0.5)(head)
head = Dense(3, activation='softmax')(head)
model = Model(inputs=base.input, outputs=base.output)  # <--
model.compile(loss='categorical_crossentropy', optimizer='adam')
`,
  ],
  right: [
    `${SETS}
train = train.map(scaled)
train = train.batch(32)
for picture, label in train.take(1):
    print(label)
`,
    NET,
  ],
  *run(program: Program): Generator<Found> {
    yield* layersDropped(program);
    yield* appliedForNothing(program);
    yield* headLeftOut(program);
    if (!/keras|tensorflow/.test(program.source)) return;
    const bare = new Map<number, tree.Expression>();
    for (const node of statementsOf(program))
      if (node.kind === 'Expr' && node.value.kind === 'Call') bare.set(node.value.span.start, node.value);
    const said = new Set<number>();
    for (const { name, args, moment, result } of eventsOf(program, 'call')) {
      const { span } = moment;
      if (span === undefined || said.has(span.start) || bare.get(span.start)?.span.end !== span.end) continue;
      const [receiver] = args.positional;
      const what =
        /^(map|batch|padded_batch|shuffle|repeat|prefetch|cache|filter|unbatch)$/.test(name) &&
        isSet(receiver)
          ? 'data set'
          : /^(reshape|astype)$/.test(name) && isArray(receiver)
            ? 'array'
            : /(^|\.)to_categorical$/.test(foreignCall(result)?.name ?? '')
              ? 'array'
              : undefined;
      if (what === undefined) continue;
      said.add(span.start);
      yield {
        at: span,
        message: `${name || 'to_categorical'} gives a new ${what}, which is dropped here.`,
        evidence: [],
      };
    }
  },
};

function isSet(datum: Datum | undefined): boolean {
  let current = datum;
  for (let depth = 0; depth < 15 && isValue(current) && current.made.kind === 'operation'; depth++) {
    const call = foreignCall(current);
    if (call !== undefined)
      return /^tensorflow\.(compat\.v[12]\.)?data\.|^tensorflow_datasets\.load$|_dataset_from_directory$/.test(
        call.name,
      );
    [current] = current.made.args.positional;
  }
  return false;
}

function isArray(datum: Datum | undefined): boolean {
  const { set, shape } = arrayFacts(datum);
  return isValue(datum) && (set !== undefined || shape !== undefined);
}

/** In `call` of the program's own network: what a layer gives, under a name that nothing reads. */
function* layersDropped(program: Program): Generator<Found> {
  if (!/\bdef call\b/.test(program.source)) return;
  for (const one of classesOf(program)) {
    if (!one.bases.some(({ span }) => /(^|\.)(Model|Layer)$/.test(span.text))) continue;
    const call = methodOf(one, 'call');
    if (call === undefined) continue;
    const read = new Map<string, number>();
    eachNode(call.body, (node) => {
      if (node.kind === 'Name') read.set(node.id, Math.max(read.get(node.id) ?? 0, node.span.start));
    });
    for (const statement of statementsIn(call.body)) {
      const target =
        statement.kind === 'Assign' && statement.targets.length === 1 ? statement.targets[0] : undefined;
      if (statement.kind !== 'Assign' || target?.kind !== 'Name' || target.id.startsWith('_')) continue;
      if (statement.value.kind !== 'Call' || !/^self\.\w+$/.test(statement.value.callee.span.text)) continue;
      if ((read.get(target.id) ?? 0) > target.span.start) continue;
      yield {
        at: statement.span,
        message: `Nothing reads ${target.id}: the layer that gives it is no part of the network.`,
        instead: 'Call the next layer on it, or give it back.',
        evidence: [places(['call', call.nameSpan])],
      };
    }
  }
}

/** `Dropout(0.3)(h)` by itself: what the layer gives is given to nothing. */
function* appliedForNothing(program: Program): Generator<Found> {
  const bare = new Set(
    statementsOf(program).flatMap((node) =>
      node.kind === 'Expr' && node.value.kind === 'Call' && node.value.callee.kind === 'Call'
        ? [node.value.span.start]
        : [],
    ),
  );
  if (bare.size === 0) return;
  const said = new Set<number>();
  for (const { callee, moment } of applications(program)) {
    const { span } = moment;
    const layer = layerOf(callee);
    if (span === undefined || layer === undefined || said.has(span.start) || !bare.has(span.start)) continue;
    if (layer.span?.start !== span.start) continue;
    said.add(span.start);
    yield {
      at: span,
      message: `What this ${layer.type} gives is dropped: what follows goes on without it.`,
      evidence: [],
    };
  }
}
