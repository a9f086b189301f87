import { formulaCheck } from './formula.js';

const FOCAL = (loss: string): string => `
import torch
import torch.nn.functional as F

def loss_of(logits, labels, gamma=2.0):
    ce = F.cross_entropy(logits, labels, reduction='none')
    pt = torch.exp(-ce)
    return (${loss}).mean()
`;

export const focalForm = formulaCheck({
  id: 'focal-form',
  title: 'A focal weight with a slip in it',
  why: 'The weight (1 - p)^γ is small for what is known already; p^γ is small for what is not, and with 1 + p everything counts more.',
  instead: 'Write (1 - pt) ** gamma * ce.',
  needs: 'A power of a probability that weighs the logarithm of it.',
  source: 'Lin et al. 2017, Focal Loss for Dense Object Detection, equation 4',
  speaksOf: /focal|gamma/i,
  forms: ['(1 - exp(-c))**2*c', 'pow(1 - exp(-c), g)*c', '(1 - p)**2*log(p)', 'pow(1 - p, g)*log(p)'],
  slips: [
    { form: '(1 + exp(-c))**2*c', says: 'The weight is a power of 1 + p, and is to be one of 1 - p.' },
    { form: 'pow(1 + exp(-c), g)*c', says: 'The weight is a power of 1 + p, and is to be one of 1 - p.' },
    {
      form: '(1 - exp(c))**2*c',
      says: 'The minus before the cross entropy is missing: exp(-{c}) is the probability.',
      when: (_, { isNamed }) => isNamed('c', /ce|loss|entropy|nll/i),
    },
    {
      form: 'pow(1 - exp(c), g)*c',
      says: 'The minus before the cross entropy is missing: exp(-{c}) is the probability.',
      when: (_, { isNamed }) => isNamed('c', /ce|loss|entropy|nll/i),
    },
    { form: '(1 + p)**2*log(p)', says: 'The weight is a power of 1 + {p}, and is to be one of 1 - {p}.' },
    { form: 'pow(1 + p, g)*log(p)', says: 'The weight is a power of 1 + {p}, and is to be one of 1 - {p}.' },
    { form: 'pow(p, g)*log(p)', says: 'The weight is a power of {p}, and is to be one of 1 - {p}.' },
    { form: 'p**2*log(p)', says: 'The weight is a power of {p}, and is to be one of 1 - {p}.' },
    {
      form: 'exp(-2*c)*c',
      says: 'The weight is a power of p, and is to be one of 1 - p.',
      when: (_, { isNamed }) => isNamed('c', /ce|loss|entropy|nll/i),
    },
  ],
  wrong: [FOCAL('(1 + pt) ** gamma * ce').replace('.mean()', '.mean()  # <--')],
  right: [FOCAL('(1 - pt) ** gamma * ce')],
});
