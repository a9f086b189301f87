import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { givenIn } from '../../ask/targets.js';
import { holds, loopsOf, statementsOf, targetsOf } from '../../ask/tree.js';

const PLAY = (later: string): string => `
import random
import torch
import torch.nn as nn
from maze import Maze
q = nn.Linear(64, 4)
optimizer = torch.optim.Adam(q.parameters(), lr=1e-3)
epsilon = 1.0
for episode in range(5000):
    maze = Maze()
    state, over = maze.start(), False
    while not over:
        if random.random() < epsilon:  # <--
            action = random.randrange(4)
        else:
            action = q(state).argmax().item()
        after, reward, over = maze.go(action)
        loss = (reward + 0.9 * q(after).max().detach() - q(state)[action]) ** 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        state = after
    ${later}
`;

export const explorationFixed: Check = {
  id: 'exploration-fixed',
  title: 'An agent that acts at random for ever',
  severity: 'warning',
  why: 'At 1 the dice decide every action: what the network has learned is never tried.',
  instead: 'Make epsilon smaller as the training goes on, down to 0.05 or so.',
  needs:
    'A condition that a random number is below a name that is 1 from the start and that nothing ever changes, with the network asked where it does not hold.',
  wrong: [
    PLAY('print(episode)'),
    PLAY('print(episode)').replace('epsilon = 1.0', 'epsilon, gamma = 1.0, 0.99'),
  ],
  right: [PLAY('epsilon = max(0.05, epsilon * 0.999)').replace('  # <--', '')],
  *run(program) {
    if (!/random/.test(program.source) || !/eps/i.test(program.source)) return;
    for (const asks of statementsOf(program)) {
      if (asks.kind !== 'If' || asks.orElse.length === 0) continue;
      const name = thresholdOf(asks.test);
      if (name === undefined || !loopsOf(program).some((loop) => holds(loop.span, asks.span))) continue;
      if (!/arg_?max|\.max\(/.test(asks.orElse.map(({ span }) => span.text).join('\n'))) continue;
      const set = statementsOf(program).filter((one) => targetsOf(one).includes(name));
      const [start] = set;
      const given = start && givenIn(start).find(({ target }) => target.span.text === name);
      if (set.length !== 1 || start === undefined || !/^1(\.0*)?$/.test(given?.value.span.text ?? ''))
        continue;
      if (!isLeftAlone(program, name)) continue;
      yield {
        at: asks.test.span,
        message: `${name} is 1 and stays it: this always holds.`,
        evidence: [places(['it is set here', start.span])],
      };
    }
  },
};

/** The name that a random number is to be below: `random.random() < epsilon`. */
function thresholdOf(test: tree.Expression): string | undefined {
  if (test.kind !== 'Compare' || test.operators.length !== 1) return undefined;
  const [other] = test.comparators;
  const [drawn, name] = test.operators[0]?.startsWith('<') === true ? [test.left, other] : [other, test.left];
  if (drawn === undefined || name?.kind !== 'Name') return undefined;
  return /^(np\.|numpy\.)?random\.(random|rand|uniform)\(|^random\(\)$|^torch\.rand\(/.test(drawn.span.text)
    ? name.id
    : undefined;
}

/** Whether no function may give a name of the file another value. */
function isLeftAlone({ body }: Program, name: string): boolean {
  let isAlone = true;
  eachNode(body, (node) => {
    if ((node.kind === 'Global' || node.kind === 'Nonlocal') && node.names.includes(name)) isAlone = false;
    if (node.kind === 'FunctionDef' && node.parameters.some((one) => one.name === name)) isAlone = false;
    if (node.kind === 'NamedExpr' && node.target.span.text === name) isAlone = false;
  });
  return isAlone;
}
