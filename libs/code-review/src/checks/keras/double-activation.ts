import { activationIn, isActivation, kerasOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { layersOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const PASSES = /^(Dropout|BatchNormalization|Flatten)$/;

/** An activation on what has been through one already. */
export const doubleActivationInKeras: KerasPart = {
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense, Activation
model = Sequential()
model.add(Dense(64, input_dim=8, activation='relu'))
model.add(Dense(3, activation='softmax'))
model.add(Activation('softmax'))  # <--
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense, Activation
model = Sequential()
model.add(Dense(64, input_dim=8))
model.add(Activation('relu'))
model.add(Dense(3))
model.add(Activation('softmax'))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { network } of kerasOf(program).models) {
      let before: { readonly name: string; readonly at: Found['at'] | undefined } | undefined;
      for (const { layer } of network === undefined ? [] : layersOf(network)) {
        const own = layer && activationIn(layer);
        if (
          layer !== undefined &&
          isActivation(layer) &&
          before !== undefined &&
          own !== undefined &&
          own !== 'linear' &&
          layer.span !== undefined
        ) {
          const isSquashed =
            /^(softmax|sigmoid)$/.test(before.name) || (own === 'softmax' && before.name === 'relu');
          yield {
            at: layer.span,
            message: `${own} is put on what has been through ${before.name} already.`,
            severity: isSquashed ? 'warning' : 'design',
            evidence: [places(['the first', before.at])],
          };
        }
        if (layer !== undefined && PASSES.test(layer.type)) continue;
        before =
          own === undefined || own === 'linear' || layer === undefined
            ? undefined
            : { name: own, at: layer.span };
      }
    }
  },
};
