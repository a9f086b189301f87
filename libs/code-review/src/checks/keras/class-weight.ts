import { argument, entriesOf, foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { fitsAfter, trainedIn } from '../../ask/keras.js';
import { isNumber } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

/** Place of `class_weight` among the arguments of `fit`, counted with the network. */
const PLACE = 10;

export const classWeight: Check = {
  id: 'class-weight',
  title: 'Weights of classes that are not what fit takes',
  severity: 'error',
  why: 'class_weight is a dict from the number of each class, counted from 0, to its weight: what is missing has no weight, and other things are refused or weigh nothing.',
  instead:
    'Give a dict with a weight for every class: dict(enumerate(compute_class_weight(class_weight="balanced", classes=np.unique(y), y=y))).',
  needs: 'class_weight that is no dict, or a dict whose numbers are not those of the classes.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(16, input_dim=4, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=50, class_weight={1: 1.0, 2: 2.0, 3: 1.5})  # <--
`,
    `
import numpy as np
from sklearn.utils.class_weight import compute_class_weight
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
weights = compute_class_weight('balanced', classes=np.unique(y), y=y)
model = Sequential([Dense(16, input_dim=4, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=50, class_weight=weights)  # <--
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D
x, y = np.random.rand(100, 32, 32, 1), np.random.randint(0, 2, (100, 32, 32, 1))
model = Sequential()
model.add(Conv2D(8, 3, padding='same', activation='relu', input_shape=(32, 32, 1)))
model.add(Conv2D(1, 1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=50, class_weight={0: 1.0, 1: 20.0})  # <--
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
x, y = np.random.rand(100, 40), np.random.randint(0, 2, (100, 12))
model = Sequential([Dense(16, input_dim=40, activation='relu'), Dense(12, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=50, class_weight={0: 1.0, 1: 20.0})  # <--
`,
  ],
  right: [
    `
import numpy as np
from sklearn.utils.class_weight import compute_class_weight
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
weights = compute_class_weight('balanced', classes=np.unique(y), y=y)
model = Sequential([Dense(16, input_dim=4, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=50, class_weight=dict(enumerate(weights)))
model.fit(x, y, epochs=50, class_weight={0: 1.0, 1: 2.0, 2: 1.5})
`,
    `
from keras.models import Model
from keras.layers import Dense, Input
from data import x, valid, labels
given = Input(shape=(4,))
real, kind = Dense(1, activation='sigmoid')(given), Dense(3, activation='softmax')(given)
model = Model(given, [real, kind])
model.compile(loss=['binary_crossentropy', 'categorical_crossentropy'], optimizer='adam')
model.train_on_batch(x, [valid, labels], class_weight=[{0: 1, 1: 1}, {0: 1, 1: 1, 2: 0.5}])
`,
  ],
  *run(program) {
    if (!program.source.includes('class_weight')) return;
    for (const trained of trainedIn(program))
      for (const fit of fitsAfter(trained)) {
        const given = argument(fit.call.args, 'class_weight', fit.call.name === 'fit' ? PLACE : undefined);
        const at = fit.moment.span;
        const isDict = entriesOf(given) !== undefined;
        const message =
          wrongWith(given, trained.head.units) ??
          (isDict ? wrongFor(fit.targets.shape, trained.head.units, trained.head.activation) : undefined);
        if (message === undefined || at === undefined) continue;
        yield { at, message, evidence: [places(['the last layer', trained.head.layer.span])] };
      }
  },
};

/** Targets whose classes are no single number, or column, an example. */
function wrongFor(
  shape: readonly unknown[] | undefined,
  units: number | undefined,
  activation: string | undefined,
): string | undefined {
  if (shape !== undefined && shape.length > 2)
    return 'class_weight is refused for targets of more than two axes: give sample_weight, or weigh in the loss.';
  return activation === 'sigmoid' && (units ?? 0) > 2 && shape?.[1] === units
    ? `class_weight goes by the largest of the ${units} columns of an example, of which several may hold here: weigh in the loss.`
    : undefined;
}

function wrongWith(given: Datum | undefined, units: number | undefined): string | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'string')
    return `class_weight is the word '${given}', and Keras takes a dict of numbers: that word is scikit-learn’s.`;
  // Older versions take a list of dicts, one for each output.
  if ((Array.isArray(given) && given.every(isNumber)) || isComputed(given))
    return 'class_weight is a list of weights, and Keras takes a dict from each class to its weight.';
  const entries = entriesOf(given);
  if (entries === undefined || units === undefined) return undefined;
  const classes = units === 1 ? 2 : units;
  const numbers = entries.flatMap(([key]) => (typeof key === 'bigint' ? [Number(key)] : []));
  if (numbers.length !== entries.length || numbers.length === 0) return undefined;
  const beyond = numbers.find((number) => number >= classes || number < 0);
  const missing = Array.from({ length: classes }, (_, number) => number).find(
    (number) => !numbers.includes(number),
  );
  if (beyond !== undefined && missing !== undefined)
    return `class_weight has a weight for class ${beyond} and none for ${missing}; the classes are 0 to ${classes - 1}.`;
  return undefined;
}

/** What scikit-learn computes: an array. */
function isComputed(given: Datum): boolean {
  return (
    isValue(given) &&
    /(^|\.)(compute_class_weight|compute_sample_weight)$/.test(foreignCall(given)?.name ?? '')
  );
}
