import { isValue, kerasName } from '@tensormark/frameworks';
import type { Datum, KerasCall, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { kerasCalls } from '../../ask/keras-calls.js';
import type { KerasPart } from './in-keras.js';

/** A class of Keras where an object of it is meant: `model.add(Dropout)`. */
export const callMissingInKeras: KerasPart = {
  why: 'The class itself is no layer and no model: Keras raises an error.',
  instead: 'Call it, with parentheses: Sequential(), Flatten().',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense, Flatten
model = Sequential()
model.add(Flatten)  # <--
model.add(Dense(3, activation='softmax'))
`,
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential
model.add(Dense(3, activation='softmax', input_dim=4))  # <--
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense, Flatten
model = Sequential()
model.add(Flatten())
model.add(Dense(3, activation='softmax'))
`,
  ],
  *run(program: Program): Generator<Found> {
    const told = new Set<string>();
    const added = callsNamed(program, 'add').filter(({ moment }) =>
      /\.add\s*\(/.test(moment.span?.text ?? ''),
    );
    const classes = [
      ...added.map(({ args, moment }) => ({ what: classAdded(args.positional), moment })),
      ...kerasCalls(program).map((call) => ({ what: classListed(call), moment: call.moment })),
    ];
    for (const { what, moment } of classes) {
      if (what === undefined || told.has(what) || moment.span === undefined) continue;
      told.add(what);
      yield {
        at: moment.span,
        message: `${what} is the class here, and not an object of it: its parentheses are missing.`,
        severity: 'error',
        evidence: [],
      };
    }
  },
};

/** The class that `add` is called on or given. */
function classAdded([to, layer]: readonly Datum[]): string | undefined {
  return isValue(to) && kerasName(to)?.name === 'Sequential' ? 'Sequential' : classOf(layer);
}

/** A class in the list that `Sequential` is given. */
function classListed({ name, args }: KerasCall): string | undefined {
  const [layers] = name === 'Sequential' ? args.positional : [];
  return Array.isArray(layers) ? layers.map(classOf).find((name) => name !== undefined) : undefined;
}

function classOf(datum: Datum | undefined): string | undefined {
  const named = isValue(datum) ? kerasName(datum) : undefined;
  return named?.group === 'layers' && /^[A-Z]/.test(named.name) ? named.name : undefined;
}
