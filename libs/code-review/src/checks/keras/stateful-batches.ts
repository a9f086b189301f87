import { isCertain, kerasOf } from '@tensormark/frameworks';
import type { Datum, Fitted, KerasLayer } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { layersOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

export const statefulBatches: Check = {
  id: 'stateful-batches',
  title: 'A stateful layer and batches of another size',
  severity: 'error',
  why: 'A stateful layer keeps one state for each row of its batch: a batch of another size, as the last one is where the examples do not divide, is refused.',
  instead: 'Give fit the batch size of batch_input_shape, and as many examples as it divides.',
  needs:
    'stateful=True, a batch size in batch_input_shape, and a fit whose batch size or number of examples is known.',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense
x, y = np.zeros((500, 10, 4)), np.zeros((500, 1))
model = Sequential()
model.add(LSTM(32, batch_input_shape=(16, 10, 4), stateful=True))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, batch_size=16, epochs=10, shuffle=False)  # <--
`,
    `
from keras.models import Sequential
from keras.layers import LSTM, Dense
from data import x, y
model = Sequential([LSTM(32, batch_input_shape=(1, 10, 4), stateful=True), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=10, shuffle=False)  # <--
`,
  ],
  right: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense
x, y = np.zeros((480, 10, 4)), np.zeros((480, 1))
model = Sequential()
model.add(LSTM(32, batch_input_shape=(16, 10, 4), stateful=True))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, batch_size=16, epochs=10, shuffle=False)
other = Sequential([LSTM(32, batch_input_shape=(16, 10, 4)), Dense(1)])
other.compile(loss='mse', optimizer='adam')
other.fit(x, y, batch_size=16, epochs=10)
`,
  ],
  *run(program) {
    if (!program.source.includes('stateful')) return;
    for (const { network, fits } of kerasOf(program).models) {
      const layers = (network === undefined ? [] : layersOf(network)).flatMap(({ layer }) => layer ?? []);
      const stateful = layers.find((layer) => (layer.inner ?? layer).args.named.get('stateful') === true);
      const batch = layers.map(batchOf).find((size) => size !== undefined);
      if (stateful === undefined || batch === undefined) continue;
      for (const fit of fits) {
        const { moment, call } = fit;
        if (call.name !== 'fit' || moment.span === undefined || !isCertain(moment)) continue;
        const message = faultOf(fit, batch);
        if (message === undefined) continue;
        yield { at: moment.span, message, evidence: [places(['the stateful layer', stateful.span])] };
      }
    }
  },
};

function batchOf({ args }: KerasLayer): number | undefined {
  const shape: Datum | undefined = args.named.get('batch_input_shape') ?? args.named.get('batch_shape');
  const [size] = Array.isArray(shape) ? shape : [];
  return typeof size === 'bigint' ? Number(size) : undefined;
}

function faultOf({ batchSize, inputs, validationSplit }: Fitted, batch: number): string | undefined {
  if (batchSize !== undefined && batchSize !== batch)
    return `The stateful layer takes batches of ${batch}, and fit goes by ${batchSize}.`;
  const rows = inputs.shape?.[0];
  if (rows === undefined || batchSize === undefined) return undefined;
  const kept = validationSplit === undefined ? rows : Math.floor(rows * (1 - validationSplit));
  const parts = [kept, rows - kept];
  const odd = parts.find((part) => part % batch !== 0);
  return odd === undefined
    ? undefined
    : `${odd} examples do not divide into batches of ${batch}, which the stateful layer takes: the last one is smaller.`;
}
