import { application, inputTensorShape, isValue, layerOf } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { layersMade } from '../../ask/keras-calls.js';
import type { KerasPart } from './in-keras.js';

const MERGES = /^(Concatenate|Add|Multiply|Average|Maximum|Minimum|Subtract)$/;
const HOLDS_LAYERS = /^(TimeDistributed|Bidirectional|RNN|StackedRNNCells|Wrapper|Lambda|Merge)$/;

/** A layer that is made with the tensors that it is to be called on. */
export const madeForCalledInKeras: KerasPart = {
  why: 'The first parentheses make the layer and take its settings; what it works on goes into a second pair.',
  instead: 'Make the layer first: Concatenate()([a, b]), Flatten()(x).',
  wrong: [
    `
from keras.layers import Concatenate, Dense
from keras.models import Sequential
left = Sequential([Dense(8, input_dim=4, activation='relu')])
right = Sequential([Dense(8, input_dim=6, activation='relu')])
both = Sequential()
both.add(Concatenate([left, right]))  # <--
`,
    `
from keras.layers import Dense, Flatten, Input
x = Input(shape=(28, 28))
flat = Flatten(x)  # <--
y = Dense(10, activation='softmax')(flat)
`,
  ],
  right: [
    `
from keras.layers import Concatenate, Dense, Flatten, Input, TimeDistributed
x = Input(shape=(28, 28))
rows = TimeDistributed(Dense(4))(x)
both = Concatenate()([Flatten()(x), Flatten()(rows)])
y = Dense(10, activation='softmax')(both)
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { layer, moment } of layersMade(program)) {
      if (moment.span === undefined || HOLDS_LAYERS.test(layer.name)) continue;
      const [given] = layer.args.positional;
      const isList =
        MERGES.test(layer.name) && Array.isArray(given) && given.some((one: Datum) => isValue(one));
      if (!isList && !isTensor(given)) continue;
      // What the program's own class asks of the layer that it derives from.
      if (moment.span.text.includes('super(')) continue;
      yield {
        at: moment.span,
        message: `${layer.name} is made here with what it is to be called on.`,
        severity: 'error',
        evidence: [],
      };
    }
  },
};

/** What an Input or the call of a layer gives. */
function isTensor(datum: Datum | undefined): boolean {
  return inputTensorShape(datum) !== undefined || layerOf(application(datum)?.callee) !== undefined;
}
