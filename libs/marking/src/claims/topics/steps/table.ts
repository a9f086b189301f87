import { DATA } from './data.js';
import { LOOP } from './loop.js';
import type { Step } from './step.js';
import { WEIGHTS } from './weights.js';

/** Everything that a training program does or leaves out, and answers speak of. */
export const STEPS: readonly Step[] = [...LOOP, ...DATA, ...WEIGHTS];
