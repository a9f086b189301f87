import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { functionsAround, statementsIn, statementsOf } from '../../ask/tree.js';
import { isDiscount } from './value-targets.js';

const AGENT = `
import numpy as np
from keras.layers import Dense
from keras.models import Sequential
from memory import draw
values = Sequential([Dense(24, activation='relu', input_dim=4), Dense(2)])
values.compile(loss='mse', optimizer='adam')
def learn(gamma=0.95):
    seen, chosen, rewards, then, done = draw(32)
    best = values.predict(then).max(axis=1)
`;

export const untakenToZero: Check = {
  id: 'untaken-to-zero',
  title: 'Values of the actions that were not taken are learned as 0',
  severity: 'warning',
  why: 'The target of each action stands in its own column: columns that stay 0 pull the values of all actions that were not taken to 0.',
  instead:
    'Start from what the network says, targets = model.predict(states), and change the taken actions alone.',
  needs:
    'An array of zeros of which only the entries of the taken actions are set, from discounted values, and that a network is fitted to.',
  wrong: [
    `${AGENT}
    goal = np.zeros((32, 2))  # <--
    goal[np.arange(32), chosen] = rewards + gamma * best * (1 - done)
    values.fit(seen, goal, epochs=1)
`,
  ],
  right: [
    `${AGENT}
    goal = values.predict(seen)
    goal[np.arange(32), chosen] = rewards + gamma * best * (1 - done)
    values.fit(seen, goal, epochs=1)
`,
    `${AGENT}
    goal = np.zeros((32, 2))
    goal[:] = values.predict(seen)
    goal[np.arange(32), chosen] = rewards + gamma * best * (1 - done)
    values.fit(seen, goal, epochs=1)
`,
    `${AGENT}
    goal, taken = np.zeros((32, 2)), np.zeros((32, 2))
    taken[np.arange(32), chosen] = 1
    goal[np.arange(32), chosen] = rewards + gamma * best * (1 - done)
    values.fit([seen, taken], goal, epochs=1)
`,
  ],
  *run(program) {
    if (!/gamma|discount/i.test(program.source) || !program.source.includes('zeros')) return;
    for (const made of statementsOf(program)) {
      const name = zerosOf(made);
      if (name === undefined) continue;
      const body = functionsAround(program, made.span).at(-1)?.body ?? program.body;
      const written = statementsIn(body).filter((one) => writesTo(one, name) && one !== made);
      const isOfTaken = written.length > 0 && written.every((one) => setsTaken(one));
      const given = isOfTaken ? fittedTo(body, name) : undefined;
      if (given === undefined) continue;
      yield {
        at: made.span,
        message: `Only the taken actions are set in ${name}, and the network is fitted to all of it.`,
        evidence: [places(['set here', written[0]?.span], ['learned from here', given.span])],
      };
    }
  },
};

/** `goal = np.zeros((rows, actions))` */
function zerosOf(statement: tree.Statement): string | undefined {
  if (statement.kind !== 'Assign' || statement.value.kind !== 'Call') return undefined;
  const [target, ...more] = statement.targets;
  const { callee, args } = statement.value;
  const isOfRows = args[0]?.kind === 'Tuple' && args[0].items.length === 2;
  return more.length === 0 && target?.kind === 'Name' && /(^|\.)zeros$/.test(callee.span.text) && isOfRows
    ? target.id
    : undefined;
}

/** Whether a statement writes to an array, or to something in it. */
function writesTo(statement: tree.Statement, name: string): boolean {
  if (statement.kind !== 'Assign' && statement.kind !== 'AugAssign') return false;
  const targets = statement.kind === 'Assign' ? statement.targets : [statement.target];
  return targets.some(
    (target) => target.span.text === name || (target.kind === 'Subscript' && target.value.span.text === name),
  );
}

/** `goal[rows, actions] = reward + gamma * best` */
function setsTaken(statement: tree.Statement): boolean {
  if (statement.kind !== 'Assign') return false;
  const [target] = statement.targets;
  if (target?.kind !== 'Subscript' || target.index.kind !== 'Tuple' || target.index.items.length !== 2)
    return false;
  if (target.index.items.some(({ kind }) => kind === 'Slice')) return false;
  let isDiscounted = false;
  eachNode([statement], (node) => {
    if (node.kind === 'Name' || node.kind === 'Attribute') isDiscounted ||= isDiscount(node);
  });
  return isDiscounted;
}

/** The call that has a network learn all of an array, and one array of examples. */
function fittedTo(body: readonly tree.Statement[], name: string): tree.Expression | undefined {
  let found: tree.Expression | undefined;
  eachNode(body, (node) => {
    if (node.kind !== 'Call' || node.callee.kind !== 'Attribute') return;
    const [x, y] = node.args;
    if (!/^(fit|train_on_batch|train|learn|update)$/.test(node.callee.attribute)) return;
    if (x?.kind === 'Name' && y?.kind === 'Name' && y.id === name) found ??= node;
  });
  return found;
}
