import type { Synonyms } from '../synonyms.js';
import { CIRCUITS } from './circuits.js';
import { COMPUTING } from './computing.js';
import { PROGRAMMING } from './programming.js';
import { SCIENCE } from './science.js';

/** Terms of neighbouring subjects: the field's own terms come before them. */
export const SUBJECTS: readonly Synonyms[] = [...COMPUTING, ...PROGRAMMING, ...CIRCUITS, ...SCIENCE];
