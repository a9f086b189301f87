import { rangeOf, REGRESSION } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { taughtIn, otherWord, trainedIn } from '../../ask/keras.js';
import type { Taught } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

export const outputRange: Check = {
  id: 'output-range',
  title: 'Targets that the last activation cannot reach',
  severity: 'warning',
  why: 'Sigmoid gives numbers from 0 to 1 and tanh from -1 to 1: what lies beyond is never reached, and the units are driven to where they have no gradient.',
  instead: 'Leave the last layer linear, or scale the targets to the range of the activation.',
  needs: 'A last layer with sigmoid, tanh or softmax, and targets known to lie beyond.',
  wrong: [
    `
from keras.datasets import boston_housing
from keras.models import Sequential
from keras.layers import Dense, BatchNormalization
(x, y), _ = boston_housing.load_data()
model = Sequential()
model.add(BatchNormalization(input_shape=(13,)))
model.add(Dense(32, activation='relu'))
model.add(Dense(1, activation='sigmoid'))  # <--
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=50)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.random.uniform(-1, 1, size=(2000, 1))
y = 4 * x ** 3
model = Sequential()
model.add(Dense(32, input_dim=1, activation='relu'))
model.add(Dense(1, activation='tanh'))  # <--
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=50)
`,
  ],
  right: [
    `
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense
(x, _), _ = mnist.load_data()
x = x.reshape(-1, 784) / 255
model = Sequential()
model.add(Dense(32, input_dim=784, activation='relu'))
model.add(Dense(784, activation='sigmoid'))
model.compile(loss='mse', optimizer='adam')
model.fit(x, x, epochs=50)
`,
  ],
  *run(program) {
    for (const trained of trainedIn(program)) {
      const { head, compiled } = trained;
      const { activation } = head;
      if (activation === undefined || !/^(hard_)?sigmoid$|^tanh$|^softmax$/.test(activation)) continue;
      const isAmounts = REGRESSION.has(compiled.loss?.name ?? '');
      const beyond = taughtIn(trained).find(
        (fit) => (isAmounts || fit.x === fit.y) && isBeyond(fit, activation),
      );
      if (beyond === undefined) continue;
      const fix = isAmounts ? otherWord(head.at, activation, 'linear') : undefined;
      yield {
        at: head.at,
        message: `The targets go beyond what ${activation} gives.`,
        evidence: [places(['the targets are given here', beyond.moment.span])],
        ...(fix && { fix }),
      };
    }
  },
};

/** Whether targets are known to lie outside of 0 to 1, or of -1 to 1. */
function isBeyond(
  { targets: { targets, scale, set, elements, isRandom }, y }: Taught,
  activation: string,
): boolean {
  if (scale === 'bytes') return true;
  const range = elements === undefined && isRandom !== true && targets === undefined ? rangeOf(y) : undefined;
  if (range !== undefined) return range.high > 1.1 || range.low < (activation === 'tanh' ? -1.1 : -0.1);
  if (elements !== undefined) {
    const low = activation === 'tanh' ? -1 : 0;
    return targets?.kind !== 'classes' && elements.some((element) => element > 1 || element < low);
  }
  if (scale === 'standard' && activation !== 'tanh') return targets === undefined || targets.kind === 'real';
  if (scale === 'signed' && activation !== 'tanh') return targets === undefined || targets.kind === 'real';
  return (
    targets?.kind === 'real' &&
    scale === undefined &&
    isRandom !== true &&
    (set !== undefined || targets.hasNegative === true || targets.isAmount === true)
  );
}
