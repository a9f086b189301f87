import type { tree } from '@tensormark/python';
import { eachNode } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { nodesOf } from '../../ask/tree.js';

const END =
  /^(self\.)?(d|dones?|is_?done|terminal|terminated|terminate|game_?over|episode_?over|final|is_terminal)(\[\w+\])?$/i;

const LEARNS = (asked: string, inside: string, otherwise: string): string => `
import random
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
q = Sequential([Dense(24, input_dim=4, activation='relu'), Dense(2)])
q.compile(loss='mse', optimizer='adam')
memory = []
def learn(gamma):
    for state, action, reward, next_state, done in random.sample(memory, 32):
        ${asked}
            ${inside}
        ${otherwise}
        goals = q.predict(state)
        goals[0][action] = goal
        q.fit(state, goals, epochs=1, verbose=0)
`;

const NEXT = 'goal = reward + gamma * np.amax(q.predict(next_state)[0])';

export const bootstrapAtEnd: Check = {
  id: 'bootstrap-at-end',
  title: 'The value of what comes next only where the episode has ended',
  severity: 'warning',
  why: 'Where an episode has ended nothing comes next, and its reward is all there is; everywhere else the value of the next state is what carries rewards back.',
  instead: 'Ask the other way round: the reward alone if done, else reward + gamma * best of the next state.',
  needs:
    'A condition that is nothing but the end of an episode, under which a target of reward and discounted value is set, and none where it does not hold.',
  wrong: [
    LEARNS('if done:', `${NEXT}  # <--`, 'else:\n            goal = reward'),
    LEARNS('goal = reward\n        if done:', `${NEXT}  # <--`, ''),
    LEARNS('if not done:', 'goal = reward', `else:\n            ${NEXT}  # <--`),
  ],
  right: [
    LEARNS('if not done:', NEXT, 'else:\n            goal = reward'),
    LEARNS('goal = reward\n        if not done:', NEXT, ''),
    LEARNS('if done:', 'goal = reward', `else:\n            ${NEXT}`),
  ],
  *run(program) {
    if (!/gamma|discount/i.test(program.source)) return;
    for (const asked of nodesOf(program, 'If')) {
      const ends = endsWhere(asked.test);
      if (ends === undefined) continue;
      const [ended, goesOn] = ends ? [asked.body, asked.orElse] : [asked.orElse, asked.body];
      const goal = discountedIn(ended);
      if (goal === undefined || discountedIn(goesOn) !== undefined || ended.some(isLeaving)) continue;
      yield {
        at: goal.span,
        message: 'The value of the next state is counted where the episode has ended, and nowhere else.',
        evidence: [],
      };
    }
  },
};

/** Whether a condition holds where an episode has ended, or where it has not; undefined for any other. */
function endsWhere(test: tree.Expression): boolean | undefined {
  if (test.kind === 'UnaryOp' && test.operator === 'not') {
    const inner = endsWhere(test.operand);
    return inner === undefined ? undefined : !inner;
  }
  return END.test(test.span.text) ? true : undefined;
}

/** `goal = reward + gamma * best`, a target by itself, that no loop carries back. */
function discountedIn(body: readonly tree.Statement[]): tree.Statement | undefined {
  return body.find(
    (one) =>
      one.kind === 'Assign' &&
      one.value.kind === 'BinOp' &&
      one.value.operator === '+' &&
      /gamma|discount/i.test(one.value.span.text) &&
      /\brew|\br\b|reward/i.test(one.value.left.span.text) &&
      asksNetwork(one.value.right),
  );
}

/** Whether the best of what a network gives is in it. */
function asksNetwork(value: tree.Expression): boolean {
  if (/target|next|q_?val|best|future/i.test(value.span.text)) return true;
  let asks = false;
  eachNode([value], (node) => {
    if (node.kind === 'Call') asks ||= /max|predict|model|\bq|net|target/i.test(node.callee.span.text);
  });
  return asks;
}

function isLeaving({ kind }: tree.Statement): boolean {
  return kind === 'Break' || kind === 'Return' || kind === 'Continue';
}
