export { CONVENTION_WORDS, type AskedQuantity, type ConventionName, type ExpectedReading } from './asked.js';
export type { Candidate } from './candidates.js';
export { matchWorking } from './match.js';
export type { Matching, Outcome } from './outcome.js';
export { expectedQuantities, type Ask, type Expectation } from './expected.js';
export { accepts, EXACT, type Acceptance } from './reference/acceptance.js';
export { PYTORCH, type Convention } from './reference/convention.js';
export { expand } from './reference/expand.js';
export { replay, routeValues, type NodeValues } from './reference/replay.js';
export type {
  Asked,
  CountedNode,
  Measure,
  NodeId,
  Reference,
  ReferenceNode,
  WrittenNode,
} from './reference/reference.js';
export * from './misconceptions/index.js';
export * from './discrimination/index.js';
