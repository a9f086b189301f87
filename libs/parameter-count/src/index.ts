export { CONVENTION_WORDS, type AskedQuantity, type ConventionName, type ExpectedReading } from './asked.js';
export type { Candidate } from './candidates.js';
export { matchWorking } from './match.js';
export type { Matching, Outcome } from './outcome.js';
export { expectedQuantities, type Ask, type Expectation } from './expected.js';
