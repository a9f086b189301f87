import { argmaxApart } from './argmax-apart.js';
import { gradientTurnedInKeras } from './gradient-turned.js';
import { dropoutFixedInKeras, normFixedInKeras } from './mode-fixed.js';
import { callMisspelled } from './call-misspelled.js';
import type { Check } from '../../check.js';
import { arrayReshapedInKeras } from './array-reshaped.js';
import { attributeMissingInKeras } from './attribute-missing.js';
import { augmentTestInKeras } from './augment-test.js';
import { biasBeforeBnInKeras } from './architecture.js';
import { batchMissingInKeras } from './batch-missing.js';
import { callMissingInKeras } from './call-missing.js';
import { flattenMissingAtFirst } from './layer-alone.js';
import { madeForCalledInKeras } from './made-for-called.js';
import { constantWeightsInKeras } from './constant-weights.js';
import { argmaxBatchInKeras, argmaxOneLogitInKeras } from './decisions.js';
import { doubleActivationInKeras } from './double-activation.js';
import { dropoutOnOutputInKeras } from './dropout-on-output.js';
import { dropoutRateInKeras } from './dropout-rate.js';
import { embeddingIndexInKeras } from './embedding-index.js';
import { sigmoidDeepInKeras } from './hidden-activations.js';
import {
  constantWeightsInGraphs,
  sigmoidTwiceInGraphs,
  softmaxOneUnitInGraphs,
  softmaxTwiceInGraphs,
} from './in-graphs.js';
import { argmaxBatchInGraphs, argmaxOneLogitInGraphs, evalMissingInGraphs } from './graph-decisions.js';
import { trainMissingInGraphs } from './graph-dropout.js';
import { constantKernelsInGraphs, logOfClippedInGraphs } from './graph-layer-arguments.js';
import { joinsInGraphs, viewSizeInGraphs } from './graph-joins.js';
import { missingNonlinearityInGraphs, shapeLinearInGraphs } from './graph-layers.js';
import { convChannelsInGraphs, flattenSizeInGraphs, residualMismatchInGraphs } from './graph-sizes.js';
import { gradientSignInGraphs, lossTurnedInGraphs } from './graph-turned.js';
import { inputDtypeInGraphs } from './graph-types.js';
import {
  logUnmaskedInGraphs,
  lossSignInGraphs,
  reluOnOutputInGraphs,
  silentBroadcastInGraphs,
} from './graph-losses.js';
import { lossTaskInGraphs, rateForDataInGraphs, softmaxDimInGraphs } from './graph-objectives.js';
import { lastStepInGraphs } from './graph-last-step.js';
import { initScaleInGraphs, logitThresholdInGraphs, logOfScoresInGraphs } from './graph-scores.js';
import { imageOrderInKeras } from './image-order.js';
import { inKeras } from './in-keras.js';
import type { KerasPart } from './in-keras.js';
import { lossTaskInKeras } from './loss-task.js';
import { lrRangeInKeras } from './lr-range.js';
import { metricResetInKeras } from './metric-not-reset.js';
import { missingNonlinearityInKeras } from './missing-nonlinearity.js';
import { noShuffleInKeras } from './no-shuffle.js';
import { normalizeMissingInKeras } from './normalize-missing.js';
import { rateForDataInKeras } from './rate-for-data.js';
import { reluOnOutputInKeras } from './relu-on-output.js';
import { kernelTooLargeInKeras } from './shapes.js';
import { shuffledApartInKeras } from './predictions-shuffled.js';
import { frozenRandomInKeras } from './pretrained-made.js';
import { partsNamedApartInKeras } from './parts-named-apart.js';
import { partsMixedInKeras, testedOnTrainingInKeras } from './parts-apart.js';
import { allFrozenInKeras } from './all-frozen.js';
import { testedOnTrainingInGraphs } from './graph-tested.js';
import { silentBroadcastInKeras } from './predictions-compared.js';
import { shuffledAloneInKeras } from './shuffled-alone.js';
import { splitMixedInKeras } from './split-mixed.js';
import { softmaxDimInKeras } from './softmax-channels.js';
import { softmaxOneUnitInKeras } from './softmax-one-unit.js';
import { lossArgumentsInKeras } from './loss-arguments.js';
import { stepMissingInKeras } from './step-missing.js';
import { unitsMixedInKeras } from './turned-back.js';
import { targetShapeInKeras } from './target-shape.js';
import { catMismatchInKeras, residualMismatchInKeras } from './maps-merged.js';
import { optimizerInLoopInKeras } from './compile-in-loop.js';
import { generatorTargetInKeras, judgeTargetInKeras } from './adversarial.js';
import { klSignInKeras, klUnreadInKeras, samplingFormInKeras } from './variational.js';
import { viewSizeInKeras } from './reshape-size.js';
import { statesUnpackedInKeras } from './states-unpacked.js';
import { logInOwnLoss, overlapMinimisedInKeras, sqrtAtZeroInKeras } from './own-loss-values.js';
import { resultsDroppedInKeras } from './results-dropped.js';
import { madeInCallInKeras } from './made-in-call.js';
import { superMissingInKeras } from './super-missing.js';
import { flattenMissingInKeras } from './flatten-missing.js';
import { graphCutInGraphs, graphCutInKeras } from './tape-cut.js';
import { trainMissingInKeras } from './tape.js';
import { leakResplitInKeras } from './tested-on-learned.js';

