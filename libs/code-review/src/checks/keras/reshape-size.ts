import { kerasOf, layerArgument, wholeOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { layersOf } from '../../ask/keras.js';
import type { KerasPart } from './in-keras.js';
import { shown } from './shape-words.js';

/** A `Reshape` into a shape that has not as many numbers as what comes. */
export const viewSizeInKeras: KerasPart = {
  why: 'Reshape lays the same numbers out otherwise: the sizes must multiply to as many as there are.',
  instead: 'Make the layer before as wide as the shape is large, or write the shape that it has.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense, Reshape, Conv2DTranspose
model = Sequential()
model.add(Dense(7 * 7 * 64, activation='relu', input_dim=100))
model.add(Reshape((7, 7, 32)))  # <--
model.add(Conv2DTranspose(1, 3, strides=2, padding='same', activation='sigmoid'))
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense, Reshape, Conv2DTranspose
model = Sequential()
model.add(Dense(7 * 7 * 64, activation='relu', input_dim=100))
model.add(Reshape((7, -1, 64)))
model.add(Reshape((7, 7, 64)))
model.add(Conv2DTranspose(1, 3, strides=2, padding='same', activation='sigmoid'))
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<number>();
    for (const { network } of kerasOf(program).models)
      for (const { layer, given } of network === undefined ? [] : layersOf(network)) {
        const at = layer?.span;
        if (layer?.type !== 'Reshape' || at === undefined || given === undefined || said.has(at.start))
          continue;
        const target = layerArgument(layer, ['target_shape', 'dims'], 0);
        const wanted = Array.isArray(target) ? target.map(wholeOf) : [];
        const whole = product(given);
        if (wanted.length === 0 || whole === undefined || wanted.includes(undefined)) continue;
        const known = product(wanted.filter((size) => size !== -1)) ?? 1;
        if (wanted.includes(-1) ? whole % known === 0 : whole === known) continue;
        said.add(at.start);
        yield {
          at,
          message: `${shown(given)} are ${whole} numbers, and ${shown(wanted)} are ${known}.`,
          severity: 'error',
          evidence: [],
        };
      }
  },
};

function product(sizes: readonly (number | undefined)[]): number | undefined {
  return sizes.reduce<number | undefined>(
    (so, size) => (so === undefined || size === undefined ? undefined : so * size),
    1,
  );
}
