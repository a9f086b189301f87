import { isRecurrent, kerasOf, layerArgument } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { hiddenIn, isSurelyBuilt, layersOf } from '../../ask/keras.js';
import { LAYER_BY_LAYER } from '../../ask/layer-by-layer.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** Sigmoids in hidden layers of which the first learn nothing: the gradient has less than a thousandth left. */
const HOPELESS = 5;

/** So many hidden layers with one of these before gradients have all but gone. */
const MANY: Readonly<Record<string, number>> = { sigmoid: 2, hard_sigmoid: 2, tanh: 4 };

/** Squashing activations in several hidden layers. */
export const sigmoidDeepInKeras: KerasPart = {
  why: 'The slope of a sigmoid is a quarter at most, that of tanh below 1 nearly everywhere: layer by layer the gradient becomes smaller, until the first layers learn nothing.',
  instead: "Use activation='relu' in hidden layers.",
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(64, input_dim=8, activation='sigmoid'))  # <--
model.add(Dense(64, activation='sigmoid'))
model.add(Dense(3, activation='softmax'))
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(64, input_dim=8, activation='tanh'))
model.add(Dense(64, activation='tanh'))
model.add(Dense(1, activation='sigmoid'))
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const { network } of kerasOf(program).models) {
      const hidden = (network === undefined ? [] : hiddenIn(network)).filter(
        ({ layer }) => !isRecurrent(layer),
      );
      for (const [name, many] of Object.entries(MANY)) {
        const such = hidden.filter(({ activation }) => activation === name);
        const at = such[0]?.at;
        if (at === undefined || such.length < many) continue;
        yield {
          at,
          message: `${such.length} hidden layers have ${name}.`,
          // Of so many it is known that nothing comes of them, however long they are trained.
          severity:
            name.endsWith('sigmoid') && such.length >= HOPELESS && !LAYER_BY_LAYER.test(program.source)
              ? 'warning'
              : 'design',
          evidence: [places(['the last of them', such.at(-1)?.at])],
        };
      }
    }
  },
};

export const rnnActivation: Check = {
  id: 'rnn-activation',
  title: 'An activation without bounds in a recurrent layer',
  severity: 'design',
  why: 'What a recurrent layer gives comes back to it at every step: without bounds it grows from step to step, and the loss becomes nan; the fast kernels need tanh besides.',
  instead: "Leave activation='tanh'.",
  needs: 'An LSTM, GRU or SimpleRNN whose activation is relu or linear.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import LSTM, Dense
model = Sequential()
model.add(LSTM(50, activation='relu', input_shape=(20, 1)))  # <--
model.add(Dense(1))
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import LSTM, Dense
model = Sequential()
model.add(LSTM(50, input_shape=(20, 1)))
model.add(Dense(1))
`,
  ],
  *run(program) {
    for (const { network } of kerasOf(program).models)
      for (const { layer } of network === undefined ? [] : layersOf(network)) {
        const core = layer?.inner ?? layer;
        const at = layer?.span;
        if (core === undefined || at === undefined || !isRecurrent(core)) continue;
        const given = layerArgument(core, ['activation']);
        if (given !== 'relu' && given !== 'linear') continue;
        // An RNN that starts as the identity is made for relu.
        if (core.args.named.has('recurrent_initializer')) continue;
        yield {
          at,
          message: `${given} has no upper bound, and ${core.type} feeds it back at every step.`,
          evidence: [],
        };
      }
  },
};

export const exponentialHidden: Check = {
  id: 'exponential-hidden',
  title: 'Exponentials of exponentials',
  severity: 'warning',
  why: 'Each layer raises e to what the one before it gave: after two of them numbers are beyond what float32 holds, and the loss is nan.',
  instead: "Use activation='relu' in hidden layers.",
  needs: "Two hidden layers in a row with activation='exponential'.",
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(16, input_dim=8, activation='exponential'))
model.add(Dense(16, activation='exponential'))  # <--
model.add(Dense(1, activation='sigmoid'))
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(16, input_dim=8, activation='relu'))
model.add(Dense(16, activation='exponential'))
model.add(Dense(1))
`,
  ],
  *run(program) {
    for (const { network } of kerasOf(program).models) {
      const hidden = network !== undefined && isSurelyBuilt(network) ? hiddenIn(network) : [];
      const second = hidden.findIndex(
        ({ activation }, at) => activation === 'exponential' && hidden[at - 1]?.activation === 'exponential',
      );
      const at = hidden[second]?.at;
      if (at === undefined) continue;
      yield {
        at,
        message: 'This layer takes the exponential of what is exponential already.',
        evidence: [places(['the layer before', hidden[second - 1]?.at])],
      };
    }
  },
};
