export { arrayFacts } from './arrays.js';
export { sliceOf } from './array-items.js';
export { rangeOf } from './array-ranges.js';
export type { Range } from './array-ranges.js';
export type { ArrayFacts, PartOfSplit, Scale, Size, Targets } from './array-facts.js';
export { handedOn } from './handed-on.js';
export { kerasOf, predictionOf } from './keras-program.js';
export type { Compiled, Examples, Fitted, KerasModel, KerasProgram, Lesson, Used } from './keras-program.js';
export {
  ACTIVATIONS,
  activationIn,
  activationNamed,
  inputShapeOf,
  inputTensorShape,
  isActivation,
  isLinear,
  isRecurrent,
  layerArgument,
  layerOf,
  unitsOf,
} from './layers.js';
export type { KerasLayer } from './layers.js';
export { LOSSES, lossOf, REGRESSION } from './losses.js';
export type { KerasLoss } from './losses.js';
export { application, kerasCall, kerasName, numberOf, wholeOf } from './names.js';
export type { KerasCall } from './names.js';
export type { KerasNetwork, Step } from './networks.js';
export { perOutput } from './outputs.js';
export { optimizerOf, OPTIMIZERS } from './optimizers.js';
export type { KerasOptimizer } from './optimizers.js';
export { sizesOf } from './sizes.js';
export { shapeAfter } from './shapes.js';
export type { Example, Refused } from './shapes.js';
export { inputOfPretrained, pretrained } from './pretrained.js';
export { clashOf, mergeIn } from './merges.js';
export type { Merge } from './merges.js';
export { gatheredFrom } from './streams.js';
export { elementOfSet } from './stream-elements.js';
