import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { rankOf } from '../../ask/facts.js';
import { madeOnce, spreadOut } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const NORM = (keep: string, dims = '(2, 3)'): string => `
import torch
import torch.nn as nn

class Norm(nn.Module):
    def forward(self, x):
        b, c, h, w = x.shape
        mean = x.mean(dim=${dims}${keep})
        return x - mean
`;

export const reducedApart: Check = {
  id: 'reduced-apart',
  title: 'What is reckoned over a dimension does not stand beside what it was reckoned of',
  severity: 'warning',
  why: 'Without keepdim the dimension is gone, and those left are laid against the last ones: PyTorch raises an error, or each element meets the figure of another.',
  instead: 'Keep the dimension: x - x.mean(dim=1, keepdim=True).',
  needs:
    'A sum, difference, product or quotient of a tensor and its own mean, deviation, sum, norm or largest over a dimension that is not its first.',
  wrong: [
    NORM('').replace('x - mean', 'x - mean  # <--'),
    NORM('', '1').replace('x - mean', 'x - mean  # <--'),
  ],
  right: [
    NORM(', keepdim=True'),
    NORM('', '0'),
    NORM('', '(0, 1)'),
    NORM('').replace('x - mean', 'x - mean[:, :, None, None]'),
  ],
  *run(program) {
    for (const { result, given } of madeOnce(program, 'sub', 'div', 'mul', 'add')) {
      const [one, other] = given;
      const at = result.span;
      if (at === undefined || !isValue(one) || !isValue(other)) continue;
      // Where shapes are known, PyTorch's own rules have been gone by.
      if (one.shape !== undefined || other.shape !== undefined) continue;
      const reduced = reducedOf(other, one) ?? reducedOf(one, other);
      if (reduced === undefined) continue;
      yield {
        at,
        message: `Over dimension ${reduced.over.join(' and ')} of it one number is left for each of the others, and the dimension is not kept.`,
        evidence: [places(['it is reckoned here', reduced.at.span])],
      };
    }
  },
};

/** Steps that leave how something is laid out. */
const EACH =
  /^(sqrt|exp|log|add|sub|mul|div|pow|clamp|clamp_min|detach|abs|neg|rsqrt|reciprocal|values|to|float)$/;

/** Where a figure was reckoned of a tensor itself over a dimension that it then lacks, and that does not come first. */
function reducedOf(
  figure: Value,
  of: Value,
): { readonly at: Value; readonly over: readonly number[] } | undefined {
  let current: Value | undefined = figure;
  for (let depth = 0; current !== undefined && depth < 5; depth++) {
    const { made }: Value = current;
    if (made.kind !== 'operation') return undefined;
    const [whole, dim, kept] = made.args.positional;
    if (whole === of && /^(mean|std|var|sum|norm|amax|amin|logsumexp)$/.test(made.name)) {
      const isNorm = made.name === 'norm';
      const dims: Datum | undefined =
        made.args.named.get('dim') ?? made.args.named.get('axis') ?? (isNorm ? kept : dim);
      const keeps = argument(
        made.args,
        'keepdim',
        isNorm ? 3 : made.name === 'std' || made.name === 'var' ? 99 : 2,
      );
      if (dims === undefined || dims === null || (keeps !== undefined && keeps !== false)) return undefined;
      if (made.args.named.has('keepdims') || made.args.positional.length > (isNorm ? 3 : 2)) return undefined;
      return apart(current, dims, of);
    }
    // Only one of two may be a tensor: what else there is may bring the dimension back.
    if (!EACH.test(makerOf(current)) || current.inputs.length !== 1) return undefined;
    [current] = current.inputs;
  }
  return undefined;
}

function apart(
  at: Value,
  dims: Datum,
  of: Value,
): { readonly at: Value; readonly over: readonly number[] } | undefined {
  const over: number[] = [];
  for (const one of spreadOut([dims])) {
    if (typeof one !== 'bigint') return undefined;
    const dim = Number(one);
    const rank = rankOf(of);
    if (dim < 0 && rank === undefined) return undefined;
    over.push(dim < 0 ? dim + (rank ?? 0) : dim);
  }
  over.sort((a, b) => a - b);
  return over.every((dim, index) => dim === index) ? undefined : { at, over };
}
