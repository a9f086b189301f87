import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const LEARN = (best: string): string => `
import torch
import torch.nn as nn
q, old = nn.Linear(4, 2), nn.Linear(4, 2)
old.load_state_dict(q.state_dict())
optimizer = torch.optim.Adam(q.parameters(), lr=1e-3)
def learn(memory, gamma):
    states, actions, rewards, after, ends = memory.sample(64)
    chosen = q(states).gather(1, actions.unsqueeze(1)).squeeze(1)
    with torch.no_grad():
        best = ${best}
    goal = rewards + gamma * best * (1 - ends)
    loss = nn.functional.mse_loss(chosen, goal)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
def follow():
    old.load_state_dict(q.state_dict())
`;

export const bestOfBatch: Check = {
  id: 'best-of-batch',
  title: 'The best value of the whole batch for every example',
  severity: 'warning',
  why: 'max() without a dimension gives one number: each example is told the value of the best action of any of them.',
  instead: 'Take the largest of each row: values.max(1)[0].',
  needs:
    'Values of actions of which some are gathered for a batch, and max() of those after, without a dimension, that is discounted.',
  wrong: [LEARN('old(after).max()  # <--')],
  right: [LEARN('old(after).max(1)[0]'), LEARN('old(after).max(dim=1).values')],
  *run(program) {
    if (!/\.max\(\s*\)|torch\.max\(/.test(program.source) || !/\.gather\(/.test(program.source)) return;
    for (const owner of statementsOf(program)) {
      if (owner.kind !== 'FunctionDef' || !owner.span.text.includes('.gather(')) continue;
      const body = statementsIn(owner.body);
      for (const best of body) {
        if (best.kind !== 'Assign' || !isLargestOfAll(best.value)) continue;
        const [name = ''] = targetsOf(best);
        const goal = body.find(
          ({ kind, span }) =>
            kind === 'Assign' &&
            span.start > best.span.end &&
            new RegExp(String.raw`(gamma|discount\w*|GAMMA)\s*\*\s*\(?\s*${name}\b`).test(span.text),
        );
        if (!/^\w+$/.test(name) || goal === undefined) continue;
        yield {
          at: best.span,
          message: `${name} is one number, the largest of the whole batch.`,
          evidence: [places(['it is discounted here', goal.span])],
        };
      }
    }
  },
};

/** `net(x).max()`, detached or not. */
function isLargestOfAll(value: tree.Expression): boolean {
  return /^(self\.)?[\w.]+\([^()]*\)(\.detach\(\))?\.max\(\s*\)(\.detach\(\)|\.item\(\))?$/.test(
    value.span.text,
  );
}
