import { isCertain, isValue, kerasOf, optimizerOf } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsOfUnknown } from '../../ask/events.js';
import { isGivenOn } from '../../ask/given-on.js';
import { places } from '../../ask/places.js';
import { isNamedElsewhere } from '../../ask/named-elsewhere.js';

export const optimizerUnused: Check = {
  id: 'optimizer-unused',
  title: 'An optimiser that is made and not used',
  severity: 'warning',
  why: 'compile is given the name of an optimiser, and so makes one with Keras’s own settings: the rate that was chosen has no effect.',
  instead: 'Give compile the object: optimizer=sgd, without quotation marks.',
  needs: 'An optimiser with settings that nothing uses, and a compile that is given a name.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
from keras.optimizers import SGD
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
sgd = SGD(lr=0.1, momentum=0.9)
model.compile(loss='categorical_crossentropy', optimizer='sgd')  # <--
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
from keras.optimizers import SGD
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
sgd = SGD(lr=0.1, momentum=0.9)
model.compile(loss='categorical_crossentropy', optimizer=sgd)
`,
  ],
  *run(program) {
    for (const { compiles } of kerasOf(program).models)
      for (const { optimizerGiven, moment } of compiles) {
        if (typeof optimizerGiven !== 'string' || moment.span === undefined || !isCertain(moment)) continue;
        const made = callsOfUnknown(program).find(
          (call) =>
            isValue(call.result) &&
            call.args.positional.length + call.args.named.size > 0 &&
            call.moment.activation?.id === moment.activation?.id &&
            call.moment.at < moment.at &&
            optimizerOf(call.result)?.type.toLowerCase() === optimizerGiven.toLowerCase() &&
            !isGivenOn(program, call.result),
        );
        if (made?.moment.span === undefined || isNamedElsewhere(program, made.moment.span)) continue;
        yield {
          at: moment.span,
          message: `compile is given the name '${optimizerGiven}', and the one that is made before with its own settings is not used.`,
          evidence: [places(['the one that is made', made.moment.span])],
        };
      }
  },
};
