import type { Check } from '../../check.js';
import { poolTooMuch, strideSkips, widthsTurn } from './architecture.js';
import { weightsAsModel } from './weights-as-model.js';
import { callbackClass } from './callback-class.js';
import { batchIndexed } from './batch-indexed.js';
import { layersPopped } from './layers-popped.js';
import { graphNames } from './graph-names.js';
import { graphConstants } from './graph-constants.js';
import { cellRepeated } from './cell-repeated.js';
import { ownMetric } from './own-metric.js';
import { setShape } from './set-shape.js';
import { kernelAsStride } from './kernel-as-stride.js';
import { lambdaNothing } from './lambda-nothing.js';
import { ownConfig } from './own-config.js';
import { channelsIndexed } from './channels-indexed.js';
import { layerShared } from './layer-shared.js';
import { networksMerged } from './networks-merged.js';
import { arraysCounted } from './arrays-counted.js';
import { classWeight } from './class-weight.js';
import { codedTwice } from './coded-twice.js';
import { compileBeforeChange, compileMissing, compiledWithoutLoss } from './compile.js';
import { feedMissing, startedAgain, stepNotRun } from './graph-training.js';
import { startMissing } from './graph-start.js';
import { softmaxHiddenInGraphs, statisticsNotUpdated } from './graph-layer-arguments.js';
import { graphInLoop } from './graph-in-loop.js';
import { layerSizes } from './layer-sizes.js';
import { classColumns } from './class-columns.js';
import { placeholderUnused } from './placeholder-unused.js';
import { weightOfBatch } from './weight-of-batch.js';
import { rowsDiffer } from './rows-differ.js';
import { arraysClash } from './arrays-clash.js';
import { arrayAsCondition } from './array-as-condition.js';
import { resultTaken } from './result-taken.js';
import { gradientsPaired } from './gradients-paired.js';
import { feedRefused } from './feed-refused.js';
import { foldsOneModel } from './folds-one-model.js';
import { layerFlat } from './layer-flat.js';
import { layerRankAlone } from './layer-alone.js';
import { listGiven } from './list-given.js';
import { listMissing } from './list-missing.js';
import { pairMissing } from './pair-missing.js';
import { flattenOpen } from './flatten-open.js';
import { pathGiven } from './path-given.js';
import { rateSetTwice } from './rate-set-twice.js';
import { lossSummed } from './loss-summed.js';
import { lossWithoutTargets } from './loss-without-targets.js';
import { generatorRestarts } from './generator-restarts.js';
import { generatorSteps } from './generator-steps.js';
import { chancesAsClasses } from './chances-as-classes.js';
import { entropyArguments } from './entropy-arguments.js';
import { modelDisconnected } from './model-disconnected.js';
import { inputUnused } from './input-unused.js';
import { notAdapted } from './not-adapted.js';
import { outputsNamed } from './outputs-named.js';
import { ownObjectsMissing } from './own-objects.js';
import { vocabularyApart } from './vocabulary-apart.js';
import { optimizerUnused } from './optimizer-unused.js';
import { statefulBatches } from './stateful-batches.js';
import { statefulShuffled } from './stateful-shuffled.js';
import { picturesReshaped } from './pictures-reshaped.js';
import { decayUnstepped } from './decay-unstepped.js';
import { lossOfRows } from './loss-of-rows.js';
import { maskValue } from './mask-value.js';
import { judgeNotFrozen } from './judge-not-frozen.js';
import { figureMissing } from './figure-missing.js';
import { axisBeyond } from './axis-beyond.js';
import { fewUpdates } from './few-updates.js';
import { notSeparable } from './not-separable.js';
import { fitArguments } from './fit-arguments.js';
import { tensorCalled } from './tensor-called.js';
import { exponentialHidden, rnnActivation } from './hidden-activations.js';
import { generatorRange } from './generator-range.js';
import { kerasNameCheck } from './keras-name.js';
import { labelsLoss } from './labels-loss.js';
import { lastLayerLoss } from './last-layer-loss.js';
import { metricTask } from './metric-task.js';
import { ownLossFlat } from './own-loss.js';
import { oneUnitClasses } from './one-unit-classes.js';
import { outputRange } from './output-range.js';
import { pretrainedInputs } from './pretrained-inputs.js';
import { pretrainedTop } from './pretrained-made.js';
import { rowsSharedInKeras } from './rows-shared.js';
import { scaledTwice } from './scaled-twice.js';
import { sequenceOfOne } from './sequence-of-one.js';
import { inputsAsTargets } from './inputs-as-targets.js';
import { inputShape } from './input-shape.js';
import { layerRankInGraphs } from './graph-ranks.js';
import { inKeras } from './in-keras.js';
import { layerRank } from './shapes.js';
import { batchSize, optimizerSlow, targetsLarge } from './slow-settings.js';
import { softmaxHidden } from './softmax-hidden.js';
import { tapeEmpty } from './tape-empty.js';
import { gradientOfAnswer } from './gradient-of-answer.js';
import { lossOutsideTape, tapeNotWatching, tapeUsedUp } from './tape.js';
import { squeezed } from './squeezed.js';
import { softmaxThreshold } from './softmax-threshold.js';
import { validationIsTrain } from './validation-is-train.js';
import { thresholdOutside } from './predictions-compared.js';
import { variableShapeless } from './variable-shapeless.js';
import { whereNan } from './where-nan.js';
import { variablesOfAnother } from './variables-of-another.js';
import { watchedValidation } from './watched-validation.js';
import { watchedWay } from './watched-way.js';
import { weightsMissing } from './weights-missing.js';

