import { namesIn } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { functionsAround, loopsOf, targetsOf } from '../../ask/tree.js';
import { indexedForwards } from './returns-by-index.js';

const RETURNS = (over: string, keep: string): string => `
import torch

def returns_of(rewards, dones, gamma=0.99):
    returns = []
    total = 0
    for reward, done in ${over}:
        total = reward + gamma * total * (1 - done)  # <--
        ${keep}
    return torch.tensor(returns)
`;

const BACKWARDS = (turned: string): string => `
import torch

def loss_of(rewards, log_probs, gamma=0.99):
    returns, total = [], 0
    for reward in rewards[::-1]:
        total = reward + gamma * total
        returns.append(total)
    returns = torch.tensor(returns${turned})
    return -(returns * torch.stack(log_probs)).sum()
`;

const INDEXED = (over: string): string => `
import torch

def advantages_of(rewards, values, dones, gamma=0.99, lam=0.95):
    advantages = torch.zeros_like(rewards)
    last = 0.0
    for t in ${over}:
        delta = rewards[t] + gamma * values[t + 1] * (1 - dones[t]) - values[t]
        last = delta + gamma * lam * (1 - dones[t]) * last
        advantages[t] = last
    return advantages
`;

export const returnsForwards: Check = {
  id: 'returns-forwards',
  title: 'Returns summed up from the beginning of an episode',
  severity: 'warning',
  why: 'A return is the reward and the discounted return of what comes after: gone over forwards, each step gets what came before it.',
  instead: 'Go over the rewards from the last to the first: for reward in reversed(rewards).',
  needs:
    'A loop over rewards as they came, in which a sum becomes the reward and itself discounted, and is kept for each step.',
  wrong: [
    BACKWARDS('').replace('append(total)', 'append(total)  # <--'),
    INDEXED('range(len(rewards))').replace('* last\n', '* last  # <--\n'),
    RETURNS('zip(rewards, dones)', 'returns.append(total)'),
    RETURNS('zip(rewards, dones)', 'returns.insert(0, total)'),
  ],
  right: [
    INDEXED('reversed(range(len(rewards)))'),
    INDEXED('range(len(rewards) - 1, -1, -1)'),
    BACKWARDS('[::-1]'),
    RETURNS('zip(reversed(rewards), reversed(dones))', 'returns.insert(0, total)').replace('  # <--', ''),
  ],
  *run(program) {
    if (!/gamma|discount/i.test(program.source)) return;
    yield* leftBackwards(program);
    yield* indexedForwards(program);
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For' || !/reward/i.test(loop.iterable.span.text)) continue;
      const home = functionsAround(program, loop.span).at(-1);
      // Turned round somewhere, they are gone over as they should be.
      if (/revers|::\s*-1|flip|,\s*-1\s*\)|\[::/.test(home?.span.text ?? program.source)) continue;
      const each = [...namesIn(loop.target)];
      for (const one of loop.body) {
        const [name = ''] = targetsOf(one);
        if (one.kind !== 'Assign' || one.targets[0]?.kind !== 'Name') continue;
        const { text } = one.value.span;
        const isReturn =
          each.some((reward) => new RegExp(String.raw`^\(?${reward}(\.\w+\(\))?\s*\+`).test(text)) &&
          new RegExp(
            String.raw`(gamma|discount)\w*\s*\*\s*${name}\b|\b${name}\s*\*\s*[\w.]*(gamma|discount)`,
            'i',
          ).test(text);
        const isKept = loop.body.some(({ span }) =>
          new RegExp(String.raw`\.(append|insert)\((0,\s*)?${name}\)`).test(span.text),
        );
        if (isReturn && isKept)
          yield {
            at: one.span,
            message: `${name} is made of the rewards before each step, not of those after it.`,
            evidence: [],
          };
      }
    }
  },
};

/**
 * Returns gathered from the last step to the first, left in that order, and multiplied with log-probabilities that stand in
 * the order of the steps.
 */
function* leftBackwards(program: Program): Generator<Found> {
  for (const loop of loopsOf(program)) {
    if (loop.kind !== 'For' || !/reward/i.test(loop.iterable.span.text)) continue;
    if (!/^reversed\(|\[::-1\]$/.test(loop.iterable.span.text)) continue;
    const home = functionsAround(program, loop.span).at(-1);
    if (home === undefined) continue;
    const kept = loop.body.find(({ span }) => /^\w+\.append\(\w+\)$/.test(span.text));
    const returns = kept?.span.text.replace(/\..*$/, '');
    if (kept === undefined || returns === undefined) continue;
    // Only what turned the rewards may be about turning.
    const rest = home.span.text.replace(loop.iterable.span.text, '');
    if (/revers|::\s*-1|flip|appendleft|insert\(|deque/.test(rest)) continue;
    const total = loop.body.find((one) =>
      /(gamma|discount)\w*\s*\*|\*\s*[\w.]*(gamma|discount)/i.test(one.span.text),
    );
    const logs = String.raw`(torch\.(stack|cat)\(\s*)?(self\.)?\w*log_?p\w*\)?`;
    const together = new RegExp(
      String.raw`\b${returns}\b\s*\*\s*${logs}|${logs}\s*\*\s*${returns}\b|zip\(${returns}, ${logs}\)|zip\(${logs}, ${returns}\)`,
      'i',
    );
    const product = home.body.find(({ span }) => together.test(span.text));
    if (total === undefined || product === undefined) continue;
    yield {
      at: kept.span,
      message: `${returns} has the return of the last step first, and is multiplied with log-probabilities that have the first step first.`,
      evidence: [places(['they are multiplied here', product.span])],
    };
  }
}
