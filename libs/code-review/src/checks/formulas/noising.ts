import { formulaCheck } from './formula.js';
import { isNoise } from './noise.js';

const NOISED = (made: string): string => `
import torch
rates = torch.linspace(1e-4, 0.02, 500)
kept = torch.cumprod(1 - rates, dim=0)

def noised(x, t):
    noise = torch.randn_like(x)
    share = kept[t].view(-1, 1, 1, 1)
    return ${made}
`;

export const noisingForm = formulaCheck({
  id: 'noising-form',
  title: 'A step of diffusion whose parts do not fit',
  why: 'With √a of the picture goes √(1 - a) of the noise, so that the variance stays 1 and the picture fades as a falls.',
  instead: 'Write a.sqrt() * x + (1 - a).sqrt() * noise.',
  needs: 'A picture and normal noise, each times a part of one schedule.',
  source: 'Ho et al. 2020, Denoising Diffusion Probabilistic Models, equation 4',
  speaksOf: /randn|normal/,
  forms: ['sqrt(a)*x + sqrt(1 - a)*e'],
  roles: { e: isNoise, x: (of, asked) => !isNoise(of, asked) },
  slips: [
    {
      form: 'sqrt(1 - a)*x + sqrt(a)*e',
      says: 'The parts are exchanged: √{a} belongs to the picture, and √(1 - {a}) to the noise.',
    },
    { form: 'sqrt(a)*x + sqrt(a)*e', says: 'Both parts are √{a}: the noise is to have √(1 - {a}).' },
    {
      form: 'sqrt(a)*x + sqrt(1 + a)*e',
      says: 'The noise is scaled by √(1 + {a}), and is to be scaled by √(1 - {a}).',
    },
    { form: 'a*x + sqrt(1 - a)*e', says: 'The picture is scaled by {a}, and is to be scaled by its root.' },
    { form: 'sqrt(a)*x*sqrt(1 - a)*e', says: 'Picture and noise are multiplied, and are to be added.' },
    {
      form: 'sqrt(a) + x + sqrt(1 - a)*e',
      says: '√{a} is added to the picture, and is to be multiplied with it.',
    },
    {
      form: 'sqrt(a)*x + sqrt(1 - a) + e',
      says: '√(1 - {a}) is added to the noise, and is to be multiplied with it.',
    },
  ],
  wrong: [
    NOISED('(1 - share).sqrt() * x + share.sqrt() * noise  # <--'),
    NOISED('share.sqrt() * x + (1 + share).sqrt() * noise  # <--'),
    NOISED('share * x + (1 - share).sqrt() * noise  # <--'),
  ],
  right: [NOISED('share.sqrt() * x + (1 - share).sqrt() * noise')],
});
