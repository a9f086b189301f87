import { isCertain, kerasOf } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { layersOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

const READER = (fit: string): string => `
from keras.models import Sequential
from keras.layers import LSTM, Dense
from data import x, y
model = Sequential()
model.add(LSTM(32, batch_input_shape=(1, 10, 4), stateful=True))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
for epoch in range(20):
    model.fit(x, y, batch_size=1, epochs=1${fit}
    model.reset_states()
`;

export const statefulShuffled: Check = {
  id: 'stateful-shuffled',
  title: 'Examples in an order of chance for a layer that goes on from the last one',
  severity: 'warning',
  why: 'A stateful layer begins each batch where the batch before ended; fit shuffles the examples unless told not to, so that it goes on from any other.',
  instead: 'Give fit shuffle=False.',
  needs: 'stateful=True, and a fit of arrays that is not told shuffle=False.',
  wrong: [READER(')  # <--')],
  right: [READER(', shuffle=False)')],
  *run(program) {
    if (!program.source.includes('stateful')) return;
    for (const { network, fits } of kerasOf(program).models) {
      const layers = (network === undefined ? [] : layersOf(network)).flatMap(({ layer }) => layer ?? []);
      const stateful = layers.find((layer) => (layer.inner ?? layer).args.named.get('stateful') === true);
      if (stateful === undefined) continue;
      for (const { moment, call, shuffle, isYielded, y, inputs, batchSize } of fits) {
        const { span } = moment;
        if (call.name !== 'fit' || span === undefined || !isCertain(moment) || isYielded || y === undefined)
          continue;
        // One batch has no other before it.
        const isOneBatch =
          batchSize !== undefined && inputs.shape?.[0] !== undefined && batchSize >= inputs.shape[0];
        if ((shuffle !== undefined && shuffle !== true) || isOneBatch || span.text.includes('**')) continue;
        yield {
          at: span,
          message: 'fit shuffles the examples, and the stateful layer goes on from one batch to the next.',
          evidence: [places(['the stateful layer', stateful.span])],
        };
        break;
      }
    }
  },
};
