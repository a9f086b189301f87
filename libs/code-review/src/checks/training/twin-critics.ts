import type { Check } from '../../check.js';
import { callsOf, functionsAround } from '../../ask/tree.js';

const TARGET = (chosen: string): string => `
import torch

def goal_of(actor, slow_q1, slow_q2, rewards, following, done, alpha=0.2, gamma=0.99):
    with torch.no_grad():
        actions, log_probs = actor.sample(following)
        value = ${chosen}(slow_q1(following, actions), slow_q2(following, actions)) - alpha * log_probs
        return rewards + gamma * (1 - done) * value
`;

export const twinCritics: Check = {
  id: 'twin-critics',
  title: 'The larger of two critics',
  severity: 'warning',
  why: 'Two critics are kept so that the smaller of both is learned from, for a maximum picks what is estimated too high: with the larger of both estimates rise without end.',
  instead: 'Take torch.min of both.',
  needs:
    'The elementwise maximum of two values called the same but for their numbers, of critics, beside a discount.',
  wrong: [TARGET('torch.max').replace('log_probs\n        return', 'log_probs  # <--\n        return')],
  right: [TARGET('torch.min')],
  *run(program) {
    if (!/gamma|discount/i.test(program.source)) return;
    for (const call of callsOf(program)) {
      if (
        !/^(torch\.(max|maximum)|tf\.maximum|np\.maximum)$/.test(call.callee.span.text) ||
        call.args.length !== 2
      )
        continue;
      const [one = '', other = ''] = call.args.map(({ span }) => /^[\w.]+/.exec(span.text)?.[0] ?? '');
      if (
        !/q|critic/i.test(one) ||
        one === other ||
        one.replaceAll(/\d/g, '#') !== other.replaceAll(/\d/g, '#')
      )
        continue;
      if (!/\d/.test(one)) continue;
      const home = functionsAround(program, call.span).at(-1)?.span.text ?? program.source;
      if (!/gamma|discount/i.test(home)) continue;
      yield {
        at: call.span,
        message: `The larger of ${one} and ${other} is learned from; of two critics the smaller is.`,
        evidence: [],
      };
    }
  },
};
