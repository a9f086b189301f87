import { foldUnread } from './fold-unread.js';
import { resampledBeforeSplit } from './resampled-before-split.js';
import { nodesLearned } from './nodes-learned.js';
import type { Check } from '../../check.js';
import { partsOfOne } from './parts-of-one.js';
import { samplerOfClasses } from './sampler-of-classes.js';
import { drawnTwice } from './drawn-twice.js';
import { figureRefused } from './figure-refused.js';
import { filesUnsorted } from './files-unsorted.js';
import { targetInWindow } from './target-in-window.js';
import { unitsMixed } from './units-mixed.js';
import { targetKept } from './target-kept.js';
import { phaseFixed } from './phase-fixed.js';
import { lengthOfColumns } from './length-of-columns.js';
import type { ErrorCheck } from '../../ask/error-check.js';
import { leakFitAgain, leakFitBeforeSplit } from './leak.js';
import { leakResplit } from './leak-resplit.js';
import { noShuffle } from './no-shuffle.js';
import { augmentTest, normalizeChannels, normalizeMissing, transformMissing } from './transforms.js';
import { shuffledApart } from './shuffled-apart.js';
import { augmentedApart } from './augmented-apart.js';
import { batchSlice } from './batch-slice.js';
import { frameSliced } from './frame-sliced.js';
import { fixedSeed } from './fixed-seed.js';
import { maskAveraged } from './mask-averaged.js';
import { maskRecoloured } from './mask-recoloured.js';
import { maskScaled } from './mask-scaled.js';
import { partsConfused } from './parts-confused.js';
import { rowsDoubled } from './rows-doubled.js';
import { partsMixed, samplerShuffle } from './parts-mixed.js';
import { samplerEpoch } from './sampler-epoch.js';
import { trainPartAgain } from './train-part-again.js';
import { transformOrder } from './transform-order.js';
import { statisticsCrossed } from './statistics-crossed.js';
import { lengthNotNumber } from './length-not-number.js';
import { indexUnread } from './index-unread.js';
import { statisticsApart } from './statistics-apart.js';
import { testedOnTraining } from './tested-on-training.js';
import { workerRng } from './worker-rng.js';
import { ownDataSets } from './own-data-sets.js';
import { indexBeyond } from './index-beyond.js';
import { loaderOfTensors } from './loader-of-tensors.js';

/** Errors that the data's transforms raise. */
export const dataErrors: readonly ErrorCheck[] = [normalizeChannels];

/** Data and what is done to them. */
export const data: readonly Check[] = [
  foldUnread,
  figureRefused,
  transformMissing,
  augmentTest,
  normalizeMissing,
  noShuffle,
  leakFitAgain,
  leakFitBeforeSplit,
  leakResplit,
  workerRng,
  rowsDoubled,
  shuffledApart,
  samplerEpoch,
  augmentedApart,
  maskScaled,
  maskRecoloured,
  lengthOfColumns,
  partsMixed,
  samplerShuffle,
  fixedSeed,
  drawnTwice,
  partsOfOne,
  samplerOfClasses,
  maskAveraged,
  testedOnTraining,
  partsConfused,
  phaseFixed,
  targetKept,
  frameSliced,
  batchSlice,
  filesUnsorted,
  targetInWindow,
  unitsMixed,
  statisticsApart,
  trainPartAgain,
  transformOrder,
  statisticsCrossed,
  lengthNotNumber,
  indexUnread,
  ownDataSets,
  indexBeyond,
  loaderOfTensors,
  nodesLearned,
  resampledBeforeSplit,
];
