import { argument, isCertain } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { layersMade } from '../../ask/keras-calls.js';
import { places } from '../../ask/places.js';
import { definitionOf, returns } from './own-loss.js';

export const lambdaNothing: Check = {
  id: 'lambda-nothing',
  title: 'A Lambda that gives nothing',
  severity: 'error',
  why: 'What a layer gives is what its function returns. Without return that is None, which Keras refuses when the next layer is called on it.',
  instead: 'Return the result.',
  needs: 'A function of the program that Lambda is given, with statements and without return.',
  wrong: [
    `
import keras.backend as K
from keras.layers import Input, Lambda
from keras.models import Model
def centred(x):  # <--
    x -= K.mean(x, axis=1, keepdims=True)
given = Input((24, 24, 3))
model = Model(given, Lambda(centred)(given))
`,
  ],
  right: [
    `
import keras.backend as K
from keras.layers import Input, Lambda
from keras.models import Model
def centred(x):
    x -= K.mean(x, axis=1, keepdims=True)
    return x
given = Input((24, 24, 3))
model = Model(given, Lambda(centred)(given))
`,
  ],
  *run(program) {
    const seen = new Set<tree.FunctionDefinition>();
    for (const { layer, moment } of layersMade(program)) {
      if (layer.type !== 'Lambda' || !isCertain(moment)) continue;
      const definition = definitionOf(program, argument(layer.args, 'function', 0));
      if (definition === undefined || seen.has(definition) || returns(definition)) continue;
      seen.add(definition);
      yield {
        at: definition.nameSpan,
        message: `${definition.name} returns nothing, and what it returns is what the layer gives.`,
        evidence: [places(['the layer', layer.span])],
      };
    }
  },
};
