import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { madeOnce } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const KL = (sum: string): string => `
import torch

def divergence(mu, log_var):
    each = -0.5 * torch.sum(1 + log_var - mu ** 2 - log_var.exp()${sum}
    return torch.mean(each, dim=0)
`;

export const meanOfNumber: Check = {
  id: 'mean-of-number',
  title: 'A mean over a dimension that has been summed away',
  severity: 'warning',
  why: 'Summed without dim, everything is one number already: its mean over the batch is that number, as many times too large as the batch has examples.',
  instead: 'Sum over all dimensions but the batch: x.flatten(1).sum(1).',
  needs: 'A sum without dim of which a mean or sum over dim=0 is taken.',
  wrong: [KL(')').replace('.exp())', '.exp())  # <--')],
  right: [KL(', dim=1)')],
  *run(program) {
    if (!/\.mean\(/.test(program.source) || !/\bsum\(/.test(program.source)) return;
    for (const { result, given } of madeOnce(program, 'mean')) {
      if (result.made.kind !== 'operation' || argument(result.made.args, 'dim', 1) !== 0n) continue;
      const whole = wholeIn(given[0]);
      const at = whole?.span;
      if (at === undefined || at.source.file !== program.file) continue;
      yield {
        at,
        message: 'This is one number for all, and a mean over the batch is taken of it.',
        evidence: [places(['the mean', result.span])],
      };
    }
  },
};

/** A sum over everything, perhaps scaled by numbers. */
function wholeIn(datum: Datum | undefined, depth = 0): Value | undefined {
  const value = isValue(datum) ? datum : undefined;
  if (value?.made.kind !== 'operation' || depth > 4) return undefined;
  const { positional, named } = value.made.args;
  const name = makerOf(value);
  if (name === 'sum') return positional.length === 1 && named.size === 0 ? value : undefined;
  if (name === 'neg') return wholeIn(positional[0], depth + 1);
  if (name !== 'mul' && name !== 'div') return undefined;
  const [one, other] = positional;
  if (isValue(one) && isValue(other)) return undefined;
  return wholeIn(isValue(one) ? one : other, depth + 1);
}
