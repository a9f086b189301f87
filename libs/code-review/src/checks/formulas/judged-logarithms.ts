import { formulaCheck } from './formula.js';
import { named } from './roles.js';

const JUDGED = (loss: string): string => `
import torch

def judge_loss(d_real, d_fake):
    return -(${loss}).mean()
`;

const REAL = /real|^d_?x$|true|^d_?r$/i;
const FAKE = /fake|gen|d_?g_?z|synth|wrong|^d_?f$/i;

export const judgedLogarithms = formulaCheck({
  id: 'judged-logarithms',
  title: 'A discriminator’s loss with a slip in it',
  why: 'It is log D(x) + log(1 - D(G(z))): with another sign or without one of the logarithms nothing, or the wrong thing, is learned of generated pictures.',
  instead: 'Write -(torch.log(d_real) + torch.log(1 - d_fake)).mean().',
  needs: 'Judgements of real and generated pictures by their names.',
  source: 'Goodfellow et al. 2014, Generative Adversarial Nets, equation 1',
  speaksOf: /log/,
  forms: ['log(r) + log(1 - f)'],
  roles: { r: named(REAL), f: named(FAKE) },
  slips: [
    { form: 'log(r) + log(1 + f)', says: 'The logarithm is of 1 + {f}, and is to be of 1 - {f}.' },
    { form: 'log(1 + f)', says: 'The logarithm is of 1 + {f}, and is to be of 1 - {f}.' },
    { form: 'log(r) - log(1 - f)', says: 'The two logarithms have different signs.' },
    { form: 'log(r) + 1 - f', says: '1 - {f} has no logarithm.' },
    { form: 'r + log(1 - f)', says: '{r} has no logarithm.' },
    {
      form: 'log(r) + log(f)',
      says: 'The second logarithm is of {f}, and is to be of 1 - {f}: the judge learns to take both for real.',
    },
  ],
  wrong: [
    JUDGED('torch.log(d_real) - torch.log(1 - d_fake)').replace('.mean()', '.mean()  # <--'),
    JUDGED('torch.log(d_real) + torch.log(1 + d_fake)').replace('.mean()', '.mean()  # <--'),
  ],
  right: [JUDGED('torch.log(d_real) + torch.log(1 - d_fake)')],
});
