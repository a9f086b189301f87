export * from './tensor.js';
export * from './formula/quantities.js';
export * from './formula/formula.js';
export * from './formula/evaluate.js';
export * from './formula/print.js';
export * from './formula/rewrite.js';
export {
  ELLIPSIS,
  floatRepr,
  isSlice,
  isModule,
  isSequence,
  isTensor,
  pythonRepr,
  typeName,
  type Argument,
  type ModuleArgument,
  type Opaque,
  type Slice,
} from './values/argument.js';
export { Raised, Undetermined, type ErrorType, type TorchError, type TorchWarning } from './values/errors.js';
export { asList } from './values/lists.js';
export { mapResult, tensorsOf, type Result } from './values/result.js';
export type { Bound, CallArguments, ConfigOf, Signature, Slot } from './values/signature.js';
export type { Kind } from './values/kinds.js';
export type { Call, CallContext, Tracer } from './call.js';
export * from './costs.js';
export type { Reach, Window } from './reach.js';
export { isLayer } from './layer.js';
export type {
  BufferSpec,
  ChildLayer,
  Layer,
  LayerDefinition,
  ParameterRole,
  ParameterSpec,
  TrainingBehaviour,
} from './layer.js';
export type { Home, OperationDefinition } from './operation.js';
export {
  configOf,
  isLayerType,
  layerDefinition,
  LAYERS,
  type LayerConfig,
  type LayerType,
} from './layers/table.js';
export { operation, OPERATIONS } from './operations/table.js';
export * from './infer.js';
export * from './graph/network.js';
export * from './graph/budget.js';
export * from './graph/builder.js';
export * from './graph/module-tree.js';
export * from './graph/totals.js';
export * from './graph/module-totals.js';
export * from './graph/receptive-field.js';
export * from './graph/symbolic-batch.js';
export { readLayers, type DescriptionReading } from './description/read.js';
export { NetworkDescription } from './description/schema.js';
export { KERAS_LAYERS, kerasConfig, kerasDefinition, kerasType } from './keras/table.js';
export type { KerasConfig, KerasLayerType } from './keras/table.js';
export { inputDemands, snakeCase } from './keras/layer.js';
export type { KerasDefinition } from './keras/layer.js';
