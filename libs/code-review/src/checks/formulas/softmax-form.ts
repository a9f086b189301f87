import { formulaCheck } from './formula.js';

const SOFTMAX = (given: string): string => `
import numpy as np

def softmax(x):
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    return ${given}
`;

export const softmaxForm = formulaCheck({
  id: 'softmax-form',
  title: 'A softmax that does not come to 1',
  why: 'Softmax is exp(x) over the sum of exp(x): multiplied by it, or with a sum of something else, the parts are no probabilities.',
  instead: 'Write e = np.exp(x - x.max()); e / e.sum().',
  needs: 'Exponentials and a sum of the same, with a slip in one place.',
  source: 'Goodfellow et al. 2016, Deep Learning, equation 6.29',
  speaksOf: /exp/,
  forms: ['exp(x) / sum(exp(x))', 'exp(x - y) / sum(exp(x - y))'],
  slips: [
    {
      form: 'exp(x) * sum(exp(x))',
      says: 'The exponentials are multiplied by their sum, and are to be divided by it.',
    },
    {
      form: 'exp(x) / mean(exp(x))',
      says: 'The exponentials are divided by their mean: what comes out adds up to how many there are.',
    },
    {
      form: 'exp(x) / sum(x)',
      says: 'The exponentials are divided by the sum of {x}, and not of its exponentials.',
    },
    { form: 'x / sum(exp(x))', says: '{x} itself is divided by the sum of its exponentials.' },
    {
      form: 'exp(x) - sum(exp(x))',
      says: 'The sum of the exponentials is taken away from them, and they are to be divided by it.',
    },
    {
      form: 'exp(x + largest(x)) / sum(exp(x + largest(x)))',
      says: 'The largest is added, and is to be taken away so that no exponential overflows.',
    },
  ],
  wrong: [
    SOFTMAX('e * np.sum(e, axis=1, keepdims=True)  # <--'),
    SOFTMAX('e / np.mean(e, axis=1, keepdims=True)  # <--'),
  ],
  right: [SOFTMAX('e / np.sum(e, axis=1, keepdims=True)'), SOFTMAX('e / e.sum(axis=1, keepdims=True)')],
});
