import { firstOfPairs } from './first-of-pairs.js';
import { distancesAsScores } from './distances-as-scores.js';
import { entropyWithoutMinus } from './entropy-without-minus.js';
import { maskedAfterSoftmax } from './masked-after-softmax.js';
import { skipOnce } from './skip-once.js';
import { judgedAlike } from './judged-alike.js';
import { mixedLabels } from './mixed-labels.js';
import { oneHotTarget } from './one-hot-target.js';
import { samplingUniform } from './sampling-uniform.js';
import { chancesBroadcast } from './chances-broadcast.js';
import { maskedTarget } from './masked-target.js';
import { pairWithItself, temperatureMultiplied } from './similar-pairs.js';
import { valueLossSign } from './value-loss-sign.js';
import { entropySign, surrogateSign } from './surrogate.js';
import type { Check } from '../../check.js';
import { distilledTurned, partsOfOther, temperatureOnce } from './distilled.js';
import { overlapMinimised, overlapProduct } from './overlap-loss.js';
import { penaltyOfBatch, penaltySubtracted, pointsWithoutGradient } from './penalty-forms.js';
import { meanRectified, sampleCut } from './sample-cut.js';
import { keysNotTurned, scaleMissing } from './attention-scores.js';
import { meanOfNumber } from './mean-of-number.js';
import { maskSmall } from './mask-small.js';
import { maskUnread } from './mask-unread.js';
import { pairLoss } from './pair-loss.js';
import { ratioTurned } from './ratio-turned.js';
import { generatorDetached } from './generator-detached.js';
import { judgeTarget } from './judge-target.js';
import { noiseScale, noisyTarget } from './diffusion.js';
import { reducedEarly } from './reduced-early.js';
import { maskedWins } from './masked-wins.js';
import { padsLearned } from './pads-learned.js';
import { skipChanged } from './skip-changed.js';
import { criticSigns } from './critic-signs.js';
import { scaleSign } from './scale-sign.js';
import { gradientNormDim, mixOfElements, penaltyGraph } from './gradient-penalty.js';
import { valuesCrossed } from './values-crossed.js';
import { maskAfterSoftmax, weightsDim } from './attention.js';
import { criticSigmoid, generatorTarget } from './adversarial.js';
import { scaleAfterSoftmax, scaleInverted, scaleWidth, temperatureTurned } from './attention-scale.js';
import { maskInverted } from './mask-polarity.js';
import { maskOverQueries } from './mask-over-queries.js';
import { argmaxBatch } from './argmax-batch.js';
import { bceNeedsProb } from './bce-needs-prob.js';
import { bceSigmoid } from './bce-sigmoid.js';
import { bcelogitsDouble } from './bcelogits-double.js';
import { argmaxOneLogit, doubleActivation, sigmoidThresholdZero } from './decisions.js';
import { causalMask } from './causal-mask.js';
import { overlapNegative, overlapRatio } from './overlap.js';
import { dropoutOnOutput } from './dropout-on-output.js';
import { largestValues } from './largest-values.js';
import { lossArguments, lossConstructed } from './loss-arguments.js';
import { focalOfMean } from './focal.js';
import { weighedAfterMean } from './weighed-after-mean.js';
import { noiseRebuilt } from './noise-rebuilt.js';
import { focalOfLogarithm } from './focal-of-logarithm.js';
import { answersOverBatch, answersSwapped, numbersOfClasses, valuesForAnswers } from './by-class-answers.js';
import { lossTask, silentBroadcast } from './loss-task.js';
import { klForm, klReduction, klSign, klUnread } from './kl.js';
import { logitThreshold } from './logit-threshold.js';
import { logsoftmaxCe } from './logsoftmax-ce.js';
import { missingNonlinearity } from './missing-nonlinearity.js';
import { logUnmasked } from './log-unmasked.js';
import { klNeedsLog } from './kl-needs-log.js';
import { advantageNotDetached, distributionArguments, ratioOfLogs } from './policy.js';
import { samplingForm, samplingStd } from './sampling.js';
import { diceNeedsProb, sqrtAtZero } from './written-out.js';
import { normalizeDim } from './normalize-dim.js';
import { noiseUnread } from './noise-unread.js';
import { nllNeedsLog } from './nll-needs-log.js';
import { pictureRange } from './picture-range.js';
import { reluOnOutput } from './relu-on-output.js';
import { severalLabels } from './several-labels.js';
import { sigmoidDeep } from './sigmoid-deep.js';
import { softmaxByHand } from './softmax-by-hand.js';
import { expOfLoss } from './exp-of-loss.js';
import { softmaxCe } from './softmax-ce.js';
import { softmaxDim } from './softmax-dim.js';
import { softmaxOneUnit } from './softmax-one-unit.js';
import { targetsLag } from './targets-lag.js';
import { targetRange } from './target-range.js';
import { following, stretchedTargets } from '../shapes/followed-targets.js';

/** Activations and losses. */
export const losses: readonly Check[] = [
  firstOfPairs,
  distancesAsScores,
  entropyWithoutMinus,
  maskedAfterSoftmax,
  skipOnce,
  noiseUnread,
  softmaxCe,
  expOfLoss,
  logsoftmaxCe,
  nllNeedsLog,
  bceNeedsProb,
  bcelogitsDouble,
  bceSigmoid,
  softmaxOneUnit,
  softmaxDim,
  missingNonlinearity,
  reluOnOutput,
  following(lossTask, numbersOfClasses),
  following(following(silentBroadcast, stretchedTargets), valuesCrossed),
  targetRange,
  argmaxOneLogit,
  sigmoidThresholdZero,
  logitThreshold,
  klSign,
  klReduction,
  klForm,
  klUnread,
  samplingForm,
  doubleActivation,
  logUnmasked,
  sigmoidDeep,
  following(argmaxBatch, answersOverBatch),
  dropoutOnOutput,
  klNeedsLog,
  maskAfterSoftmax,
  weightsDim,
  following(lossArguments, answersSwapped),
  lossConstructed,
  ratioOfLogs,
  advantageNotDetached,
  distributionArguments,
  diceNeedsProb,
  samplingStd,
  sqrtAtZero,
  softmaxByHand,
  normalizeDim,
  following(largestValues, valuesForAnswers),
  pictureRange,
  severalLabels,
  focalOfMean,
  weighedAfterMean,
  noiseRebuilt,
  samplingUniform,
  focalOfLogarithm,
  generatorTarget,
  criticSigmoid,
  causalMask,
  overlapNegative,
  overlapRatio,
  scaleInverted,
  scaleAfterSoftmax,
  scaleWidth,
  temperatureTurned,
  maskInverted,
  maskOverQueries,
  gradientNormDim,
  mixOfElements,
  scaleSign,
  criticSigns,
  skipChanged,
  padsLearned,
  penaltyGraph,
  maskedWins,
  reducedEarly,
  pairLoss,
  ratioTurned,
  noiseScale,
  noisyTarget,
  judgeTarget,
  generatorDetached,
  maskUnread,
  maskSmall,
  keysNotTurned,
  scaleMissing,
  meanOfNumber,
  sampleCut,
  meanRectified,
  overlapMinimised,
  overlapProduct,
  penaltySubtracted,
  penaltyOfBatch,
  pointsWithoutGradient,
  distilledTurned,
  temperatureOnce,
  partsOfOther,
  surrogateSign,
  entropySign,
  pairWithItself,
  maskedTarget,
  chancesBroadcast,
  temperatureMultiplied,
  valueLossSign,
  targetsLag,
  oneHotTarget,
  judgedAlike,
  mixedLabels,
];