/** Faults that only programs written with Keras have; those of other programs too are seen by the check for both. */
export const keras: readonly Check[] = [
  lastLayerLoss,
  oneUnitClasses,
  labelsLoss,
  metricTask,
  inKeras(softmaxHidden, softmaxHiddenInGraphs),
  outputRange,
  compileMissing,
  compiledWithoutLoss,
  gradientsPaired,
  layerSizes,
  placeholderUnused,
  weightOfBatch,
  rowsDiffer,
  arraysClash,
  arrayAsCondition,
  resultTaken,
  classColumns,
  compileBeforeChange,
  fewUpdates,
  notSeparable,
  fitArguments,
  tensorCalled,
  axisBeyond,
  inKeras(validationIsTrain, rowsSharedInKeras),
  scaledTwice,
  inputShape,
  inKeras(inKeras(layerRank, layerRankInGraphs), layerRankAlone),
  kerasNameCheck,
  rnnActivation,
  poolTooMuch,
  strideSkips,
  widthsTurn,
  optimizerSlow,
  batchSize,
  targetsLarge,
  ownLossFlat,
  gradientOfAnswer,
  lossOutsideTape,
  tapeNotWatching,
  tapeUsedUp,
  variablesOfAnother,
  judgeNotFrozen,
  watchedValidation,
  classWeight,
  codedTwice,
  generatorRange,
  softmaxThreshold,
  thresholdOutside,
  weightsMissing,
  watchedWay,
  optimizerUnused,
  chancesAsClasses,
  entropyArguments,
  generatorSteps,
  lossWithoutTargets,
  listGiven,
  listMissing,
  pairMissing,
  pathGiven,
  flattenOpen,
  rateSetTwice,
  foldsOneModel,
  pretrainedInputs,
  pretrainedTop,
  generatorRestarts,
  sequenceOfOne,
  inputsAsTargets,
  feedMissing,
  feedRefused,
  stepNotRun,
  graphInLoop,
  startedAgain,
  startMissing,
  variableShapeless,
  statisticsNotUpdated,
  lossSummed,
  modelDisconnected,
  layerFlat,
  squeezed,
  exponentialHidden,
  tapeEmpty,
  statefulBatches,
  statefulShuffled,
  picturesReshaped,
  decayUnstepped,
  lossOfRows,
  maskValue,
  whereNan,
  figureMissing,
  vocabularyApart,
  ownObjectsMissing,
  outputsNamed,
  arraysCounted,
  setShape,
  kernelAsStride,
  lambdaNothing,
  ownConfig,
  channelsIndexed,
  layerShared,
  networksMerged,
  batchIndexed,
  callbackClass,
  weightsAsModel,
  ownMetric,
  graphNames,
  graphConstants,
  cellRepeated,
  layersPopped,
  inputUnused,
  notAdapted,
];
