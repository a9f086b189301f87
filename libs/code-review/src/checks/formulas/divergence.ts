import { formulaCheck } from './formula.js';
import { notNamed } from './roles.js';

const IN_LOSS = (kl: string): string => `
import torch
import torch.nn.functional as F

def loss_of(rebuilt, x, mu, logvar):
    kl = -0.5 * torch.sum(${kl})
    return F.mse_loss(rebuilt, x, reduction='sum') + kl
`;

const IN_KERAS = (kl: string): string => `
from tensorflow.keras import backend as K

def divergence(z_mean, z_log_var):
    terms = ${kl}
    return -0.5 * K.sum(terms, axis=-1)
`;

const LOGARITHM = /log|lv|var/i;

export const divergenceTerms = formulaCheck({
  id: 'divergence-terms',
  title: 'A divergence with a slip in one of its terms',
  why: 'The divergence from the standard normal is -1/2 Σ(1 + log σ² - μ² - σ²), least where μ is 0 and σ is 1: with another sign or power it has its least value elsewhere, or none.',
  instead: 'Write 1 + logvar - mu**2 - exp(logvar).',
  needs: 'All its terms but one as they are in the formula.',
  source: 'Kingma and Welling 2014, Auto-Encoding Variational Bayes, appendix B',
  speaksOf: /exp/,
  forms: [
    '1 + v - m**2 - exp(v)',
    'v - m**2 - exp(v)',
    '1 + 2*s - m**2 - exp(2*s)',
    '1 + 2*log(d) - m**2 - d**2',
    '1 + log(v) - m**2 - v',
  ],
  roles: { v: notNamed(/^(mu|mean|z_mean)$/) },
  slips: [
    { form: '1 + v + m**2 - exp(v)', says: 'The square of {m} has the sign of {v}: it is to be taken away.' },
    { form: '1 - v - m**2 - exp(v)', says: '{v} has the sign of its exponential: it is to be added.' },
    {
      form: '1 + v - m**2 + exp(v)',
      says: 'The exponential of {v} has the sign of {v}: it is to be taken away.',
    },
    {
      form: 'v - 1 - m**2 - exp(v)',
      says: '1 has the sign of the variance: the terms do not come to 0 for the standard normal.',
    },
    {
      form: '1 + v - m - exp(v)',
      says: '{m} is taken away as it is, and is to be squared.',
      when: (_, { isNamed }) => isNamed('v', LOGARITHM) && isNamed('m', /mu|mean|loc/i),
    },
    {
      form: '1 + v - m**2 - exp(2*v)',
      says: '{v} stands once, as the logarithm of a variance, and its exponential is squared.',
    },
    {
      form: '1 + 2*v - m**2 - exp(v)',
      says: '{v} stands twice, as the logarithm of a deviation, and its exponential is not squared.',
    },
    {
      form: '1 + v - m**2 - exp(v/2)',
      says: 'The exponential of half of {v} is the deviation, and the variance is meant.',
    },
    { form: '1 + v - m**2 - exp(-v)', says: 'The exponential of minus {v} is 1 over the variance.' },
    { form: '1 + v - m**2 - exp(m)', says: 'The exponential is taken of {m}, and is to be of {v}.' },
    { form: '1 + v - v**2 - exp(v)', says: '{v} is squared in the place of the mean.' },
    {
      form: '1 + log(d) - m**2 - d**2',
      says: 'The logarithm is of {d}, and its square stands beside it: it is to be taken twice.',
    },
  ],
  wrong: [
    IN_LOSS('1 + logvar + mu.pow(2) - logvar.exp()').replace('.exp())', '.exp())  # <--'),
    IN_KERAS('1 - z_log_var - K.square(z_mean) - K.exp(z_log_var)  # <--'),
    IN_KERAS('1 + z_log_var - K.square(z_mean) - K.exp(z_log_var / 2)  # <--'),
  ],
  right: [
    IN_LOSS('1 + logvar - mu.pow(2) - logvar.exp()'),
    IN_KERAS('1 + z_log_var - K.square(z_mean) - K.exp(z_log_var)'),
    IN_KERAS('1 + 2 * z_log_var - z_mean ** 2 - K.exp(2 * z_log_var)'),
  ],
});
