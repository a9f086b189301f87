import type { Check } from '../../check.js';
import { speaksOfKeras } from '../../ask/keras-calls.js';
import { bodyAround, nodesOf, targetsOf } from '../../ask/tree.js';

const LEARNS = (write: string): string => `
import random
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
q = Sequential([Dense(24, input_dim=4, activation='relu'), Dense(2)])
q.compile(loss='mse', optimizer='adam')
memory = []
def learn(gamma):
    for state, action, reward, next_state in random.sample(memory, 32):
        goal = reward + gamma * np.amax(q.predict(next_state)[0])
        goals = q.predict(state)
        ${write}
        q.fit(state, goals, epochs=1, verbose=0)
`;

export const actionAsRow: Check = {
  id: 'action-as-row',
  title: 'An action in the place of an example',
  severity: 'error',
  why: 'predict gives a row for each example: the first index is the example, and the action comes after it. The whole row of another example is overwritten, or there is none and an IndexError is raised.',
  instead: 'Write goals[0][action] = goal.',
  needs: 'What predict gives, under a name, and one of its rows set by a number called action.',
  wrong: [LEARNS('goals[action] = goal  # <--')],
  right: [
    LEARNS('goals[0][action] = goal'),
    LEARNS('goals = goals[0]\n        goals[action] = goal\n        goals = goals[None]'),
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

class Values:
    def __init__(self):
        self.net = Sequential([Dense(24, input_dim=4, activation='relu'), Dense(2)])
        self.net.compile(loss='mse', optimizer='adam')

    def predict(self, state):
        return self.net.predict(state[None])[0]

values = Values()
def learn(state, action, goal):
    goals = values.predict(state)
    goals[action] = goal
    values.net.fit(state[None], goals[None], verbose=0)
`,
  ],
  *run(program) {
    // What a method of the program's own gives may be a row alone.
    if (!speaksOfKeras(program) || !/\.predict\(/.test(program.source)) return;
    if (nodesOf(program, 'FunctionDef').some(({ name }) => name === 'predict')) return;
    for (const write of nodesOf(program, 'Assign')) {
      const [target, ...more] = write.targets;
      if (target?.kind !== 'Subscript' || target.value.kind !== 'Name' || more.length > 0) continue;
      if (target.index.kind !== 'Name' || !/^(best_)?act(ion)?(_idx|_index)?$/.test(target.index.id))
        continue;
      const name = target.value.id;
      const made = bodyAround(program, write.span).filter((one) => targetsOf(one).includes(name));
      const [only] = made;
      if (made.length !== 1 || only?.kind !== 'Assign' || only.span.start > write.span.start) continue;
      if (only.value.kind !== 'Call' || !only.value.callee.span.text.endsWith('.predict')) continue;
      yield {
        at: write.span,
        message: `The first index of ${name} is the example, and not the action: predict gives a row for each.`,
        evidence: [],
      };
    }
  },
};
