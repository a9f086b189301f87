import { application, isValue, layerOf } from '@tensormark/frameworks';
import type { KerasLayer, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { applications } from '../../ask/keras-calls.js';
import { places } from '../../ask/places.js';

export const batchIndexed: Check = {
  id: 'batch-indexed',
  title: 'One example of the batch taken for what a layer gives',
  severity: 'error',
  why: 'A layer gives one tensor of a whole batch: [0] of it is its first example, and the axis of the batch is gone.',
  instead: 'Hand on the tensor itself; to take a step or a channel of each example, write x[:, 0].',
  needs:
    'A number in brackets after the result of a layer that gives one tensor, which is handed to another layer.',
  wrong: [
    `
from keras.layers import Dense, Input, LSTM, RepeatVector
from keras.models import Model
series = Input(shape=(30, 4))
code = LSTM(50)(series)
again = RepeatVector(30)(code[0])  # <--
model = Model(series, Dense(4)(LSTM(50, return_sequences=True)(again)))
`,
  ],
  right: [
    `
from keras.layers import Dense, Input, LSTM, RepeatVector
from keras.models import Model
series = Input(shape=(30, 4))
code = LSTM(50, return_state=True)(series)
again = RepeatVector(30)(code[0])
last = LSTM(50, return_sequences=True)(again)
model = Model(series, [Dense(4)(last), Dense(1)(last[:, 0])])
`,
  ],
  *run(program) {
    for (const { callee, args } of applications(program)) {
      if (layerOf(callee) === undefined) continue;
      const [given] = args.positional;
      const from = isValue(given) ? indexed(given) : undefined;
      if (from === undefined || !isValue(given) || given.span === undefined) continue;
      yield {
        at: given.span,
        message: `${from.type} gives one tensor of the whole batch, and this takes one example out of it.`,
        evidence: [places(['the layer', from.span])],
      };
    }
  },
};

/** The layer whose one tensor a number is put in brackets after. */
function indexed({ made }: Value): KerasLayer | undefined {
  if (made.kind !== 'operation' || made.name !== 'getitem') return undefined;
  const [of, key] = made.args.positional;
  const applied = typeof key === 'bigint' && isValue(of) ? application(of) : undefined;
  const layer = applied && layerOf(applied.callee);
  return layer !== undefined && GIVES_ONE.test(layer.type) && !layer.args.named.has('return_state')
    ? layer
    : undefined;
}

const GIVES_ONE =
  /^(Dense|Conv[123]D|Embedding|Dropout|Flatten|Activation|BatchNormalization|(Max|Average)Pooling[123]D|(CuDNN)?(LSTM|GRU)|SimpleRNN)$/;
