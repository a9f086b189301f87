import type { Check } from '../../check.js';
import { bernoulliTerms } from './bernoulli.js';
import { divergenceTerms } from './divergence.js';
import { focalForm } from './focal-form.js';
import { gateForm } from './gates.js';
import { gradientNorm } from './gradient-norm.js';
import { noisingForm } from './noising.js';
import { normalDensity } from './normal-density.js';
import { overlapForm } from './overlap-form.js';
import { marginForm } from './pairs.js';
import { positionRates } from './positions.js';
import { probabilityRatio } from './probability-ratio.js';
import { peakSignal } from './signal-to-noise.js';
import { softmaxForm } from './softmax-form.js';
import { squaredError } from './squared-error.js';
import { standardised } from './standardised.js';
import { discountedForm } from './temporal-difference.js';

/** Published formulas that programs write out: slips in one place of them. */
export const formulas: readonly Check[] = [
  bernoulliTerms,
  divergenceTerms,
  standardised,
  squaredError,
  overlapForm,
  gradientNorm,
  softmaxForm,
  positionRates,
  marginForm,
  discountedForm,
  normalDensity,
  gateForm,
  noisingForm,
  peakSignal,
  probabilityRatio,
  focalForm,
];
