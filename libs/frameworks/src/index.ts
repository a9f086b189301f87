export { openReader } from './reader/open-reader.js';
export { moduleRows } from './reader/module-rows.js';
export type { ModuleRow } from './reader/module-rows.js';
export type { CodeReader } from './reader/open-reader.js';
export type {
  Candidate,
  Chosen,
  FoundError,
  GivenInput,
  FoundUnknown,
  Gaps,
  InputSource,
  ModelReading,
  ReadOptions,
} from './reader/model-reading.js';
export type { RecordedError, RecordedWarning } from './trace/reading.js';
export type { Departure, ModuleCall } from './trace/trace.js';
export { openProgramReader } from './program/open-program-reader.js';
export type { ProgramReader } from './program/open-program-reader.js';
export type { Program, UnboundName } from './program/program.js';
export type { Supposed } from './program/probe.js';
export * from './program/events.js';
export * from './program/moment.js';
export { argument, entriesOf, feedOf, isValue, madeBy, Value } from './program/value.js';
export type { CallArguments, Datum, Held, Making, OpaqueDatum, ProgramFunction } from './program/value.js';
export { MOST_ITEMS } from './program/values.js';
export { TURNS_UNTIL_UNKNOWN } from './program/loops.js';
export { ProgramModule } from './program/objects.js';
export type { ProgramParameter } from './program/objects.js';
export type { ProgramLoader, ProgramOptimizer } from './program/value.js';
export { eachNode, namesIn } from './program/nodes.js';
export { TENSOR_NAMES } from './torch/names/torch.js';
export { collectedPart } from './program/known-data-sets.js';
export { foreignCall, foreignName, givenTo, isPartlyKnownObject, ownClass } from './program/called-name.js';
export { offsetOf } from './program/windows.js';
export { arrayType, openShape } from './program/open-shapes.js';
export type { OpenShape } from './program/open-sizes.js';
export type { NamedCall } from './program/called-name.js';
export { visionDataOf } from './program/vision-data.js';
export type { VisionData } from './program/vision-data.js';
export { isRandom, transformsIn } from './program/vision-transforms.js';
export type { Picture, Refusal, VisionTransform } from './program/vision-transforms.js';
export * from './keras/program/index.js';
export * from './tensorflow/index.js';
export { alsoTaken } from './surface/families.js';
export { misfit, readSignature } from './surface/signature.js';
export type { Given, Misfit, Signature } from './surface/signature.js';
export { isOffered, modulesOf, offeringOf, plainPath } from './surface/surface.js';
export type { Offer, Offering } from './surface/surface.js';
export { optionsOf } from './surface/options.js';
