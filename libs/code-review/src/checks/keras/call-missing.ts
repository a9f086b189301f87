import { isValue, kerasName } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
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
    for (const { name, args, moment } of eventsOf(program, 'call')) {
      if (name !== 'add' || moment.span === undefined) continue;
      const [to, layer] = args.positional;
      const onClass = isValue(to) ? kerasName(to) : undefined;
      const added = isValue(layer) ? kerasName(layer) : undefined;
      const what =
        onClass?.name === 'Sequential'
          ? 'Sequential'
          : added?.group === 'layers' && /^[A-Z]/.test(added.name)
            ? added.name
            : undefined;
      if (what === undefined || told.has(what)) continue;
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
