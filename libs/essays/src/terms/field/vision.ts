import type { Synonyms } from '../synonyms.js';

/** Finding things in images, and judging what was found. */
export const VISION: readonly Synonyms[] = [
  [
    'intersection over union',
    'iou',
    'jaccard index',
    'overlap over union',
    'area of overlap divided by area of union',
    'intersection divided by the union',
  ],
  [
    'non maximum suppression',
    'nms',
    'non max suppression',
    'nonmaximum suppression',
    'suppress overlapping boxes',
    'remove overlapping boxes',
    'remove duplicate boxes',
  ],
  ['ground truth box', 'true box', 'annotated box', 'labelled box', 'ground truth bounding box'],
  ['average precision', 'mean average precision'],
  ['precision recall curve', 'pr curve', 'precision recall plot'],
  [
    'duplicate detection',
    'detected twice',
    'second detection',
    'same object twice',
    'double detection',
    'detected a second time',
  ],
  ['anchor box', 'prior box', 'default box'],
  ['region proposal', 'proposal network', 'rpn', 'candidate region'],
  ['one stage detector', 'single stage detector', 'single shot detector'],
  ['two stage detector', 'faster rcnn'],
  ['u net', 'unet', 'contracting and expanding path'],
  ['feature pyramid', 'fpn', 'multi scale features'],
  ['focal loss', 'down weight easy examples'],
  ['dice loss', 'dice coefficient', 'dice score'],
];
