import type { Check } from '../../check.js';
import { statementsOf } from '../../ask/tree.js';

const AGENT = (update: string): string => `
import torch
import torch.nn as nn

class Agent:
    def __init__(self, make):
        self.policy, self.target = make(), make()
        self.optimizer = torch.optim.Adam(self.policy.parameters(), lr=1e-3)

    def update(self, s, a, r, s2):
        with torch.no_grad():
            goal = r + 0.99 * self.target(s2).max(1)[0]
        loss = nn.functional.mse_loss(self.policy(s).gather(1, a).squeeze(1), goal)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        ${update}
`;

export const loadedFromItself: Check = {
  id: 'loaded-from-itself',
  title: 'A network that is given its own weights',
  severity: 'warning',
  why: 'Loading a network’s own weights into it changes nothing: a target network stays as it was made.',
  instead: 'Load the weights of the network that learns.',
  needs: 'load_state_dict with the state_dict() of the very network that it is called on.',
  wrong: [AGENT('self.target.load_state_dict(self.target.state_dict())  # <--')],
  right: [AGENT('self.target.load_state_dict(self.policy.state_dict())')],
  *run(program) {
    if (!program.source.includes('load_state_dict')) return;
    for (const statement of statementsOf(program)) {
      if (statement.kind !== 'Expr' || statement.value.kind !== 'Call') continue;
      const { span } = statement.value;
      const [, name, from] =
        /^([\w.]+)\.load_state_dict\(\s*([\w.]+)\.state_dict\(\s*\)\s*\)$/.exec(span.text) ?? [];
      if (name === undefined || name !== from) continue;
      yield { at: span, message: `${name} is given the weights that it has.`, evidence: [] };
    }
  },
};
