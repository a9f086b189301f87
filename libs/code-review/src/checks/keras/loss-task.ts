import { isValue, REGRESSION } from '@tensormark/frameworks';
import type { Fitted, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { taughtIn, otherWord, trainedIn } from '../../ask/keras.js';
import type { Trained } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { Severity } from '../../finding.js';
import type { KerasPart } from './in-keras.js';

/** A loss of real numbers for what is a choice among classes. */
export const lossTaskInKeras: KerasPart = {
  why: 'Squared or absolute differences of probabilities have gradients that vanish where the network is surely wrong, and nothing of it is a likelihood: it learns slowly or not at all.',
  instead:
    'Use categorical_crossentropy (labels as columns), sparse_categorical_crossentropy (class numbers) or binary_crossentropy (one sigmoid unit).',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([Dense(12, input_dim=8, activation='relu'), Dense(5, activation='softmax')])
model.compile(loss='mse', optimizer='adam', metrics=['accuracy'])  # <--
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([[0], [1], [1], [0]])
model = Sequential([Dense(8, input_dim=2, activation='tanh'), Dense(1, activation='sigmoid')])
model.compile(loss='mean_absolute_error', optimizer='adam')  # <--
model.fit(x, y, epochs=2000)
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([Dense(12, input_dim=8, activation='relu'), Dense(5)])
model.compile(loss='mse', optimizer='adam')
`,
    `
from keras.models import Sequential, load_model
from keras.layers import Dense
from data import x
teacher = load_model('teacher.keras')
model = Sequential([Dense(12, input_dim=8, activation='relu'), Dense(5, activation='softmax')])
model.compile(loss='mse', optimizer='adam')
model.fit(x, teacher.predict(x), epochs=20)
`,
  ],
  *run(program: Program): Generator<Found> {
    for (const trained of trainedIn(program)) {
      const { head, compiled } = trained;
      const at = compiled.moment.span;
      const name = compiled.loss?.name ?? '';
      const severity = REGRESSION.has(name) ? severityFor(trained) : undefined;
      if (at === undefined || severity === undefined) continue;
      const isBinary = head.units === 1 || head.activation === 'sigmoid';
      const fix =
        compiled.lossGiven === undefined || typeof compiled.lossGiven !== 'string'
          ? undefined
          : otherWord(at, compiled.lossGiven, isBinary ? 'binary_crossentropy' : 'categorical_crossentropy');
      yield {
        at,
        severity,
        message: `${name} is a loss for amounts, and the network chooses among classes.`,
        evidence: [places(['the last layer', head.layer.span])],
        ...(fix && { fix }),
      };
    }
  },
};

/** Targets that a network gave itself, as a teacher or a policy does, are amounts whatever its last layer is. */
function isOfPredictions({ y }: Pick<Fitted, 'y'>): boolean {
  return isValue(y) && comesOf(y, (one) => makerOf(one) === 'predict');
}

function severityFor(trained: Trained): Severity | undefined {
  const { head, compiled } = trained;
  const fits = taughtIn(trained);
  const isClasses = fits.some(
    ({ targets, x, y }) =>
      x !== y &&
      targets.targets !== undefined &&
      targets.targets.kind !== 'real' &&
      targets.isRandom !== true,
  );
  const isReal = fits.some(
    ({ targets: { targets, isRandom } }) => targets?.kind === 'real' && isRandom !== true,
  );
  const isOneHot = fits.some(({ targets, x, y }) => x !== y && targets.targets?.kind === 'one-hot');
  const isMany = fits.some(
    ({ targets: { targets } }) => targets?.kind === 'classes' && (targets.count ?? 0) > 2,
  );
  const { units, activation } = head;
  if (fits.some(isOfPredictions)) return undefined;
  if (units === 1 && isMany) return 'warning';
  if (units !== undefined && units > 1) {
    if (isOneHot) return 'warning';
    if (activation === 'softmax') return isReal ? 'design' : 'warning';
    return isClasses ? 'design' : undefined;
  }
  if (activation === 'softmax' && units === undefined) return 'warning';
  if (isReal) return undefined;
  const isAskedHowOften = compiled.metrics.some((metric) => metric.endsWith('accuracy'));
  if (activation !== 'sigmoid' && !isClasses) return undefined;
  // The best answer by absolute differences is the class of most examples, whatever the inputs are.
  if (
    isClasses &&
    activation === 'sigmoid' &&
    /^(mean_absolute_error|mae|MAE|MeanAbsoluteError)$/.test(compiled.loss?.name ?? '')
  )
    return 'warning';
  if (isAskedHowOften || isClasses) return 'design';
  // Nothing says which of the two it is; amounts between 0 and 1 would be right so.
  return units === 1 && fits.some(({ targets: { scale } }) => scale === 'raw') ? 'remark' : undefined;
}
