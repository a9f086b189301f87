import {
  activationIn,
  application,
  argument,
  foreignCall,
  isActivation,
  isLinear,
  isValue,
  kerasOf,
  layerOf,
  perOutput,
  unitsOf,
} from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { layersOf, otherWord } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** A softmax on a dense layer of one unit. */
export const softmaxOneUnitInKeras: KerasPart = {
  instead:
    "Use activation='sigmoid' with binary_crossentropy for a single score, or give the last layer one unit a class.",
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(1, activation='softmax'))  # <--
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
`,
  ],
  right: [
    `
from tensorflow.keras import Sequential, layers
model = Sequential([layers.Dense(12, activation='relu'), layers.Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* byFunction(program);
    for (const { network } of kerasOf(program).models.flatMap(perOutput)) {
      const steps = network === undefined ? [] : layersOf(network);
      for (const [index, { layer }] of steps.entries()) {
        if (layer === undefined || activationIn(layer) !== 'softmax') continue;
        const before = isActivation(layer) ? steps[index - 1]?.layer : layer;
        if (before === undefined || !isLinear(before) || unitsOf(before) !== 1) continue;
        const at = layer.span;
        const fix = otherWord(at, 'softmax', 'sigmoid');
        if (at === undefined) continue;
        yield {
          at,
          message: 'The softmax goes over one unit, so it always gives 1, whatever the network says.',
          evidence: [places(['the layer with one unit', before.span])],
          ...(fix && { fix }),
        };
      }
    }
  },
};

/** `tf.nn.softmax(self.score(h), axis=-1)`, of a layer of one unit: over its one number, and not over the steps. */
function* byFunction(program: Program): Generator<Found> {
  if (!/softmax\(/.test(program.source)) return;
  const followed = new Set(
    kerasOf(program).models.flatMap(({ network }) =>
      network === undefined ? [] : layersOf(network).flatMap(({ layer }) => layer?.value ?? []),
    ),
  );
  const said = new Set<number>();
  for (const { result } of eventsOf(program, 'call')) {
    const call = foreignCall(result);
    if (call === undefined || !/^(tensorflow|keras|tf_keras)\.(?:\w+\.)*softmax$/.test(call.name)) continue;
    const [scores] = call.args.positional;
    const layer = layerOf(application(scores)?.callee);
    const axis = argument(call.args, 'axis', 1) ?? call.args.named.get('dim') ?? -1n;
    const at = isValue(result) ? result.span : undefined;
    if (layer === undefined || at === undefined || said.has(at.start) || followed.has(layer.value)) continue;
    if (!isLinear(layer) || unitsOf(layer) !== 1 || axis !== -1n) continue;
    said.add(at.start);
    yield {
      at,
      message: 'The softmax goes over the one number that this layer gives, so it always gives 1.',
      instead: 'Go over the steps that are to be weighed: axis=1.',
      evidence: [places(['the layer with one unit', layer.span])],
    };
  }
}
