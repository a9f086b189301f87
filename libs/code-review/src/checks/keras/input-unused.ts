import {
  application,
  argument,
  entriesOf,
  isCertain,
  isValue,
  kerasCall,
  mergeIn,
} from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { kerasCalls } from '../../ask/keras-calls.js';
import { comesOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';

const BEGINNING = `
from keras.layers import Concatenate, Dense, Input, LSTM
from keras.models import Model
`;

export const inputUnused: Check = {
  id: 'input-unused',
  title: 'An input of a network that none of its outputs comes of',
  severity: 'warning',
  why: 'What is given for this input changes nothing: the layers after it are no part of the network, and learn nothing.',
  instead: 'Call the next layer on what those layers gave, or join it with the rest.',
  needs: 'Model with inputs and outputs that are all known, step by step.',
  wrong: [
    `${BEGINNING}
first, second = Input((40,)), Input((8,))
hidden, other = Dense(16, activation='relu')(first), Dense(16, activation='relu')(second)
joined = Concatenate()([hidden, other])
model = Model([first, second], Dense(1, activation='sigmoid')(hidden))  # <--
`,
    `${BEGINNING}
asked, told = Input((None, 40)), Input((None, 30))
whole, state_h, state_c = LSTM(64, return_state=True)(asked)
said = LSTM(64, return_sequences=True)(told)  # <--
model = Model([asked, told], Dense(30, activation='softmax')(said))
`,
  ],
  right: [
    `${BEGINNING}
first, second = Input((40,)), Input((8,))
hidden, other = Dense(16, activation='relu')(first), Dense(16, activation='relu')(second)
joined = Concatenate()([hidden, other])
model = Model([first, second], Dense(1, activation='sigmoid')(joined))
asked, told = Input((None, 40)), Input((None, 30))
whole, state_h, state_c = LSTM(64, return_state=True)(asked)
said = LSTM(64, return_sequences=True)(told, initial_state=[state_h, state_c])
second_model = Model([asked, told], Dense(30, activation='softmax')(said))
`,
    `${BEGINNING}
small, large = Input((8,)), Input((32,))
made = Dense(32, activation='relu')(small)
judge = Model(large, Dense(1, activation='sigmoid')(large))
judge.trainable = False
game = Model([small, large], [judge(made), made])
`,
  ],
  *run(program) {
    if (!/\bModel\(/.test(program.source)) return;
    const applied = eventsOf(program, 'call').flatMap(({ result }) =>
      isValue(result) && (application(result) !== undefined || mergeIn(result) !== undefined) ? [result] : [],
    );
    for (const call of kerasCalls(program)) {
      if (call.name !== 'Model' || call.value.span === undefined || !isCertain(call.moment)) continue;
      const inputs = listed(argument(call.args, 'inputs', 0));
      const outputs = listed(argument(call.args, 'outputs', 1));
      if (inputs.length < 2 || outputs.length === 0) continue;
      const isUsed = (input: Value): boolean =>
        outputs.some((output) => output === input || comesOf(output, (value) => value === input));
      const loose = inputs.find((input) => kerasCall(input)?.name === 'Input' && !isUsed(input));
      // Of a network that is not known step by step another input may be lost too.
      if (loose === undefined || inputs.every((input) => !isUsed(input))) continue;
      const last = applied.findLast((one) => comesOf(one, (value) => value === loose));
      const resumed = last === undefined ? undefined : resumedIn(applied, last, loose, outputs);
      yield {
        at: resumed?.span ?? call.value.span,
        // In a game of two networks an input that no layer takes stands there for those who feed it.
        ...(last === undefined &&
          outputs.length > 1 &&
          /\.trainable\s*=\s*False/.test(program.source) && { severity: 'remark' as const }),
        message: 'None of the outputs of this network comes of one of its inputs.',
        evidence: [
          places(
            ['that input', loose.span],
            ['the last layer on it', last?.span],
            ['the network', call.value.span],
          ),
        ],
      };
    }
  },
};

/** The layer that should go on from there: one that takes part of what was joined, or a recurrent one that takes no states. */
function resumedIn(
  applied: readonly Value[],
  last: Value,
  loose: Value,
  outputs: readonly Value[],
): Value | undefined {
  const parts = mergeIn(last)?.parts ?? [];
  const beside = applied.filter(
    (one) =>
      one !== last &&
      parts.some((part) => application(one)?.args.positional[0] === part) &&
      outputs.some((output) => output === one || comesOf(output, (value) => value === one)),
  );
  if (beside.length === 1) return beside[0];
  const isRecurrent = (value: Value): boolean =>
    /LSTM|GRU|RNN/.test(kerasCall(application(value)?.callee)?.name ?? '');
  if (!isRecurrent(last)) return undefined;
  const others = applied.filter(
    (one) =>
      isRecurrent(one) &&
      !comesOf(one, (value) => value === loose) &&
      outputs.some((output) => comesOf(output, (value) => value === one)),
  );
  return others.length === 1 ? others[0] : undefined;
}

/** The tensors of a list, or of a dict, that are all known. */
function listed(given: Datum | undefined): readonly Value[] {
  const items = isValue(given)
    ? [given]
    : Array.isArray(given)
      ? given
      : (entriesOf(given)?.map(([, value]) => value) ?? []);
  const values = items.filter((item: Datum) => isValue(item));
  return values.length === items.length ? values : [];
}
