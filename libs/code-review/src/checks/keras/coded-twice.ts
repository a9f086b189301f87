import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places, spanOf } from '../../ask/places.js';

export const codedTwice: Check = {
  id: 'coded-twice',
  title: 'Classes made columns twice',
  severity: 'error',
  why: 'to_categorical takes class numbers: given columns it takes each 0 and 1 of them for a class, and makes columns of each again.',
  instead: 'Call to_categorical once.',
  needs: 'to_categorical of what to_categorical gave.',
  wrong: [
    `
from keras.utils import to_categorical
from data import y
y = to_categorical(y, 10)
y = to_categorical(y, 10)  # <--
`,
    `
import numpy as np
from tensorflow import keras
from data import labels
def coded(labels):
    return keras.utils.to_categorical(labels)
targets = coded(labels).astype('float32')
learned = keras.utils.to_categorical(targets[:800])  # <--
`,
    `
y_train = to_categorical(y_train, 6)
y_train = to_categorical(y_train, 6)  # <--
model = Sequential()
model.add(Dense(16, input_dim=50, activation='relu'))
model.add(Dense(6, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x_train, y_train, epochs=30)
`,
  ],
  right: [
    `
import numpy as np
from keras.utils import to_categorical
from data import labels
y = to_categorical(labels)
y = to_categorical(np.argmax(y, axis=1))
`,
  ],
  *run(program: Program): Generator<Found> {
    const said = new Set<number>();
    for (const { result, moment } of eventsOf(program, 'call')) {
      const call = foreignCall(result);
      const at = moment.span;
      if (call?.name.endsWith('to_categorical') !== true) continue;
      const given = call.args.positional.find((one) => isValue(one) && madeColumns(one));
      if (at === undefined || given === undefined || said.has(at.start)) continue;
      said.add(at.start);
      yield {
        at,
        message: 'What is made columns here was made columns before.',
        evidence: [places(['it was given here', spanOf(given)])],
      };
    }
  },
};

/** Whether something is what `to_categorical` gave, or rows of it. */
function madeColumns(datum: Datum | undefined): boolean {
  let current = datum;
  for (let depth = 0; depth < 6 && isValue(current) && current.made.kind === 'operation'; depth++) {
    if (foreignCall(current)?.name.endsWith('to_categorical') === true) return true;
    const { args, name }: typeof current.made = current.made;
    if (!/^(astype|getitem|copy)$/.test(name)) return false;
    // A column alone is numbers again.
    if (name === 'getitem' && Array.isArray(args.positional[1])) return false;
    [current] = args.positional;
  }
  return false;
}
