import { formulaCheck } from './formula.js';

const LOSS = (terms: string): string => `
import torch

def loss_of(outputs, labels):
    p = torch.sigmoid(outputs)
    return -(${terms}).mean()
`;

const IN_NUMPY = (terms: string): string => `
import numpy as np

def cost(A, Y):
    return -np.mean(${terms})
`;

const LABEL =
  /^_*(y|t|labels?|targets?|y_true|y_batch|y_train|truth|gt|ground_truth|x|X|Y)(_*(true|batch|train|f|flat))?$/;

export const bernoulliTerms = formulaCheck({
  id: 'bernoulli-terms',
  title: 'A cross entropy of two classes with a slip in one of its terms',
  why: 'It is y log p + (1 - y) log(1 - p), largest where p is y; with another sign or factor it is largest elsewhere, or for no p at all.',
  instead: 'Write y * log(p) + (1 - y) * log(1 - p), or call the library’s own loss.',
  needs: 'Both terms, with all but one place of them as they are in the formula.',
  source: 'Bishop 2006, Pattern Recognition and Machine Learning, equation 4.90',
  speaksOf: /log\(|log1p/,
  forms: [
    'y*log(p) + (1 - y)*log(1 - p)',
    'w*y*log(p) + (1 - y)*log(1 - p)',
    'w*y*log(p) + u*(1 - y)*log(1 - p)',
  ],
  slips: [
    { form: 'y*log(p) - (1 - y)*log(1 - p)', says: 'The terms of the two classes have different signs.' },
    {
      form: 'y*log(p) + (1 - y)*log(p)',
      says: 'Both terms have log({p}): the second is to have log(1 - {p}).',
    },
    {
      form: 'y*log(p) + y*log(1 - p)',
      says: 'Both terms are weighed by {y}: the second is to be weighed by 1 - {y}.',
    },
    {
      form: 'y*log(p) + (1 - y)*log(1 + p)',
      says: 'The second term has log(1 + {p}), and is to have log(1 - {p}).',
    },
    {
      form: 'y*log(p) + (1 + y)*log(1 - p)',
      says: 'The second term is weighed by 1 + {y}, and is to be weighed by 1 - {y}.',
    },
    { form: 'y*log(p) + (1 - y)*(1 - p)', says: 'The second term has no logarithm.' },
    { form: 'y*p + (1 - y)*log(1 - p)', says: 'The first term has no logarithm.' },
    {
      form: 'y + log(p) + (1 - y)*log(1 - p)',
      says: '{y} and log({p}) are added, and are to be multiplied.',
    },
    {
      form: 'y*log(p) + 1 - y + log(1 - p)',
      says: '1 - {y} and log(1 - {p}) are added, and are to be multiplied.',
    },
    { form: 'y*log(p)*(1 - y)*log(1 - p)', says: 'The two terms are multiplied, and are to be added.' },
    {
      form: '(1 - y)*log(p) + y*log(1 - p)',
      says: 'The terms are exchanged: {y} is to weigh log({p}).',
      when: (_, asked) => asked.isNamed('y', LABEL),
    },
    {
      form: 'y*log(p) + (1 - y)*log(1 - y)',
      says: 'The second term has log(1 - {y}), and is to have log(1 - {p}).',
    },
  ],
  wrong: [
    LOSS('labels * torch.log(p) - (1 - labels) * torch.log(1 - p)').replace('.mean()', '.mean()  # <--'),
    LOSS('labels * torch.log(p + 1e-8) + (1 - labels) * torch.log(p + 1e-8)').replace(
      '.mean()',
      '.mean()  # <--',
    ),
    IN_NUMPY('Y * np.log(A) + Y * np.log(1 - A)')
      .replace(')\n', ')  # <--\n')
      .replace('cost(A, Y)  # <--:', 'cost(A, Y):'),
  ],
  right: [
    LOSS('labels * torch.log(p + 1e-8) + (1 - labels) * torch.log(1 - p + 1e-8)'),
    IN_NUMPY('Y * np.log(A) + (1 - Y) * np.log(1 - A)'),
  ],
});
