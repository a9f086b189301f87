import { rangeOf } from '@tensormark/frameworks';
import type { Fitted, KerasNetwork, Program, Range } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { fitsAfter, headOf, hiddenIn, layersOf, trainedIn } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

/** What a step of plain gradient descent may be at most, by the curvature that the data themselves give. */
const MOST = 1;
/** The same where there are hidden layers, whose weights start at some tenths. */
const MOST_HIDDEN = 4;

/** A rate of plain gradient descent that the numbers it is fitted to make diverge. */
export const rateForDataInKeras: KerasPart = {
  why: 'A step of gradient descent grows with the squares of the inputs and with the error: where rate times that is above 1, each step overshoots by more than it mends, and the loss goes to infinity and nan.',
  instead: 'Standardise inputs and targets, or take a rate as many times smaller (or Adam).',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from keras.optimizers import SGD
x = np.arange(100.0)
y = 3 * x + 1
model = Sequential([Dense(1, input_dim=1)])
model.compile(loss='mse', optimizer=SGD(0.01))  # <--
model.fit(x, y, epochs=50)
`,
  ],
  right: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from keras.optimizers import SGD
x = np.arange(100.0) / 100
y = 3 * x + 1
model = Sequential([Dense(1, input_dim=1)])
model.compile(loss='mse', optimizer=SGD(0.01))
model.fit(x, y, epochs=500)
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.array([-1.0, 0.0, 1.0, 2.0, 3.0, 4.0])
y = np.array([-3.0, -1.0, 1.0, 3.0, 5.0, 7.0])
model = Sequential([Dense(1, input_shape=[1])])
model.compile(optimizer='sgd', loss='mean_squared_error')
model.fit(x, y, epochs=500)
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const trained of trainedIn(program)) {
      const { compiled, network, head } = trained;
      const { optimizer, loss, moment } = compiled;
      const at = optimizer?.span ?? moment.span;
      if (at === undefined || optimizer?.type !== 'SGD' || loss?.name !== 'mean_squared_error') continue;
      if (head.activation !== 'linear' || optimizer.isClipped) continue;
      // Keras's own rate is 0.01; one that is given and not a number is not known.
      const rate = optimizer.rate ?? (optimizer.isUsual ? 0.01 : undefined);
      if (rate === undefined || !takesPlainNumbers(network)) continue;
      for (const fit of fitsAfter(trained)) {
        const [inputs, targets] = [rangeOf(fit.x), rangeOf(fit.y)];
        const grows = inputs && growthOf(fit, inputs, targets, network);
        if (inputs === undefined || grows === undefined || rate * grows.by <= grows.most) continue;
        yield {
          at,
          message: `Steps of ${rate} of the gradient diverge here: the inputs go up to ${shown(inputs)}${
            targets === undefined || grows.most === MOST ? '' : ` and the targets up to ${shown(targets)}`
          }.`,
          severity: rate * grows.by > 4 * grows.most ? 'warning' : 'design',
          evidence: [
            { kind: 'numbers', numbers: [{ what: 'learning rate', value: rate }] },
            places(['trained here', fit.moment.span], ['the network', network.span]),
          ],
        };
        break;
      }
    }
  },
};

function growthOf(
  { inputs: { shape } }: Fitted,
  { meanSquare }: Range,
  targets: Range | undefined,
  network: KerasNetwork,
): { readonly by: number; readonly most: number } | undefined {
  if (hiddenIn(network).length === 0) {
    const width = shape === undefined ? 1 : shape.length === 1 ? 1 : (shape[1] ?? 1);
    return { by: meanSquare * (shape?.length === 2 ? width : 1), most: MOST };
  }
  const isUnbounded = hiddenIn(network).every(({ activation }) =>
    /^(relu|linear|leaky_relu|elu|selu|swish|gelu|softplus)$/.test(activation ?? ''),
  );
  if (!isUnbounded || targets === undefined) return undefined;
  return { by: Math.sqrt(meanSquare * targets.meanSquare), most: MOST_HIDDEN };
}

function shown({ low, high }: Range): string {
  const most = Math.max(Math.abs(low), Math.abs(high));
  return String(Number(most.toPrecision(3)));
}

/** Whether numbers come to dense layers as they are. */
function takesPlainNumbers(network: KerasNetwork): boolean {
  return (
    network.isWhole &&
    headOf(network)?.layer.type === 'Dense' &&
    layersOf(network).every(({ layer }) =>
      /^(Dense|Activation|ReLU|InputLayer|Flatten|Dropout)$/.test(layer?.type ?? ''),
    )
  );
}
