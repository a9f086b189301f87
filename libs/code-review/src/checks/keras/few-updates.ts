import type { Fitted } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { fitsAfter, hiddenIn, trainedIn } from '../../ask/keras.js';
import type { Trained } from '../../ask/keras.js';
import { isDivided, zerosAndOnes } from '../../ask/separable.js';
import type { Severity } from '../../finding.js';

/** Fewer steps than this teach a network that starts at random nothing. */
const HARDLY_ANY = 150;
/** The same of steps of 0.01 along the gradient as it is. */
const FEW_PLAIN = 1500;

export const fewUpdates: Check = {
  id: 'few-updates',
  title: 'Trained for too few steps',
  severity: 'warning',
  why: 'Each batch moves the weights once and a little: with few examples an epoch is a step or two, and it takes hundreds to learn anything.',
  instead: 'Train for more epochs (with early stopping), or in smaller batches.',
  needs: 'fit on data that the program writes down itself, with a known number of epochs.',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([[0], [1], [1], [0]])
model = Sequential([Dense(8, input_dim=2, activation='tanh'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=20)  # <--
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([[0], [1], [1], [0]])
model = Sequential([Dense(4, input_dim=2, activation='sigmoid'), Dense(1, activation='sigmoid')])
model.compile(loss='mse', optimizer='sgd')
model.fit(x, y, epochs=2000, batch_size=4)  # <--
`,
  ],
  right: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([[0], [1], [1], [0]])
model = Sequential([Dense(8, input_dim=2, activation='tanh'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
for _ in range(200):
    model.fit(x, y, epochs=10)
`,
  ],
  *run(program) {
    for (const trained of trainedIn(program))
      for (const fit of fitsAfter(trained)) {
        const at = fit.moment.span;
        const steps = stepsOf(fit);
        const severity = at === undefined ? undefined : severityOf(trained, fit, steps);
        if (at === undefined || severity === undefined) continue;
        const { epochs } = fit;
        yield {
          at,
          severity,
          message:
            steps === undefined || severity === 'remark'
              ? `The network is trained for ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'} only.`
              : `The weights are moved ${steps} times in all.`,
          evidence: [
            {
              kind: 'numbers',
              numbers: [
                { what: 'epochs', value: epochs ?? 0 },
                ...(fit.inputs.shape?.[0] === undefined
                  ? []
                  : [{ what: 'examples', value: fit.inputs.shape[0] }]),
                ...(fit.batchSize === undefined ? [] : [{ what: 'examples a batch', value: fit.batchSize }]),
              ],
            },
          ],
        };
      }
  },
};

function stepsOf({
  inputs: { shape },
  epochs,
  batchSize,
  validationSplit = 0,
  call,
}: Fitted): number | undefined {
  const said = call.args.named.get('steps_per_epoch');
  if (typeof said === 'bigint' && epochs !== undefined) return epochs * Number(said);
  const rows = shape?.[0];
  if (rows === undefined || epochs === undefined || batchSize === undefined || batchSize < 1)
    return undefined;
  return epochs * Math.ceil((rows * (1 - validationSplit)) / batchSize);
}

/**
 * Steps of 0.01 along the gradient as it is, after which a table of 0 and 1 that no line divides was learned from no start: tried with
 * eight hidden units, both losses and six starts each, sigmoids from 4000 steps on and others from 1000.
 */
function farthest({ network }: Pick<Trained, 'network'>, { inputs, targets }: Fitted): number {
  const rows = zerosAndOnes(inputs.elements, inputs.shape);
  const labels = targets.elements;
  if (rows === undefined || labels?.length !== rows.length || labels.some((one) => one !== 0 && one !== 1))
    return 0;
  if (
    isDivided(
      rows,
      labels.map((one) => one === 1),
    )
  )
    return 0;
  return hiddenIn(network).every(({ activation }) => activation === 'sigmoid') ? 4000 : 1000;
}

function severityOf(
  { compiled, network }: Trained,
  fit: Fitted,
  steps: number | undefined,
): Severity | undefined {
  if (fit.moment.turn !== undefined || fit.inputs.isRandom === true || fit.call.name === 'train_on_batch')
    return undefined;
  const hasHidden = hiddenIn(network).length > 0;
  const { rate, type } = compiled.optimizer ?? {};
  const isSlow = type === 'SGD' && (rate ?? 0.01) <= 0.01 && (compiled.optimizer?.momentum ?? 0) === 0;
  if (isSlow && hasHidden && steps !== undefined && steps < farthest({ network }, fit)) return 'warning';
  // Larger steps go as far as more of them.
  const isFast =
    steps !== undefined && rate !== undefined && (steps * rate) / (type === 'SGD' ? 0.01 : 0.001) >= 1500;
  if (isFast) return undefined;
  if (steps !== undefined && hasHidden && fit.inputs.elements !== undefined) {
    if (steps < HARDLY_ANY) return 'warning';
    if (isSlow && steps < FEW_PLAIN) return 'design';
  }
  if (steps !== undefined && steps < HARDLY_ANY && hasHidden) return 'design';
  return fit.epochs !== undefined && fit.epochs <= 2 ? 'remark' : undefined;
}
