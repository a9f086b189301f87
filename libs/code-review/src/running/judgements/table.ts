import type { AnyJudgement } from '../judgement.js';
import { dropoutInEvaluation, inputIgnored, rowsMixed } from './behaviour.js';
import { deadLayer, noGradient, vanishing } from './gradients.js';
import { notFinite } from './not-finite.js';
import { diverges, initialLoss, nothingLearned } from './training.js';

/** Everything that running can find fault with. */
export const JUDGEMENTS: readonly AnyJudgement[] = [
  notFinite,
  noGradient,
  deadLayer,
  vanishing,
  rowsMixed,
  inputIgnored,
  dropoutInEvaluation,
  diverges,
  nothingLearned,
  initialLoss,
];
