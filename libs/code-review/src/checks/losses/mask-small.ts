import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { madeOnce } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const SCORES = (fill: string): string => `
import torch

def attend(q, k, v, mask):
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    ${fill}
    return torch.softmax(scores, dim=-1) @ v
`;

export const maskSmall: Check = {
  id: 'mask-small',
  title: 'Scores masked by a number that softmax does not take for nothing',
  severity: 'warning',
  why: 'A score of 0 is like any other: what is masked still gets its share of the weights.',
  instead: 'Fill with float("-inf"), or with a number like -1e9.',
  needs:
    'A product of queries and keys filled with a number no less than −10 where a mask says so, which goes into softmax.',
  wrong: [SCORES('scores = scores.masked_fill(mask == 0, 0.0)  # <--')],
  right: [
    SCORES("scores = scores.masked_fill(mask == 0, float('-inf'))"),
    SCORES('scores = scores.masked_fill(mask == 0, -1e4)'),
    SCORES('scores = scores.masked_fill(torch.isnan(scores), 0.0)'),
  ],
  *run(program) {
    if (!/masked_fill/.test(program.source) || !/softmax|logsumexp/i.test(program.source)) return;
    for (const { result, given } of madeOnce(program, 'softmax', 'log_softmax', 'logsumexp')) {
      const filled = behindScale(given[0]);
      if (filled?.made.kind !== 'operation' || !/^masked_fill_?$/.test(filled.made.name)) continue;
      const [scores, mask] = filled.made.args.positional;
      const number = argument(filled.made.args, 'value', 2);
      const by = typeof number === 'bigint' || typeof number === 'number' ? Number(number) : undefined;
      if (by === undefined || by < -10 || by > 10 || !isValue(scores) || !isValue(mask)) continue;
      // Of those that are no numbers, or what was filled before.
      if (!/^(matmul|mm|bmm|einsum)$/.test(makerOf(behindScale(scores) ?? scores))) continue;
      if (comesOf(mask, (value) => /^(isnan|isinf|isfinite)$/.test(makerOf(value)))) continue;
      if (comesOf(mask, (value) => value === scores)) continue;
      const at = filled.span;
      if (at === undefined || at.source.file !== program.file) continue;
      yield {
        at,
        message: `What is masked gets the score ${by}, of which softmax gives it e^${by} against the others.`,
        evidence: [places(['the softmax', result.span])],
      };
    }
  },
};

/** What a number scaled. */
function behindScale(datum: Datum | undefined): Value | undefined {
  let current = isValue(datum) ? datum : undefined;
  for (let depth = 0; current !== undefined && depth < 4; depth++) {
    if (!/^(mul|div)$/.test(makerOf(current))) return current;
    [current] = current.inputs;
  }
  return current;
}
