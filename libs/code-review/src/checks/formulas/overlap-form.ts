import { onlyTerm } from '../../algebra/expression.js';
import type { Expression } from '../../algebra/expression.js';
import { formulaCheck } from './formula.js';
import type { RoleTest } from './formula.js';

const DICE = (score: string): string => `
import torch

def dice_of(preds, masks, smooth=1.0):
    intersection = (preds * masks).sum()
    return ${score}
`;

const BOXES = (score: string): string => `
def iou_of(inter, area_a, area_b):
    return ${score}
`;

const SIZE = /area|sum|size|vol|total|union|^(a|b|s)_?\d?$/i;
const isSize: RoleTest = (of, { nameOf }) => isSum(of) || SIZE.test(nameOf(of));

/** The sum of one thing as it is, not of a part of it. */
function isSum(of: Expression): boolean {
  const term = onlyTerm(of);
  const [factor, second] = term?.factors ?? [];
  if (term?.coefficient !== 1 || second !== undefined || factor?.base.kind !== 'call') return false;
  const [given] = factor.base.name === 'sum' ? factor.base.args : [];
  const inner = given && onlyTerm(given);
  return inner?.factors.length === 1 && inner.factors[0]?.base.kind === 'atom';
}

const BETWEEN = /inter|overlap|common/i;

export const overlapForm = formulaCheck({
  id: 'overlap-form',
  title: 'An overlap with a slip in one of its terms',
  why: 'The Dice score is 2|A∩B| / (|A| + |B|), the overlap over the union |A∩B| / (|A| + |B| - |A∩B|): with another sign or operation neither is 1 where both are the same.',
  instead: 'Write (2 * inter + smooth) / (a.sum() + b.sum() + smooth), or inter / (a + b - inter).',
  needs: 'Both areas and what they share, with all but one place as they are in the formula.',
  source:
    'Milletari et al. 2016, V-Net, section 3; Everingham et al. 2010, The PASCAL VOC Challenge, equation 3',
  speaksOf: /dice|iou|inter|jaccard|overlap/i,
  forms: [
    '2*sum(a*b) / (sum(a) + sum(b))',
    '2*sum(a*b) / (sum(a**2) + sum(b**2))',
    '(2*sum(a*b) + k) / (sum(a) + sum(b) + k)',
    '(2*sum(a*b) + k) / (sum(a**2) + sum(b**2) + k)',
    'i / (p + q - i)',
    '(i + k) / (p + q - i + k)',
  ],
  numbers: ['k'],
  roles: { p: isSize, q: isSize },
  slips: [
    {
      form: '(2*sum(a*b) + k) / (sum(a) - sum(b) + k)',
      says: 'One area is taken away from the other, and they are to be added.',
    },
    {
      form: '2*sum(a*b) / (sum(a) - sum(b))',
      says: 'One area is taken away from the other, and they are to be added.',
    },
    {
      form: '(2*sum(a*b) + k) * (sum(a) + sum(b) + k)',
      says: 'The overlap is multiplied by the areas, and is to be divided by them.',
    },
    {
      form: '2*sum(a*b) * (sum(a) + sum(b))',
      says: 'The overlap is multiplied by the areas, and is to be divided by them.',
    },
    {
      form: '(2*sum(a*b) + k) / (sum(a)*sum(b) + k)',
      says: 'The areas are multiplied, and are to be added.',
    },
    { form: '2*sum(a*b) / (sum(a)*sum(b))', says: 'The areas are multiplied, and are to be added.' },
    {
      form: '2*sum(a + b) / (sum(a) + sum(b))',
      says: 'What is shared is the product of the two, not their sum.',
    },
    {
      form: '(2*sum(a + b) + k) / (sum(a) + sum(b) + k)',
      says: 'What is shared is the product of the two, not their sum.',
    },
    { form: 'i / (p + q + i)', says: 'What is shared is added to the areas, and is to be taken away once.' },
    {
      form: '(i + k) / (p + q + i + k)',
      says: 'What is shared is added to the areas, and is to be taken away once.',
    },
    {
      form: 'i / (p - q - i)',
      says: 'One area is taken away from the other, and they are to be added.',
      when: (_, { isNamed }) => isNamed('i', BETWEEN),
    },
    {
      form: 'i * (p + q - i)',
      says: 'The overlap is multiplied by the union, and is to be divided by it.',
      when: (_, { isNamed }) => isNamed('i', BETWEEN),
    },
  ],
  wrong: [
    DICE('(2 * intersection + smooth) / (preds.sum() - masks.sum() + smooth)  # <--'),
    BOXES('inter / (area_a + area_b + inter)  # <--'),
    BOXES('inter * (area_a + area_b - inter)  # <--'),
  ],
  right: [
    DICE('(2 * intersection + smooth) / (preds.sum() + masks.sum() + smooth)'),
    DICE('(intersection + smooth) / (preds.sum() + masks.sum() - intersection + smooth)'),
    BOXES('inter / (area_a + area_b - inter)'),
  ],
});
