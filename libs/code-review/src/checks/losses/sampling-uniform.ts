import { isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { madeOnce } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const SAMPLE = (noise: string): string => `
import torch
import torch.nn as nn
mean, spread = nn.Linear(8, 2), nn.Linear(8, 2)
x = torch.randn(4, 8)
mu, std = mean(x), torch.exp(0.5 * spread(x))
z = mu + ${noise} * std  # <--
`;

export const samplingUniform: Check = {
  id: 'sampling-uniform',
  title: 'Noise drawn evenly where it is to be normal',
  severity: 'warning',
  why: 'rand gives numbers between 0 and 1: samples then lie on one side of the mean, and the divergence is of a normal distribution.',
  instead: 'Draw it with torch.randn_like.',
  needs: 'What rand gives, times an exponential of half a logarithm, added to something.',
  wrong: [SAMPLE('torch.rand_like(std)')],
  right: [
    SAMPLE('torch.randn_like(std)').replace('  # <--', ''),
    SAMPLE('(torch.rand_like(std) - 0.5)').replace('  # <--', ''),
  ],
  *run(program) {
    if (!/\brand(_like)?\(/.test(program.source) || !program.source.includes('exp')) return;
    for (const { result, given } of madeOnce(program, 'add')) {
      const product = given.filter(isValue).find((one) => makerOf(one) === 'mul');
      const noise = product?.inputs.find(isEven);
      const scale = product?.inputs.find(isDeviation);
      if (result.span === undefined || noise === undefined || scale === undefined) continue;
      yield {
        at: result.span,
        message: 'The noise is drawn evenly from 0 to 1.',
        evidence: [places(['it is drawn here', noise.span])],
      };
    }
  },
};

function isEven(value: Value): boolean {
  return value.made.kind === 'fresh' ? value.made.by === 'rand' : /^(rand|rand_like)$/.test(makerOf(value));
}

/** `exp(0.5 * log_variance)`. */
function isDeviation(value: Value): boolean {
  const [power] = value.inputs;
  if (makerOf(value) !== 'exp' || power?.made.kind !== 'operation' || !/^(mul|div)$/.test(power.made.name))
    return false;
  return power.made.args.positional.some((factor) => factor === 0.5 || factor === 2n || factor === 2);
}
