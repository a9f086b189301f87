import { twinFigures } from './twin-figures.js';
import { twinCritics } from './twin-critics.js';
import { ringNotClosed } from './ring-not-closed.js';
import { actorUnasked } from './actor-unasked.js';
import { meanOfExponentials } from './mean-of-exponentials.js';
import { orderLost } from './order-lost.js';
import { foldsOneNetwork } from './folds-one-network.js';
import { endUnread } from './end-unread.js';
import { rateTwice } from './rate-twice.js';
import { logProbabilityCut } from './log-probability-cut.js';
import { actionAsRow } from './action-as-row.js';
import { bootstrapAtEnd } from './bootstrap-at-end.js';
import { rewardDiscounted } from './reward-discounted.js';
import { returnsForwards } from './returns-forwards.js';
import { sameStart } from './same-start.js';
import { rateForData } from './rate-for-data.js';
import { closureMissing, closureReturn } from './closures.js';
import type { Check } from '../../check.js';
import { schedulerUnstepped } from './scheduler-unstepped.js';
import { scheduledInPhases, sumsByBatches } from './by-other-count.js';
import { stateLost } from './state-lost.js';
import { endTurned, explorationTurned, stateKept, stateTwice } from './agent-loops.js';
import { bestForChosen, bestOverBatch, bootstrapPlaces, valuesBounded } from './bootstrapped.js';
import { targetUnasked, weightsSetBack } from './target-networks.js';
import { explorationFixed } from './exploration-fixed.js';
import { metricArguments } from './metric-arguments.js';
import { schedulerOfOther } from './scheduler-of-other.js';
import { meanByEpochs } from './mean-by-epochs.js';
import { bestOfBatch } from './best-of-batch.js';
import { sizeOfWhole } from './size-of-whole.js';
import { meanOfInterval } from './mean-of-interval.js';
import { lostValue } from './lost-value.js';
import { loadedFromItself } from './loaded-from-itself.js';
import { countedByIndex } from './counted-by-index.js';
import { targetUnread } from './target-unread.js';
import { endsNotKept } from './ends-not-kept.js';
import { patienceOfAnswers } from './patience-of-answer.js';
import { meanBySamples } from './mean-by-samples.js';
import { following } from '../shapes/followed-targets.js';
import { backwardMissing } from './backward-missing.js';
import { backwardNoGrad } from './backward-no-grad.js';
import { backwardOfItself } from './backward-of-itself.js';
import { decayOfNumber } from './decay-of-number.js';
import { backwardTwice } from './backward-twice.js';
import { bestNotCopied, bestNotUpdated, bestReversed } from './best-kept.js';
import { patienceNotReset } from './patience-not-reset.js';
import { callMissing } from './call-missing.js';
import { functionalDropout } from './functional-dropout.js';
import { graphCut } from './graph-cut.js';
import { lossShadowed } from './loss-shadowed.js';
import { resultUnused } from './result-unused.js';
import { returnInLoop } from './return-in-loop.js';
import { schedulerStep } from './scheduler-step.js';
import { biasBeforeBn, dropoutRate, initOnModule, lrRange } from './settings.js';
import { clipScaled, scalerUse } from './mixed-precision.js';
import { clipOrder } from './clip-order.js';
import { lossSign } from './loss-sign.js';
import { backwardNotScalar, gradOfComputed, numpyNeedsDetach } from './gradients-asked.js';
import { noGradMissing } from './no-grad-missing.js';
import { metricDividedEarly, sumUnused, targetNotShifted } from './epoch-figures.js';
import { untakenToZero } from './untaken-to-zero.js';
import { endIgnored, endOfFirst, maskAdded, targetNotUpdated } from './value-targets.js';
import { learnedAfterLoop } from './learned-after-loop.js';
import { sumRestarted } from './sum-restarted.js';
import { cutBeforeLoss } from './cut-before-loss.js';
import { metricLastBatch } from './last-batch-metric.js';
import { metricDenominator, metricReset } from './metrics.js';
import { evalMissing } from './eval-missing.js';
import { accumScale } from './accum-scale.js';
import { networksEachEpoch, optimizersEachEpoch } from './made-each-epoch.js';
import { evaluatedAsTrained, trainedAsEvaluated } from './written-modes.js';
import { zeroedBeforeStep } from './written-order.js';
import { dividedByOther } from './written-counts.js';
import { batchesCounted } from './batches-counted.js';
import { modelInLoop, optimizerInLoop } from './made-in-loop.js';
import { lossAccumulate } from './loss-accumulate.js';
import { order } from './order.js';
import { otherLoader } from './other-loader.js';
import { validationTrains } from './validation-trains.js';
import { savedChanged } from './saved-changed.js';
import { steppedGraph } from './stepped-graph.js';
import { stepMissing } from './step-missing.js';
import { steppedOther } from './stepped-other.js';
import { steppedNameOnly, steppedUphill } from './stepped-by-hand.js';
import { averageTurned } from './moved-averages.js';
import { actorSign, targetLearns, targetNeverMoved } from './bootstrap-targets.js';
import { staleOutputs } from './stale-outputs.js';
import { termCut } from './term-cut.js';
import { meanOverBatch, targetIsSame } from './value-networks.js';
import { teacherMode } from './teacher-mode.js';
import { trainMissing } from './train-missing.js';
import { valuesOfAll } from './values-of-all.js';
import { zeroGrad } from './zero-grad.js';
import { trainerStep } from './trainer-step.js';
import { methodAsValue } from './method-as-value.js';
import { loaderRestarted } from './loader-restarted.js';
import { countsFloored } from './counts-floored.js';

