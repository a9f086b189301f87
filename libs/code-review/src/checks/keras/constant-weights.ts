import {
  foreignCall,
  foreignName,
  isLinear,
  isRecurrent,
  kerasOf,
  layerArgument,
  unitsOf,
} from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { layersOf } from '../../ask/keras.js';
import { spanOf } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** Weights of a hidden layer that all start as one number. */
export const constantWeightsInKeras: KerasPart = {
  instead: "Leave kernel_initializer as it is ('glorot_uniform'), or use 'he_uniform' with relu.",
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(64, input_dim=8, activation='relu', kernel_initializer='zeros'))  # <--
model.add(Dense(3, activation='softmax'))
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(64, input_dim=8, activation='relu', bias_initializer='zeros'))
model.add(Dense(3, activation='softmax'))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { network } of kerasOf(program).models) {
      const weighted = (network === undefined ? [] : layersOf(network)).flatMap(({ layer }) =>
        layer !== undefined && (isLinear(layer) || isRecurrent(layer)) ? [layer] : [],
      );
      const start = weighted.map((layer) =>
        constantOf(layerArgument(layer, ['kernel_initializer', 'init', 'weights_init'])),
      );
      if (weighted.length < 2) continue;
      for (const [index, layer] of weighted.entries()) {
        const value = start[index];
        const isLast = index === weighted.length - 1;
        if (value === undefined || layer.span === undefined || unitsOf(layer) === 1) continue;
        if (isLast && start[index - 1] === undefined) continue;
        yield {
          // Weights that a layer of the program's own adds start where it adds them.
          at: spanOf(layer.args.named.get('kernel')) ?? layer.span,
          message: `All weights of this ${layer.type} start as ${value}.`,
          evidence: [],
        };
      }
    }
  },
};

/** What all weights are set to: 'zeros', 'ones', a constant. */
function constantOf(datum: Datum | undefined): string | undefined {
  const name =
    typeof datum === 'string' ? datum : (foreignCall(datum)?.name ?? foreignName(datum))?.split('.').at(-1);
  if (name === undefined) return undefined;
  const plain = name.toLowerCase();
  if (/^zeros?$/.test(plain)) return '0';
  if (/^ones?$/.test(plain)) return '1';
  return plain === 'constant' ? 'one number' : undefined;
}
