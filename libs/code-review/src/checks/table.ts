import type { Check } from '../check.js';
import { losses } from './losses/index.js';
import { shapes } from './shapes/index.js';
import { training } from './training/index.js';

/** Every check there is, in the order of their groups. */
export const CHECKS: readonly Check[] = [...shapes, ...losses, ...training];
