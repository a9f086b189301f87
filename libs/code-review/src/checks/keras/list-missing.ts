import { foreignCall, isValue, kerasCall, kerasOf, layerOf } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { layersOf } from '../../ask/keras.js';
import { kerasCalls, layersMade } from '../../ask/keras-calls.js';
import { places } from '../../ask/places.js';

export const listMissing: Check = {
  id: 'list-missing',
  title: 'Layers one by one, or numbers, where Keras takes a list',
  severity: 'error',
  why: 'Sequential goes over its first argument for layers, and Input over its first for sizes: of a layer Keras raises an error, and of two numbers it takes the second for the size of batches.',
  instead: 'Sequential([first, second]), and Input((68,)) or Input(shape=(68,)).',
  needs: 'Sequential given layers themselves, or Input given numbers.',
  wrong: [
    `
from tensorflow.keras import layers, Sequential
model = Sequential([
    layers.LSTM(16, return_sequences=True),
    layers.Attention(),  # <--
    layers.Dense(1),
])
`,
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(8, activation='relu', input_shape=(4)))  # <--
model.add(Dense(1))
`,
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential(Dense(16, activation='relu', input_shape=(9,)), Dense(1))  # <--
model.compile(optimizer='adam', loss='mse')
`,
    `
from tensorflow import keras
pixels = keras.Input(28, 28)  # <--
scores = keras.layers.LSTM(10)(pixels)
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense, Input
model = Sequential([Input((9,)), Dense(16, activation='relu'), Dense(1)])
layers = [Dense(4, activation='relu', input_dim=3), Dense(2)]
other = Sequential(layers, 'other')
row = Input(shape=(9,), batch_size=4)
alone = Input(9)
`,
  ],
  *run(program) {
    yield* oneNumber(program);
    yield* oneTensor(program);
    for (const { name, args, moment } of kerasCalls(program)) {
      const [first] = args.positional;
      if (moment.span === undefined || /\*\s*\w/.test(moment.span.text.replaceAll(/\w\s*\*/g, ''))) continue;
      if (name === 'Sequential' && isLayer(first))
        yield {
          at: moment.span,
          message: 'Sequential takes a list of layers, and is given layers themselves.',
          evidence: [{ kind: 'error', type: 'TypeError', message: 'object is not iterable', exact: false }],
        };
      // One number alone was taken by Keras 2 of TensorFlow.
      const second = args.positional[1];
      if (name === 'Input' && typeof first === 'bigint' && typeof second === 'bigint')
        yield {
          at: moment.span,
          message: `Input takes a shape, as in Input((${first}, ${second})), and takes a second number for the size of batches.`,
          evidence: [
            {
              kind: 'error',
              type: 'ValueError',
              message: `Cannot convert '${first}' to a shape.`,
              exact: false,
            },
          ],
        };
    }
  },
};

/** A layer that was made here; networks and lists of them are none. */
function isLayer(datum: Datum | undefined): boolean {
  if (!isValue(datum) || kerasCall(datum) === undefined) return false;
  return layerOf(datum) !== undefined;
}

/** `input_shape=(4)`: brackets around one number make no tuple. */
function* oneNumber(program: Program): Generator<Found> {
  for (const { layer, moment } of layersMade(program)) {
    const shape = layer.args.named.get('input_shape');
    if (typeof shape !== 'bigint' || layer.type === 'InputLayer' || moment.span === undefined) continue;
    yield {
      at: moment.span,
      message: `input_shape is the number ${shape}, and Keras takes a tuple: input_shape=(${shape},).`,
      evidence: [
        { kind: 'error', type: 'ValueError', message: `Cannot convert '${shape}' to a shape.`, exact: false },
      ],
    };
  }
}

const MERGES =
  /^(Attention|AdditiveAttention|Concatenate|Add|Multiply|Dot|Subtract|Average|Maximum|Minimum)$/;

/** Layers of several tensors in a Sequential, which hands on one. */
function* oneTensor(program: Program): Generator<Found> {
  const said = new Set<number>();
  for (const { network } of kerasOf(program).models) {
    if (network?.kind !== 'Sequential') continue;
    for (const { layer } of layersOf(network)) {
      const at = layer?.span;
      if (layer === undefined || at === undefined || said.has(at.start) || !MERGES.test(layer.type)) continue;
      // Of what is handed to the layer as it is made another check speaks.
      if (layer.args.positional.length > 0) continue;
      if (!/\bkeras\b/.test(foreignCall(layer.value)?.name ?? '')) continue;
      said.add(at.start);
      yield {
        at,
        message: `${layer.type} takes a list of tensors, and a Sequential hands it one.`,
        evidence: [places(['the network', network.span])],
      };
    }
  }
}
