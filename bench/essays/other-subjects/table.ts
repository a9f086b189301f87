import { CIRCUITS } from './circuits.js';
import { DATA_STRUCTURES } from './data-structures.js';
import type { OtherQuestion } from './written.js';
import { NETWORKING } from './networking.js';
import { SCIENCE } from './science.js';

/**
 * Frozen: fifteen questions of other subjects, with one reference answer each and labels as public sets of short answers have
 * them. Nothing is ever fitted on it, and no threshold is chosen by it.
 */
export const OTHER_SUBJECTS: readonly OtherQuestion[] = [
  ...SCIENCE,
  ...CIRCUITS,
  ...DATA_STRUCTURES,
  ...NETWORKING,
];
