import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { loopsOf, statementsIn } from '../../ask/tree.js';

const RETURNS = (step: string): string => `
import numpy as np
def returns_of(rewards, gamma):
    returns, total = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        ${step}
        returns[t] = total
    return returns
`;

export const rewardDiscounted: Check = {
  id: 'reward-discounted',
  title: 'The reward is discounted, and what follows is not',
  severity: 'warning',
  why: 'A return is the reward and what follows, the latter discounted once more at each step back: total = r + gamma * total. With the discount on the reward, rewards of the far future weigh as much as those of now.',
  instead: 'Write total = reward + gamma * total.',
  needs:
    'A loop from the end to the start, in which a sum is added a reward times the discount, and is not discounted itself.',
  wrong: [
    RETURNS('total = total + gamma * rewards[t]  # <--'),
    RETURNS('total = gamma * rewards[t] + total  # <--'),
  ],
  right: [RETURNS('total = rewards[t] + gamma * total'), RETURNS('total = total * gamma + rewards[t]')],
  *run(program) {
    if (!/gamma|discount/i.test(program.source)) return;
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For' || !/reversed\(|\[::\s*-1\]|-1\s*,\s*-1\s*\)/.test(loop.iterable.span.text))
        continue;
      for (const step of statementsIn(loop.body)) {
        const total = summed(step);
        if (total === undefined) continue;
        yield {
          at: step.span,
          message: `The discount is on the reward, and ${total} is carried back as it is.`,
          evidence: [],
        };
      }
    }
  },
};

/** `total = total + gamma * reward`, where nothing else discounts the total. */
function summed(step: tree.Statement): string | undefined {
  const [target, ...more] = step.kind === 'Assign' ? step.targets : [];
  if (step.kind !== 'Assign' || target?.kind !== 'Name' || more.length > 0) return undefined;
  const { value } = step;
  if (value.kind !== 'BinOp' || value.operator !== '+') return undefined;
  const [bare, product] = value.left.kind === 'Name' ? [value.left, value.right] : [value.right, value.left];
  if (bare.kind !== 'Name' || bare.id !== target.id) return undefined;
  if (product.kind !== 'BinOp' || product.operator !== '*') return undefined;
  const factors = [product.left, product.right];
  const isDiscounted = factors.some(({ span }) => /^(self\.)?(gamma|discount\w*)$/i.test(span.text));
  const isReward = factors.some(({ span }) =>
    /^(self\.)?_?\w*(rewards?|rews?|rr?)(\[\w+\])?$/i.test(span.text),
  );
  return isDiscounted && isReward ? target.id : undefined;
}
