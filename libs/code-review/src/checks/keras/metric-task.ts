import { REGRESSION } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { taughtIn, trainedIn } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

export const metricTask: Check = {
  id: 'metric-task',
  title: 'A metric that means nothing for the task',
  severity: 'warning',
  why: 'Accuracy counts outputs that equal their target: of real numbers hardly any do, so it stays near 0 however well the network does, and the other way about.',
  instead: "For amounts watch 'mae' or 'mse'; for classes accuracy, of the kind that the labels are.",
  needs:
    'A network with a linear last layer of one unit (or real targets), compiled with a loss for amounts and accuracy.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([Dense(12, input_dim=8, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam', metrics=['accuracy'])  # <--
`,
    `
from keras.models import Model
from keras.layers import Dense, Input
given = Input(shape=(8,))
shared = Dense(12, activation='relu')(given)
width, height = Dense(1)(shared), Dense(1)(shared)
model = Model(given, [width, height])
model.compile(loss='mse', optimizer='adam', metrics=['accuracy'])  # <--
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([Dense(12, input_dim=8, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam', metrics=['mae'])
`,
    `
from keras.models import Model
from keras.layers import Dense, Input
given = Input(shape=(8,))
shared = Dense(12, activation='relu')(given)
kind, height = Dense(3, activation='softmax')(shared), Dense(1)(shared)
model = Model(given, [kind, height])
model.compile(loss=['categorical_crossentropy', 'mse'], optimizer='adam', metrics=['accuracy'])
`,
  ],
  *run(program) {
    for (const trained of trainedIn(program)) {
      const { head, compiled } = trained;
      const at = compiled.moment.span;
      const loss = compiled.loss?.name ?? '';
      const metric = compiled.metrics.find((name) => name.endsWith('accuracy'));
      if (at === undefined || metric === undefined) continue;
      const fits = taughtIn(trained);
      const evidence = [places(['the last layer', head.layer.span])];
      if (REGRESSION.has(loss)) {
        const isReal = fits.some(
          ({ targets: { targets, isRandom } }) => targets?.kind === 'real' && isRandom !== true,
        );
        const isClasses = fits.some(
          ({ targets: { targets } }) => targets !== undefined && targets.kind !== 'real',
        );
        const isAmount = head.units === 1 && /^(linear|relu|leaky_relu)$/.test(head.activation ?? '');
        if (
          isClasses ||
          (!isReal && !isAmount && !(head.activation === 'linear' && head.units !== undefined))
        )
          continue;
        yield {
          at,
          message: `${metric} says nothing of a network that is trained by ${loss} on amounts.`,
          evidence,
          ...(!isReal && !isAmount && { severity: 'design' as const }),
        };
        continue;
      }
      const isSparse = loss === 'sparse_categorical_crossentropy';
      const isOther =
        (isSparse && (metric === 'categorical_accuracy' || metric === 'binary_accuracy')) ||
        (loss === 'categorical_crossentropy' && metric === 'sparse_categorical_accuracy');
      const isByUnit =
        loss === 'categorical_crossentropy' && metric === 'binary_accuracy' && (head.units ?? 0) > 2;
      if (isOther || isByUnit)
        yield {
          at,
          message: isByUnit
            ? `binary_accuracy counts each of the ${head.units} units for itself, which is high even for a network that always chooses wrong.`
            : `${metric} takes labels of another form than ${loss}.`,
          evidence,
        };
    }
  },
};
