export { explain } from './explain.js';
export { sentenceFor, type Explanation, type FoundError } from './explanation.js';
export { questionOf, questionOfNode } from './meaning.js';
export type { Question } from './formula-graph.js';
export type { Stated } from './stated.js';
export { statedBy } from './stated-by.js';
export { surroundingsOf } from './surroundings-of.js';
export type { LayerSurroundings, Surroundings } from './surroundings.js';
export type { Frequency } from './misconception.js';
