import { formulaCheck } from './formula.js';
import { named } from './roles.js';

const IN_AGENT = (returns: string): string => `
import numpy as np

def advantages_of(returns):
    returns = np.array(returns)
    return ${returns}
`;

const IN_DATA = (scaled: string): string => `
def prepared(X_train):
    X_mean, X_std = X_train.mean(axis=0), X_train.std(axis=0)
    return ${scaled}
`;

/** Each by itself, and times a weight. */
function weighed(...forms: readonly string[]): readonly string[] {
  return forms.flatMap((form) => [form, `w*${form}`]);
}

export const standardised = formulaCheck({
  id: 'standardised-form',
  title: 'Values that are not brought to mean 0 and deviation 1',
  why: 'Less their mean and divided by their deviation values have mean 0 and deviation 1; with another sign or operation they have neither.',
  instead: 'Write (x - x.mean()) / (x.std() + 1e-8).',
  needs: 'A value, its own mean and its own deviation in one quotient, with a slip in one place.',
  source: 'Ioffe and Szegedy 2015, Batch Normalization, algorithm 1',
  speaksOf: /std|\bvar\b|var\(/,
  forms: weighed(
    '(x - mean(x)) / std(x)',
    '(x - mean(x)) / sqrt(var(x))',
    '(x - mean(x)) / sqrt(mean((x - mean(x))**2))',
    '(x - m) / s',
  ),
  roles: {
    m: named(/(^|_)(mean|avg)s?$|^mean/i),
    s: named(/^(?!.*inv)(\w*_)?(std|stds|stdev|stddev)$|^std_\w+$/i),
  },
  isExact: true,
  slips: [
    { form: '(x + mean(x)) / std(x)', says: 'The mean is added to {x}, and is to be taken away.' },
    { form: '(x + mean(x)) / sqrt(var(x))', says: 'The mean is added to {x}, and is to be taken away.' },
    ...weighed('(x - mean(x)) * std(x)').map((form) => ({
      form,
      says: '{x} less its mean is multiplied by the deviation, and is to be divided by it.',
    })),
    ...weighed('(x - mean(x)) * sqrt(var(x))').map((form) => ({
      form,
      says: '{x} less its mean is multiplied by the deviation, and is to be divided by it.',
    })),
    ...weighed('(x - mean(x)) / var(x)').map((form) => ({
      form,
      says: '{x} less its mean is divided by the variance, and is to be divided by its root.',
    })),
    ...weighed('(x + m) / s').map((form) => ({
      form,
      says: '{m} is added to {x}, and is to be taken away.',
    })),
    { form: '(x - m) * s', says: '{x} less {m} is multiplied by {s}, and is to be divided by it.' },
    {
      form: '(mean(x) - x) / std(x)',
      says: '{x} is taken away from its mean, so that what is large comes out small.',
      when: ({ scale }) => scale === 1,
    },
  ],
  wrong: [
    IN_AGENT('(returns + returns.mean()) / (returns.std() + 1e-8)  # <--'),
    IN_AGENT('(returns - np.mean(returns)) * (np.std(returns) + 1e-8)  # <--'),
    IN_DATA('(X_train - X_mean) / X_train.var(axis=0)  # <--'),
  ],
  right: [
    IN_AGENT('(returns - returns.mean()) / (returns.std() + 1e-8)'),
    IN_DATA('(X_train - X_mean) / X_std'),
    IN_AGENT('returns.mean() + returns.std() * returns'),
  ],
});
