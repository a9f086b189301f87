import { application, inputTensorShape, layerOf } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { applications } from '../../ask/keras-calls.js';
import { places } from '../../ask/places.js';

export const tensorCalled: Check = {
  id: 'tensor-called',
  title: 'What a layer gave is called as a layer',
  severity: 'error',
  why: 'A tensor of a graph of layers cannot be called: Python raises a TypeError.',
  instead: 'Call the layer, and keep it under another name than what it gives.',
  needs: 'Something called that an Input or a layer called on a tensor gave.',
  wrong: [
    `
from keras.layers import Dense, Input
from keras.models import Model
given = Input((8,))
hidden = Dense(16, activation='relu')(given)
out = hidden(given)  # <--
model = Model(given, out)
`,
  ],
  right: [
    `
from keras.layers import Dense, Input
from keras.models import Model
given = Input((8,))
hidden = Dense(16, activation='relu')
out = Dense(1)(hidden(given))
model = Model(given, out)
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<number>();
    for (const { callee, moment } of applications(program)) {
      const at = moment.span;
      if (at === undefined || said.has(at.start) || !isTensor(callee)) continue;
      said.add(at.start);
      yield {
        at,
        message: 'What is called here is a tensor, and no layer.',
        evidence: [places(['it comes from here', callee.span])],
      };
    }
  },
};

/** What an `Input` is, or a layer of Keras gave. */
function isTensor(value: Value): boolean {
  if (inputTensorShape(value) !== undefined) return true;
  const applied = application(value);
  return applied !== undefined && layerOf(applied.callee) !== undefined;
}
