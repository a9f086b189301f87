import { decodedStep } from './decoded-step.js';
import { packedTurned, packedUnsorted } from './packed.js';
import { paddedLastStep } from './padded-last-step.js';
import type { Check } from '../../check.js';
import { stateOfLstm, stateSizes } from './state-of-lstm.js';
import { rnnFirstLayer } from './rnn-first-layer.js';
import type { ErrorCheck } from '../../ask/error-check.js';
import { layoutNhwc, shapeConvChannels } from './conv-channels.js';
import { flattenMissing } from './flatten-missing.js';
import { flattenSize } from './flatten-size.js';
import { following, inputDtype, shapesOfTargets, typesOfTargets } from './followed-targets.js';
import { followingWidths } from './followed-widths.js';
import { joinedOtherwise } from './joined-otherwise.js';
import { kernelTooLarge } from './kernel-too-large.js';
import { lastBatch } from './last-batch.js';
import { batchAsTime } from './batch-as-time.js';
import { batchAbsorbed } from './batch-absorbed.js';
import { batchHardcoded, squeezeAll } from './batch-dimension.js';
import { catMismatch, residualMismatch } from './merging.js';
import { bnFeatures, groupsDivide } from './norms-and-groups.js';
import { indicesOfOtherType, rnnLastStep, rnnLayout, statesOfOtherShape } from './sequences.js';
import { batchMissing } from './batch-missing.js';
import { embeddingIndex } from './embedding-index.js';
import { rnnTuple } from './rnn-tuple.js';
import { shapeLinearIn } from './shape-linear-in.js';
import { turnedNothing } from './turned-nothing.js';
import { viewNoncontiguous } from './strides.js';
import { viewForTranspose } from './view-for-transpose.js';
import { dimensionMissing } from './dimension-missing.js';
import { positionIndex } from './position-index.js';
import { attentionLayout } from './attention-layout.js';
import { vocabularySize } from './vocabulary.js';
import { packLayout } from './pack-layout.js';
import { positionAxis } from './position-axis.js';
import { statesMerged } from './states-merged.js';
import { targetDtype, targetShape } from './targets.js';
import { channelsLast } from './channels-last.js';
import { cellAsOutput } from './cell-as-output.js';
import { normOfMaps } from './norm-of-maps.js';
import { topkCompared } from './topk-compared.js';
import { lstmStatesCrossed } from './lstm-states-crossed.js';
import { widthsByName } from './widths-by-name.js';
import { batchFlattened } from './batch-flattened.js';
import { embeddingTurned } from './embedding-turned.js';
import { reducedApart } from './reduced-apart.js';
import { viewSize } from './view-size.js';

/** Structure and shapes: what PyTorch refuses. */
export const shapeErrors: readonly ErrorCheck[] = [
  lastBatch,
  shapeLinearIn,
  shapeConvChannels,
  layoutNhwc,
  flattenMissing,
  flattenSize,
  viewSize,
  joinedOtherwise,
  kernelTooLarge,
  catMismatch,
  residualMismatch,
  groupsDivide,
  bnFeatures,
  rnnLayout,
  rnnTuple,
  embeddingIndex,
  targetDtype,
  targetShape,
];

export const shapes: readonly Check[] = [
  stateOfLstm,
  stateSizes,
  ...shapeErrors.map((check) => followingWidths(check)).map(followingTargets),
  inputDtype,
  batchMissing,
  rnnLastStep,
  paddedLastStep,
  viewNoncontiguous,
  viewForTranspose,
  turnedNothing,
  squeezeAll,
  batchAbsorbed,
  batchHardcoded,
  statesMerged,
  packLayout,
  batchAsTime,
  positionAxis,
  attentionLayout,
  vocabularySize,
  dimensionMissing,
  positionIndex,
  channelsLast,
  rnnFirstLayer,
  packedUnsorted,
  packedTurned,
  reducedApart,
  lstmStatesCrossed,
  cellAsOutput,
  normOfMaps,
  topkCompared,
  decodedStep,
  batchFlattened,
  widthsByName,
  embeddingTurned,
];

function followingTargets(check: Check): Check {
  if (check.id === 'embedding-index') return following(check, indicesOfOtherType);
  if (check.id === 'rnn-layout') return following(check, statesOfOtherShape);
  if (check.id === 'target-dtype') return following(check, typesOfTargets);
  return check.id === 'target-shape' ? following(check, shapesOfTargets) : check;
}
