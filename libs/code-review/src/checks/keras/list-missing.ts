import { isValue, kerasCall, layerOf } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { kerasCalls } from '../../ask/keras-calls.js';

export const listMissing: Check = {
  id: 'list-missing',
  title: 'Layers one by one, or a number, where Keras takes a list',
  severity: 'error',
  why: 'Sequential goes over its first argument for layers, and Input over its first for sizes: of a layer or a number Keras raises an error.',
  instead: 'Sequential([first, second]), and Input((68,)) or Input(shape=(68,)).',
  needs: 'Sequential given layers themselves, or Input given a number first.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential(Dense(16, activation='relu', input_shape=(9,)), Dense(1))  # <--
model.compile(optimizer='adam', loss='mse')
`,
    `
from tensorflow import keras
pixels = keras.Input(784)  # <--
scores = keras.layers.Dense(10)(pixels)
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
`,
  ],
  *run(program) {
    for (const { name, args, moment } of kerasCalls(program)) {
      const [first] = args.positional;
      if (moment.span === undefined || /\*\s*\w/.test(moment.span.text.replaceAll(/\w\s*\*/g, ''))) continue;
      if (name === 'Sequential' && isLayer(first))
        yield {
          at: moment.span,
          message: 'Sequential takes a list of layers, and is given layers themselves.',
          evidence: [{ kind: 'error', type: 'TypeError', message: 'object is not iterable', exact: false }],
        };
      if (name === 'Input' && typeof first === 'bigint')
        yield {
          at: moment.span,
          message: `Input takes a shape, as in Input((${first},)), and is given a number.`,
          evidence: [
            { kind: 'error', type: 'TypeError', message: "'int' object is not iterable", exact: false },
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
