import { argument, arrayFacts, foreignCall, isValue, predictionOf } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsOfUnknown } from '../../ask/events.js';
import { headOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

const OF_CLASSES =
  /^sklearn\.metrics\.(accuracy_score|confusion_matrix|classification_report|f1_score|precision_score|recall_score|balanced_accuracy_score|matthews_corrcoef|cohen_kappa_score)$/;

export const chancesAsClasses: Check = {
  id: 'chances-as-classes',
  title: 'Probabilities in the place of classes',
  severity: 'error',
  why: 'predict gives probabilities; figures about classes refuse them, or count no two of them as equal.',
  instead: 'Take np.argmax(predictions, axis=1), or (predictions > 0.5) for one unit.',
  needs:
    'A figure of scikit-learn about classes that is given what predict gave, of a network that ends in sigmoid or softmax.',
  wrong: [
    `
from sklearn.metrics import confusion_matrix
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
guess = model.predict(x)
print(confusion_matrix(y, guess))  # <--
`,
    `
import numpy as np
from sklearn.metrics import confusion_matrix
from keras.models import Sequential
from keras.layers import Dense
from keras.utils import to_categorical
from data import x, y
y = to_categorical(y, 3)
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
print(confusion_matrix(y, np.argmax(model.predict(x), axis=1)))  # <--
`,
  ],
  right: [
    `
from sklearn.metrics import confusion_matrix, roc_auc_score
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
guess = model.predict(x)
print(confusion_matrix(y, guess > 0.5), roc_auc_score(y, guess))
`,
    `
from sklearn.metrics import confusion_matrix
from keras.models import Sequential
from keras.layers import Dense
from data import x, y
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=30)
print(confusion_matrix(y, model.predict_classes(x)))
`,
  ],
  *run(program) {
    if (!program.source.includes('sklearn')) return;
    const said = new Set<number>();
    for (const { args, moment, result } of callsOfUnknown(program)) {
      const at = moment.span;
      if (at === undefined || said.has(at.start) || !OF_CLASSES.test(foreignCall(result)?.name ?? ''))
        continue;
      const figure = foreignCall(result);
      const columns =
        figure &&
        columnsBesideNumbers(argument(figure.args, 'y_true', 0), argument(figure.args, 'y_pred', 1));
      if (columns !== undefined) {
        said.add(at.start);
        yield {
          at,
          message:
            'The labels have a column a class here, and the predictions are class numbers: these figures take no mix of the two.',
          instead: 'Take np.argmax(labels, axis=1) of the labels too.',
          evidence: [places(['the labels', columns.span])],
        };
        continue;
      }
      const given = [...args.positional, ...args.named.values()].find(
        (datum) => predictionOf(program, flatIn(datum)) !== undefined,
      );
      const network = given === undefined ? undefined : predictionOf(program, flatIn(given))?.network;
      const head = network && headOf(network);
      if (head === undefined || !/^(softmax|(hard_)?sigmoid)$/.test(head.activation ?? '')) continue;
      said.add(at.start);
      yield {
        at,
        message: `This is given the probabilities of ${head.activation}, and takes classes.`,
        evidence: [places(['the last layer', head.layer.span])],
      };
    }
  },
};

/** What is laid out flat, before it was. */
function flatIn(datum: Datum | undefined): Datum | undefined {
  return isValue(datum) &&
    datum.made.kind === 'operation' &&
    /^(ravel|flatten|squeeze)$/.test(datum.made.name)
    ? datum.made.args.positional[0]
    : datum;
}

/** Labels as a column a class, where the predictions are the numbers of the largest. */
function columnsBesideNumbers(labels: Datum | undefined, predictions: Datum | undefined): Value | undefined {
  if (!isValue(labels) || !isValue(predictions) || predictions.made.kind !== 'operation') return undefined;
  const { targets } = arrayFacts(labels);
  const isOfColumns = targets?.kind === 'one-hot' && targets.isOneColumnOfTwo !== true;
  const name = foreignCall(predictions)?.name ?? predictions.made.name;
  return isOfColumns && /(^|\.)(argmax|predict_classes)$/.test(name) ? labels : undefined;
}
