import type { Check } from '../../check.js';
import { otherWord, trainedIn } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

export const oneUnitClasses: Check = {
  id: 'one-unit-classes',
  title: 'A loss over classes, and a single unit',
  severity: 'warning',
  why: 'Categorical cross entropy compares the probabilities of several classes; of a single one the loss is 0 or broken, and nothing is learned.',
  instead: 'Use binary_crossentropy with one sigmoid unit, or one unit a class with softmax.',
  needs:
    'A network whose last layer has one unit, compiled with categorical or sparse categorical cross entropy.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])  # <--
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([Dense(12, input_dim=8, activation='relu'), Dense(2, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
`,
  ],
  *run(program) {
    for (const { head, compiled } of trainedIn(program)) {
      const at = compiled.moment.span;
      const name = compiled.loss?.name ?? '';
      if (at === undefined || head.units !== 1 || !/^(sparse_)?categorical_crossentropy$/.test(name))
        continue;
      const fix = head.activation === 'sigmoid' ? otherWord(at, name, 'binary_crossentropy') : undefined;
      yield {
        at,
        message: `${name} compares several classes, and the last layer has one unit.`,
        evidence: [places(['the last layer', head.layer.span])],
        ...(fix && { fix }),
      };
    }
  },
};
