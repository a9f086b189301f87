import { asNumber } from '../../algebra/expression.js';
import { formulaCheck } from './formula.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import type { RoleTest } from './formula.js';

const PENALTY = (penalty: string): string => `
import torch

def penalty_of(critic, mixed):
    scores = critic(mixed)
    gradients = torch.autograd.grad(scores, mixed, torch.ones_like(scores), create_graph=True)[0]
    norms = gradients.flatten(1).norm(2, dim=1)
    return ${penalty}
`;

/** A norm of gradients: of what `torch.autograd.grad`, `tape.gradient` or `tf.gradients` gives. */
const isNorm: RoleTest = (of) =>
  of.terms.some(({ factors }) =>
    factors.some(({ base, power }) => {
      if (base.kind === 'atom')
        return (
          base.value !== undefined &&
          /(^|\.)norm$/.test(makerOf(base.value)) &&
          comesOf(base.value, (value) => /^(grad|gradients?)$/.test(makerOf(value)))
        );
      return power === 0.5 && base.key.includes('^2');
    }),
  );

export const gradientNorm = formulaCheck({
  id: 'gradient-norm-form',
  title: 'A gradient penalty with a slip in it',
  why: 'It is the mean of (‖∇‖ - 1)², least where the norm is 1: with a plus it is least at 0, and without the square it falls without end as the norm does.',
  instead: 'Write ((norm - 1) ** 2).mean().',
  needs: 'A norm of gradients beside 1.',
  source: 'Gulrajani et al. 2017, Improved Training of Wasserstein GANs, equation 3',
  speaksOf: /grad/,
  forms: ['(n - 1)**2', '(m - k)**2', 'max(0, n - 1)'],
  numbers: ['k'],
  roles: { n: isNorm, m: isNorm, k: (of) => (asNumber(of) ?? 1) > 0 },
  slips: [
    { form: '(n + 1)**2', says: '1 is added to the norm, and is to be taken away.' },
    { form: 'mean(n - 1)', says: 'The difference from 1 is not squared: it has no least value.' },
    { form: 'sum(n - 1)', says: 'The difference from 1 is not squared: it has no least value.' },
  ],
  wrong: [PENALTY('((norms + 1) ** 2).mean()  # <--'), PENALTY('(norms - 1).mean()  # <--')],
  right: [PENALTY('((norms - 1) ** 2).mean()'), PENALTY('torch.relu(norms - 1).mean()')],
});
