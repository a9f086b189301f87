import { asNumber } from '../../algebra/expression.js';
import { valueIn } from '../../algebra/read.js';
import { isPenalty } from '../../ask/penalties.js';
import { formulaCheck } from './formula.js';

const TOTAL = (total: string): string => `
import torch
import torch.nn.functional as F

def loss_of(rebuilt, x, mu, logvar):
    error = F.mse_loss(rebuilt, x, reduction='sum')
    terms = (1 + logvar - mu.pow(2) - logvar.exp()).sum(1)
    return ${total}
`;

const TERMS = '(1 + v - m**2 - exp(v))';
const TERMS_OF_DEVIATION = '(1 + 2*s - m**2 - exp(2*s))';

export const divergenceSign = formulaCheck({
  id: 'divergence-sign',
  title: 'A divergence that is taken away from the loss',
  why: 'The divergence is -1/2 Σ(1 + log σ² - μ² - σ²), and is to become small as the error is: with the other sign codes are driven away from the prior without end.',
  instead: 'Write error - 0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp()).',
  needs: 'The sum written out beside a loss or error that has no minus.',
  source: 'Kingma and Welling 2014, Auto-Encoding Variational Bayes, equation 10',
  speaksOf: /exp/,
  forms: [],
  numbers: ['w'],
  roles: {
    w: (of) => (asNumber(of) ?? -1) > 0,
    p: (of, { nameOf }) => {
      const value = valueIn(of);
      return (
        (value !== undefined && isPenalty(value)) ||
        /^(recon\w*|rebuilt|rec|bce|mse|xent)(_?loss|_?error)?$|^(r\w*_)?loss$/i.test(nameOf(of))
      );
    },
  },
  slips: [TERMS, TERMS_OF_DEVIATION].flatMap((terms) =>
    [`sum${terms}`, `mean${terms}`, `mean(sum${terms})`, `sum(mean${terms})`].flatMap((reduced) =>
      [`p + w*${reduced}`, `p + w*b*${reduced}`].map((form) => ({
        form,
        says: 'The sum has no minus here, so that the divergence is taken away from what is to become small.',
      })),
    ),
  ),
  wrong: [TOTAL('error + 0.5 * terms.mean()  # <--')],
  right: [
    TOTAL('error - 0.5 * terms.mean()'),
    TOTAL('-error + 0.5 * terms.mean()'),
    TOTAL('error - (0.5 * terms).mean()'),
  ],
});
