import { formulaCheck } from './formula.js';
import { isNoise } from './noise.js';
import { named } from './roles.js';

const SAMPLE = (sample: string): string => `
import torch

def sampled(mu, logvar):
    std = torch.exp(0.5 * logvar)
    eps = torch.randn_like(std)
    return ${sample}
`;

export const sampleSum = formulaCheck({
  id: 'sample-sum',
  title: 'A sample whose noise is not scaled by the deviation',
  why: 'Samples are μ + σ·ε: with σ added, or log σ² in its place, they have another spread than the divergence is computed for.',
  instead: 'Write mu + torch.exp(0.5 * logvar) * eps.',
  needs: 'A mean, normal noise and a deviation or its logarithm, with a slip in one place.',
  source: 'Kingma and Welling 2014, Auto-Encoding Variational Bayes, section 2.4',
  speaksOf: /randn|normal/,
  forms: ['m + exp(v)*e', 'm + s*e'],
  roles: { e: isNoise, s: named(/std|sigma|dev|scale|^sd$/i), v: (of, asked) => !isNoise(of, asked) },
  slips: [
    { form: 'm + exp(v) + e', says: 'Noise and deviation are added, and are to be multiplied.' },
    {
      form: 'm + s + e',
      says: 'Noise and {s} are added, and are to be multiplied.',
      when: (_, { isNamed }) =>
        isNamed('s', /^(std|stddev|sigma|sd)$/i) && isNamed('m', /^(z_)?(mu|mean|loc)\w*$/i),
    },
    {
      form: 'm + l*e/2',
      says: 'The noise is scaled by half of {l}, which may be negative, and not by its exponential.',
      when: (_, { isNamed }) => isNamed('l', /log|lv/i),
    },
    {
      form: 'm + l*e',
      says: 'The noise is scaled by {l} itself, which may be negative, and not by its exponential.',
      when: (_, { isNamed }) => isNamed('l', /log|^lv$/i),
    },
  ],
  wrong: [SAMPLE('mu + eps + std  # <--'), SAMPLE('mu + 0.5 * logvar * eps  # <--')],
  right: [SAMPLE('mu + eps * std'), SAMPLE('mu - eps * std')],
});
