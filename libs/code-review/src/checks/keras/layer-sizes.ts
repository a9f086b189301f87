import { argument, isValue } from '@tensormark/frameworks';
import type { CallArguments, Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { kerasCalls, layersMade } from '../../ask/keras-calls.js';

/** What an argument of a layer has to be: one number, or one for each axis, of which there are as the digit in the layer's name says. */
type Kind = 'count' | 'sizes';

interface Rule {
  readonly of: RegExp;
  readonly name: string;
  readonly place: number;
  readonly kind: Kind;
}

/** By Keras's own layers: which arguments count something, and which give a size for each axis. */
const RULES: readonly Rule[] = [
  { of: /^(Dense|LSTM|GRU|SimpleRNN)$/, name: 'units', place: 0, kind: 'count' },
  { of: /^(Separable)?Conv[123]D(Transpose)?$/, name: 'filters', place: 0, kind: 'count' },
  { of: /^(Separable)?Conv[123]D(Transpose)?$/, name: 'kernel_size', place: 1, kind: 'sizes' },
  { of: /^(Max|Average)Pool(ing)?[123]D$/, name: 'pool_size', place: 0, kind: 'sizes' },
  { of: /^UpSampling[23]D$/, name: 'size', place: 0, kind: 'sizes' },
  { of: /^Embedding$/, name: 'input_dim', place: 0, kind: 'count' },
  { of: /^Embedding$/, name: 'output_dim', place: 1, kind: 'count' },
  { of: /^RepeatVector$/, name: 'n', place: 0, kind: 'count' },
];

export const layerSizes: Check = {
  id: 'layer-sizes',
  title: 'A size that a layer does not take',
  severity: 'error',
  why: 'Units and filters are counted by one whole number above 0, and a kernel or window has one size or one for each axis: anything else raises an error.',
  instead: 'Give the number first and the size of the kernel after it: Conv2D(32, (3, 3)).',
  needs: 'A layer of Keras whose size is written as a number, a string or a tuple.',
  wrong: [
    `
from keras.layers import Dense, Input
from keras.models import Model
from readings import x
columns = Input(shape=(x.shape[1]))  # <--
model = Model(columns, Dense(1)(columns))
`,
    `
from keras.layers import Dense, Input
from keras.models import Model
pixels = Input(shape=(784))  # <--
model = Model(pixels, Dense(10, activation='softmax')(pixels))
`,
    `
from keras.models import Sequential
from keras.layers import Conv2D, Dense, Flatten
model = Sequential()
model.add(Conv2D((3, 3), 32, activation='relu', input_shape=(28, 28, 1)))  # <--
model.add(Flatten())
model.add(Dense(10, activation='softmax'))
`,
    `
from keras.models import Sequential
from keras.layers import Conv1D, Dense, Flatten
model = Sequential()
model.add(Conv1D(32, (3, 3), activation='relu', input_shape=(28, 4)))  # <--
model.add(Flatten())
model.add(Dense(10, activation='softmax'))
`,
    `
from keras.models import Sequential
from keras.layers import Activation, Dense
model = Sequential()
model.add(Dense('tanh', input_dim=8))  # <--
model.add(Activation('relu'))
model.add(Dense(10, activation='softmax'))
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Conv1D, Conv2D, Dense, Flatten, MaxPooling1D, MaxPooling2D, Reshape
model = Sequential()
model.add(Conv2D(32, (3, 3), padding='SAME', activation='relu', input_shape=(28, 28, 1)))
model.add(MaxPooling2D(pool_size=2))
model.add(Reshape((196, 32)))
model.add(Conv1D(32, [3], padding='causal', activation='relu'))
model.add(MaxPooling1D(2))
model.add(Flatten())
model.add(Dense(128 / 4, activation='relu'))
model.add(Dense(10, activation='softmax'))
`,
  ],
  *run(program) {
    for (const { name, args, value } of kerasCalls(program)) {
      const shape = name === 'Input' ? argument(args, 'shape', 0) : undefined;
      const number =
        typeof shape === 'bigint' ? String(shape) : isCounted(shape) ? shape.span?.text : undefined;
      if (number === undefined || value.span === undefined) continue;
      yield {
        at: value.span,
        message: `The shape of Input is a tuple, and is given the number ${number}: brackets alone make none.`,
        instead: `Put a comma behind the number: shape=(${number},).`,
        severity: 'design',
        why: 'TensorFlow’s Keras 2 makes a tuple of it by itself; Keras before it and Keras 3 refuse it.',
        evidence: [],
      };
    }
    for (const { layer } of layersMade(program)) {
      const { type: name, args, span: at } = layer;
      if (at === undefined || args.positional.length > 6) continue;
      for (const rule of RULES) {
        const wrong = rule.of.test(name) ? wrongBy(rule, name, args) : undefined;
        if (wrong === undefined) continue;
        yield { at, message: wrong, evidence: [] };
        break;
      }
    }
  },
};

/** Whether it is one size for sure: `x.shape[1]`, `len(words)`, or an argument that is called a size. */
function isCounted(datum: Datum | undefined): datum is Value {
  if (!isValue(datum)) return false;
  const { made, span } = datum;
  if (made.kind === 'argument') return /(^|_)(dim|size|len|length|width)$/i.test(span?.text ?? made.name);
  if (made.kind !== 'operation') return false;
  const [of, key] = made.args.positional;
  return (
    made.name === 'len' ||
    (made.name === 'getitem' &&
      typeof key === 'bigint' &&
      isValue(of) &&
      of.made.kind === 'attribute' &&
      of.made.name === 'shape')
  );
}

function wrongBy({ name, place, kind }: Rule, layer: string, args: CallArguments): string | undefined {
  const given = argument(args, name, place);
  if (given === undefined || given === null) return undefined;
  const isBelow = isNumber(given) && Number(given) <= 0;
  if (isBelow) return `${name} of ${layer} is ${String(given)}, and has to be above 0.`;
  if (typeof given === 'string') return `${name} of ${layer} is the text '${given}', and has to be a number.`;
  if (kind === 'count')
    return Array.isArray(given) && given.every((one: Datum) => isNumber(one))
      ? `${name} of ${layer} is one number, and is given (${given.join(', ')}).`
      : undefined;
  const axes = Number(/[123](?=D)/.exec(layer)?.[0]);
  if (!Array.isArray(given) || !given.every((one: Datum) => isNumber(one))) return undefined;
  return given.length === axes
    ? undefined
    : `${name} of ${layer} has ${axes === 1 ? 'one size' : `${axes} sizes`}, and is given ${given.length}.`;
}

function isNumber(datum: Datum): boolean {
  return typeof datum === 'bigint' || typeof datum === 'number';
}
