export { accepts, EXACT, type Acceptance } from './reference/acceptance.js';
export {
  buildReference,
  type Building,
  type CountedAsk,
  type ReferenceAsk,
  type WrittenAsk,
} from './reference/build.js';
export { PYTORCH, type Convention } from './reference/convention.js';
export {
  buildReferences,
  conventionWords,
  conventionWordsFor,
  type AcceptedConventions,
  type References,
} from './reference/references.js';
export { expand, tellingFormula } from './reference/expand.js';
export type {
  Asked,
  CountedNode,
  Measure,
  MeasuredUnit,
  NodeId,
  Reference,
  ReferenceNode,
  WrittenNode,
} from './reference/reference.js';
export { COUNT_UNITS, isOfBytes, unitPower, unitSize, type CountUnit } from './reference/units.js';
export { sayingOf, type Askable, type What } from './reference/what.js';
export type { Claim } from './matching/claim.js';
export type { Difference } from './matching/form.js';
export { askedBefore, slipsBearing } from './matching/follow.js';
export { givenNumbers } from './reference/given.js';
export { matchWorking } from './matching/match.js';
export { isTheSameWork } from './matching/rivals.js';
export { hasAnotherUnit, lacksUnit } from './matching/units.js';
export type { Matching, Outcome, Slip } from './matching/outcome.js';
export * from './misconceptions/index.js';
export * from './discrimination/index.js';
