import { foreignCall, predictionOf } from '@tensormark/frameworks';
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
      const given = [...args.positional, ...args.named.values()].find(
        (datum) => predictionOf(program, datum) !== undefined,
      );
      const network = given === undefined ? undefined : predictionOf(program, given)?.network;
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
