import { isRecurrent, kerasOf } from '@tensormark/frameworks';
import type { KerasLayer } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';

export const sequenceOfOne: Check = {
  id: 'sequence-of-one',
  title: 'Sequences of one step',
  severity: 'design',
  why: 'A recurrent layer carries what it has seen from step to step, and starts from nothing with each example: of a single step it has nothing to carry and is a dense layer with gates.',
  instead: 'Give it the steps that the answer depends on, (examples, steps, features), or use Dense layers.',
  needs: 'A recurrent layer that is not stateful, and one step as the length of its input.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import LSTM, Dense
from data import x, y
x = x.reshape((-1, 1, 8))
model = Sequential([LSTM(32, input_shape=(1, 8)), Dense(1)])  # <--
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=20)
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import LSTM, Dense
from data import x, y
model = Sequential([LSTM(32, input_shape=(8, 1)), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=20)
one = Sequential([LSTM(32, batch_input_shape=(1, 1, 8), stateful=True), Dense(1)])
one.compile(loss='mse', optimizer='adam')
one.fit(x, y, batch_size=1, shuffle=False)
`,
  ],
  *run(program) {
    for (const { network, fits } of kerasOf(program).models) {
      const step = network?.steps.find(
        ({ layer }) => layer !== undefined && recurrentIn(layer) !== undefined,
      );
      const layer = step?.layer;
      const core = layer && recurrentIn(layer);
      if (layer?.span === undefined || core === undefined || step?.given?.length !== 2) continue;
      if (step.given[0] !== 1 || fits.length === 0 || (core.args.named.get('stateful') ?? false) !== false)
        continue;
      // What is given a first state goes on from another network.
      if (/initial_state|reset_states/.test(program.source)) continue;
      yield {
        at: layer.span,
        message: `Each example is a sequence of one step: the ${core.type} has nothing to remember.`,
        evidence: [places(['learned from here', fits[0]?.moment.span])],
      };
    }
  },
};

/** The recurrent layer that a layer is or goes both ways with. */
function recurrentIn(layer: KerasLayer): KerasLayer | undefined {
  const core = layer.type === 'Bidirectional' ? layer.inner : layer;
  return core !== undefined && isRecurrent(core) ? core : undefined;
}