/** The training loop. */
export const training: readonly Check[] = [
  twinFigures,
  twinCritics,
  ringNotClosed,
  actorUnasked,
  meanOfExponentials,
  orderLost,
  rateForData,
  zeroGrad,
  backwardMissing,
  stepMissing,
  following(order, zeroedBeforeStep),
  clipOrder,
  lossSign,
  metricReset,
  metricDenominator,
  metricArguments,
  explorationFixed,
  backwardNoGrad,
  backwardTwice,
  backwardOfItself,
  decayOfNumber,
  sameStart,
  rateTwice,
  logProbabilityCut,
  bootstrapAtEnd,
  actionAsRow,
  rewardDiscounted,
  returnsForwards,
  steppedGraph,
  savedChanged,
  backwardNotScalar,
  numpyNeedsDetach,
  gradOfComputed,
  following(evalMissing, evaluatedAsTrained),
  noGradMissing,
  following(trainMissing, trainedAsEvaluated),
  lossAccumulate,
  graphCut,
  functionalDropout,
  callMissing,
  resultUnused,
  lossShadowed,
  schedulerStep,
  returnInLoop,
  lrRange,
  dropoutRate,
  biasBeforeBn,
  initOnModule,
  accumScale,
  following(optimizerInLoop, optimizersEachEpoch),
  following(modelInLoop, networksEachEpoch),
  bestNotUpdated,
  bestNotCopied,
  following(patienceNotReset, patienceOfAnswers),
  scalerUse,
  clipScaled,
  metricLastBatch,
  cutBeforeLoss,
  learnedAfterLoop,
  sumRestarted,
  metricDividedEarly,
  sumUnused,
  batchesCounted,
  targetNotShifted,
  maskAdded,
  untakenToZero,
  following(endIgnored, endsNotKept),
  endOfFirst,
  targetNotUpdated,
  teacherMode,
  bestReversed,
  staleOutputs,
  termCut,
  targetIsSame,
  meanOverBatch,
  validationTrains,
  otherLoader,
  meanBySamples,
  lostValue,
  targetUnread,
  countedByIndex,
  loadedFromItself,
  bestOfBatch,
  sizeOfWhole,
  meanOfInterval,
  meanByEpochs,
  schedulerOfOther,
  bootstrapPlaces,
  bestForChosen,
  valuesBounded,
  bestOverBatch,
  explorationTurned,
  stateKept,
  stateTwice,
  endTurned,
  weightsSetBack,
  targetUnasked,
  stateLost,
  following(sumsByBatches, dividedByOther),
  scheduledInPhases,
  schedulerUnstepped,
  closureMissing,
  closureReturn,
  steppedOther,
  steppedUphill,
  steppedNameOnly,
  averageTurned,
  targetLearns,
  targetNeverMoved,
  actorSign,
  trainerStep,
  valuesOfAll,
  methodAsValue,
  loaderRestarted,
  countsFloored,
  endUnread,
  foldsOneNetwork,
];
