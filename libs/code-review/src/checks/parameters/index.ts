import { headWidth } from './head-width.js';
import { givesNothingBack } from './gives-nothing-back.js';
import { stateOfPath, stateUncalled } from './state-given.js';
import type { Check } from '../../check.js';
import { attributeUnread } from './attribute-unread.js';
import { constantForAttribute } from './constant-for-attribute.js';
import { madeTwice } from './made-twice.js';
import { stateOverwritten } from './state-overwritten.js';
import { madeUnread } from './made-unread.js';
import { constantWeights } from './constant-weights.js';
import { copiedCall } from './copied-call.js';
import { allFrozen, headAttribute } from './frozen.js';
import { tensorNotParameter } from './tensor-not-parameter.js';
import { groupLeftOut } from './group-left-out.js';
import { parameterRebound } from './parameter-rebound.js';
import { frozenRandom } from './frozen-random.js';
import { frozenTypo } from './frozen-typo.js';
import { leafMoved } from './leaf-moved.js';
import { layerRepeated } from './layer-repeated.js';
import { layerReuse } from './layer-reuse.js';
import { layerInForward } from './layer-in-forward.js';
import { initialisedTwice } from './initialised-twice.js';
import { initScale } from './init-scale.js';
import { initMisspelled } from './misspelled-method.js';
import { emptyOptimizer, notInOptimizer, optimizerBeforeChange } from './optimizer-parameters.js';
import { overridesTrain } from './overrides-train.js';
import { overwrittenLayer } from './overwritten-layer.js';
import { plainList } from './plain-list.js';
import { initOfBias, loadResult, sharedLayer } from './shared-layer.js';
import { checkpointWhole, parametersSaved, stateAsNetwork, stateOfOther } from './checkpoint-parts.js';
import { twinOptimizer } from './twin-optimizer.js';
import { weightUnregistered } from './weight-unregistered.js';
import { constantByKind } from './constant-by-kind.js';
import { sizeDivided } from './size-divided.js';
import { unfilledParameter } from './unfilled.js';
import { unusedLayer } from './unused-layer.js';
import { savedArguments, savedParts } from './saved-parts.js';

/** Parameters: which a module has, and which the optimiser. */
export const parameters: readonly Check[] = [
  plainList,
  layerInForward,
  overwrittenLayer,
  unusedLayer,
  notInOptimizer,
  optimizerBeforeChange,
  frozenTypo,
  allFrozen,
  frozenRandom,
  headAttribute,
  constantWeights,
  initScale,
  tensorNotParameter,
  leafMoved,
  initMisspelled,
  layerReuse,
  overridesTrain,
  givesNothingBack,
  sharedLayer,
  loadResult,
  initOfBias,
  initialisedTwice,
  copiedCall,
  twinOptimizer,
  layerRepeated,
  madeUnread,
  madeTwice,
  stateOverwritten,
  constantForAttribute,
  attributeUnread,
  groupLeftOut,
  parameterRebound,
  stateUncalled,
  stateOfPath,
  stateOfOther,
  checkpointWhole,
  parametersSaved,
  stateAsNetwork,
  unfilledParameter,
  sizeDivided,
  weightUnregistered,
  constantByKind,
  savedArguments,
  savedParts,
  headWidth,
];

export const parameterErrors = [emptyOptimizer];