/** What checks of PyTorch's programs mean in those of Keras and in TensorFlow's graphs, by their id. */
const PARTS: Readonly<Record<string, KerasPart | readonly KerasPart[]>> = {
  'batch-missing': batchMissingInKeras,
  'softmax-one-unit': [softmaxOneUnitInKeras, softmaxOneUnitInGraphs],
  'softmax-ce': softmaxTwiceInGraphs,
  'bcelogits-double': sigmoidTwiceInGraphs,
  'loss-task': [lossTaskInKeras, lossTaskInGraphs],
  'softmax-dim': [softmaxDimInGraphs, softmaxDimInKeras],
  'missing-nonlinearity': [missingNonlinearityInKeras, missingNonlinearityInGraphs],
  'augment-test': augmentTestInKeras,
  'graph-cut': [graphCutInKeras, graphCutInGraphs],
  'all-frozen': allFrozenInKeras,
  'frozen-random': frozenRandomInKeras,
  'optimizer-in-loop': optimizerInLoopInKeras,
  'units-mixed': unitsMixedInKeras,
  'loss-arguments': lossArgumentsInKeras,
  'step-missing': stepMissingInKeras,
  'target-shape': targetShapeInKeras,
  'shape-linear-in': shapeLinearInGraphs,
  'flatten-size': flattenSizeInGraphs,
  'shape-conv-channels': convChannelsInGraphs,
  'residual-mismatch': [residualMismatchInGraphs, joinsInGraphs, residualMismatchInKeras],
  'cat-mismatch': catMismatchInKeras,
  'view-size': [viewSizeInGraphs, viewSizeInKeras, arrayReshapedInKeras],
  'unpack-mismatch': statesUnpackedInKeras,
  'kl-sign': klSignInKeras,
  'kl-unread': klUnreadInKeras,
  'sampling-form': samplingFormInKeras,
  'input-dtype': inputDtypeInGraphs,
  'log-unmasked': [logUnmaskedInGraphs, logOfScoresInGraphs, logOfClippedInGraphs, logInOwnLoss],
  'overlap-minimised': overlapMinimisedInKeras,
  'sqrt-at-zero': sqrtAtZeroInKeras,
  'logit-threshold': logitThresholdInGraphs,
  'init-scale': initScaleInGraphs,
  'metric-reset': metricResetInKeras,
  'loss-sign': [lossSignInGraphs, gradientSignInGraphs, lossTurnedInGraphs, gradientTurnedInKeras],
  'functional-dropout': dropoutFixedInKeras,
  'silent-broadcast': [silentBroadcastInGraphs, silentBroadcastInKeras],
  'parts-mixed': [splitMixedInKeras, partsMixedInKeras, partsNamedApartInKeras],
  'tested-on-training': [testedOnTrainingInKeras, testedOnTrainingInGraphs],
  'argmax-batch': [argmaxBatchInKeras, argmaxBatchInGraphs, argmaxApart],
  'eval-missing': evalMissingInGraphs,
  'relu-on-output': [reluOnOutputInKeras, reluOnOutputInGraphs],
  'init-misspelled': callMisspelled,
  'double-activation': doubleActivationInKeras,
  'dropout-on-output': dropoutOnOutputInKeras,
  'argmax-one-logit': [argmaxOneLogitInKeras, argmaxOneLogitInGraphs],
  'sigmoid-deep': sigmoidDeepInKeras,
  'bias-before-bn': biasBeforeBnInKeras,
  'call-missing': [callMissingInKeras, madeForCalledInKeras],
  'lr-range': [lrRangeInKeras, rateForDataInKeras, rateForDataInGraphs],
  'dropout-rate': dropoutRateInKeras,
  'no-shuffle': noShuffleInKeras,
  'normalize-missing': normalizeMissingInKeras,
  'kernel-too-large': kernelTooLargeInKeras,
  'flatten-missing': [flattenMissingInKeras, flattenMissingAtFirst],
  'rnn-last-step': lastStepInGraphs,
  'layout-nhwc': imageOrderInKeras,
  'embedding-index': embeddingIndexInKeras,
  'zero-or-constant-weights': [constantWeightsInKeras, constantWeightsInGraphs, constantKernelsInGraphs],
  'train-missing': [trainMissingInKeras, trainMissingInGraphs, normFixedInKeras],
  'leak-resplit': leakResplitInKeras,
  'layer-in-forward': madeInCallInKeras,
  'result-unused': resultsDroppedInKeras,
  'generator-target': generatorTargetInKeras,
  'judge-target': judgeTargetInKeras,
  'super-init': superMissingInKeras,
  'unknown-attribute': attributeMissingInKeras,
  'shuffled-apart': [shuffledApartInKeras, shuffledAloneInKeras],
};

/** The check with what it means in programs of Keras, where it means something there. */
export function withKeras(check: Check): Check {
  return [PARTS[check.id] ?? []].flat().reduce(inKeras, check);
}
