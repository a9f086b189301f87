import { asNumber } from '../../algebra/expression.js';
import { formulaCheck } from './formula.js';
import { notNamed } from './roles.js';

const PAIRS = (loss: string): string => `
import torch

def loss_of(distance, same, margin=1.0):
    return (${loss}).mean()
`;

const TRIPLET = (inner: string): string => `
import torch
import torch.nn.functional as F

def loss_of(d_pos, d_neg, margin=0.2):
    return F.relu(${inner}).mean()
`;

/** Distances, not likenesses: of these the other way round is right. */
const NEAR = /^(d|dist\w*)_?(p|pos\w*|ap)$|^(p|pos\w*|ap|anchor_pos\w*)_?(d|dist\w*)$/i;
const FAR = /^(d|dist\w*)_?(n|neg\w*|an)$|^(n|neg\w*|an|anchor_neg\w*)_?(d|dist\w*)$/i;
const MARGIN = /margin|^m$|alpha/i;

export const marginForm = formulaCheck({
  id: 'margin-form',
  title: 'A margin on the wrong side',
  why: 'Pairs that differ are pushed apart while they are nearer than the margin, max(0, m - d); triplets until the other is further by the margin, max(0, d₊ - d₋ + m). With another sign they are pushed the wrong way, or for ever.',
  instead: 'Write clamp(margin - d, min=0), or relu(d_pos - d_neg + margin).',
  needs: 'A margin and distances by their names, with a slip in one place.',
  source: 'Hadsell et al. 2006, equation 4; Schroff et al. 2015, FaceNet, equation 3',
  speaksOf: /margin/i,
  forms: [
    'y*d**2 + (1 - y)*max(0, m - d)**2',
    '(1 - y)*d**2 + y*max(0, m - d)**2',
    'y*d + (1 - y)*max(0, m - d)',
    'max(0, p - n + m)',
  ],
  numbers: ['m'],
  roles: {
    p: notNamed(FAR),
    n: notNamed(NEAR),
    m: (of, { nameOf }) => of.terms.length === 1 && ((asNumber(of) ?? -1) > 0 || MARGIN.test(nameOf(of))),
  },
  slips: [
    {
      form: 'max(0, m + d)**2',
      says: 'The distance is added to the margin, and is to be taken away: pairs that differ are drawn together.',
      when: (_, { isNamed }) => isNamed('d', /dist|d$|pred/i),
    },
    {
      form: 'y*d**2 + y*max(0, m - d)**2',
      says: 'Both terms are weighed by {y}: one is to be weighed by 1 - {y}.',
    },
    {
      form: 'y*d**2 - (1 - y)*max(0, m - d)**2',
      says: 'The terms have different signs, and are to be added.',
    },
    {
      form: '(1 - y)*d**2 - y*max(0, m - d)**2',
      says: 'The terms have different signs, and are to be added.',
    },
    {
      form: '(1 + y)*d**2 + y*max(0, m - d)**2',
      says: 'One term is weighed by 1 + {y}, and is to be weighed by 1 - {y}.',
    },
    {
      form: 'y*d**2 + (1 + y)*max(0, m - d)**2',
      says: 'One term is weighed by 1 + {y}, and is to be weighed by 1 - {y}.',
    },
    {
      form: 'y + d**2 + (1 - y)*max(0, m - d)**2',
      says: '{y} is added to the square of the distance, and is to weigh it.',
    },
    {
      form: '(1 - y) + d**2 + y*max(0, m - d)**2',
      says: '1 - {y} is added to the square of the distance, and is to weigh it.',
    },
    {
      form: 'max(0, n - p + m)',
      says: '{p} is taken away from {n}: those that are alike are pushed apart.',
      when: (_, { isNamed }) => isNamed('p', NEAR) && isNamed('n', FAR),
    },
    {
      form: 'max(0, p + n + m)',
      says: '{n} is added, and is to be taken away.',
      when: (_, { isNamed }) => isNamed('p', NEAR) && isNamed('n', FAR),
    },
    {
      form: 'max(0, p - n - m)',
      says: 'The margin is taken away, and is to be added: nothing is learned once the other is nearly as far.',
      when: (_, { isNamed }) => isNamed('p', NEAR) && isNamed('n', FAR),
    },
  ],
  wrong: [
    PAIRS('same * distance ** 2 + (1 - same) * torch.clamp(margin + distance, min=0) ** 2').replace(
      '.mean()',
      '.mean()  # <--',
    ),
    TRIPLET('d_neg - d_pos + margin').replace('.mean()', '.mean()  # <--'),
    TRIPLET('d_pos - d_neg - margin').replace('.mean()', '.mean()  # <--'),
  ],
  right: [
    PAIRS('same * distance ** 2 + (1 - same) * torch.clamp(margin - distance, min=0) ** 2'),
    TRIPLET('d_pos - d_neg + margin'),
  ],
});
