import type { Golden } from './golden.js';

export const HELD_OUT: readonly Golden[] = [];
