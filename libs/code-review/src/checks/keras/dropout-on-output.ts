import { isActivation } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { headOf, layersOf, trainedIn } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** Dropout or batch norm behind the last layer with weights. */
export const dropoutOnOutputInKeras: KerasPart = {
  why: 'What comes after the last layer changes the answers themselves: dropout sets them to 0 at random while training, batch norm moves probabilities off 0 to 1.',
  instead: 'Put dropout and batch norm between hidden layers, and nothing after the output.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense, Dropout
model = Sequential()
model.add(Dense(64, input_dim=8, activation='relu'))
model.add(Dense(3, activation='softmax'))
model.add(Dropout(0.2))  # <--
model.compile(loss='categorical_crossentropy', optimizer='adam')
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense, Dropout
model = Sequential()
model.add(Dense(64, input_dim=8, activation='relu'))
model.add(Dropout(0.2))
model.add(Dense(3, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { network, head, compiled } of trainedIn(program)) {
      if (compiled.loss === undefined || headOf(network) === undefined) continue;
      const steps = layersOf(network);
      const last = steps.findLastIndex(({ layer }) => layer === head.layer || layer?.inner === head.layer);
      const after = steps.slice(last + 1);
      for (const [at, { layer }] of after.entries()) {
        // Batch norm of scores, before what makes probabilities of them, harms little.
        const isOfScores = after
          .slice(at + 1)
          .some((step) => step.layer !== undefined && isActivation(step.layer));
        if (layer === undefined || layer.span === undefined || isActivation(layer)) continue;
        if (layer.type !== 'Dropout' && layer.type !== 'BatchNormalization') continue;
        yield {
          at: layer.span,
          message: `This ${layer.type} comes after the last layer, and works on the answers themselves.`,
          evidence: [places(['the last layer', head.layer.span])],
          ...(layer.type === 'BatchNormalization' &&
            (isOfScores || (head.activation !== 'softmax' && head.activation !== 'sigmoid')) && {
              severity: 'design' as const,
            }),
        };
      }
    }
  },
};
