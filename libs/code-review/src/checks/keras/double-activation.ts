import { activationIn, isActivation, kerasOf } from '@tensormark/frameworks';
import type { KerasLayer, Program } from '@tensormark/frameworks';
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
    `
from keras.models import Model
from keras.layers import Dense, Input, LeakyReLU
z, picture = Input((8,)), Input((16,))
maker = Model(z, Dense(16, activation='sigmoid')(z))
judge = Model(picture, Dense(1, activation='sigmoid')(LeakyReLU(0.2)(picture)))
both = Model(z, judge(maker(z)))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { network } of kerasOf(program).models) {
      let before: Activated | undefined;
      for (const { layer, network: inner } of network?.steps ?? []) {
        // Networks that are put one on another are not made for each other alone: a critic looks at pictures too.
        if (inner !== undefined) {
          before = layersOf(inner).reduce<Activated | undefined>(
            (last, step) => after(last, step.layer),
            undefined,
          );
          continue;
        }
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
        before = after(before, layer);
      }
    }
  },
};

interface Activated {
  readonly name: string;
  readonly at: Found['at'] | undefined;
}

/** What activation has been put on what a layer gives, `before` being what had been put on what it is given. */
function after(before: Activated | undefined, layer: KerasLayer | undefined): Activated | undefined {
  if (layer === undefined) return undefined;
  if (PASSES.test(layer.type)) return before;
  const own = activationIn(layer);
  return own === undefined || own === 'linear' ? undefined : { name: own, at: layer.span };
}
