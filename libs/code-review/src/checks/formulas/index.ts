import { adjacencyScale } from './adjacency-scale.js';
import type { Check } from '../../check.js';
import { bernoulliTerms } from './bernoulli.js';
import { blendForm } from './blend.js';
import { divergenceTerms } from './divergence.js';
import { divergenceSign } from './divergence-sign.js';
import { explorationForm } from './exploration.js';
import { focalForm } from './focal-form.js';
import { gateForm } from './gates.js';
import { geluForm } from './gelu.js';
import { gradientNorm } from './gradient-norm.js';
import { judgedLogarithms } from './judged-logarithms.js';
import { noisingForm } from './noising.js';
import { normalDensity } from './normal-density.js';
import { overlapForm } from './overlap-form.js';
import { marginForm } from './pairs.js';
import { policyTerms } from './policy-terms.js';
import { denoisingOrder } from './denoising-order.js';
import { positionRates } from './positions.js';
import { probabilityRatio } from './probability-ratio.js';
import { sampleSum } from './sample-form.js';
import { peakSignal } from './signal-to-noise.js';
import { softmaxForm } from './softmax-form.js';
import { squaredError } from './squared-error.js';
import { squashedDensity } from './squashed.js';
import { standardised } from './standardised.js';
import { discountedForm } from './temporal-difference.js';

/** Published formulas that programs write out: slips in one place of them. */
export const formulas: readonly Check[] = [
  adjacencyScale,
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
  blendForm,
  sampleSum,
  policyTerms,
  denoisingOrder,
  judgedLogarithms,
  explorationForm,
  squashedDensity,
  geluForm,
  divergenceSign,
];
