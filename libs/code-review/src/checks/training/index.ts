import type { Check } from '../../check.js';
import { backwardMissing } from './backward-missing.js';
import { backwardNoGrad } from './backward-no-grad.js';
import { backwardTwice } from './backward-twice.js';
import { evalMissing } from './eval-missing.js';
import { lossAccumulate } from './loss-accumulate.js';
import { order } from './order.js';
import { stepMissing } from './step-missing.js';
import { trainMissing } from './train-missing.js';
import { zeroGrad } from './zero-grad.js';

/** The training loop. */
export const training: readonly Check[] = [
  zeroGrad,
  backwardMissing,
  stepMissing,
  order,
  backwardNoGrad,
  backwardTwice,
  evalMissing,
  trainMissing,
  lossAccumulate,
];
