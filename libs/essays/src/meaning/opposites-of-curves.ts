import type { Axis } from './axis.js';

/** What is told of figures and of how they are distributed. */
export const OF_CURVES: readonly Axis[] = [
  { name: 'level', plus: ['above', 'exceed'], minus: ['below', 'beneath'] },
  {
    name: 'peakedness',
    plus: ['sharper', 'peaked', 'more peaked', 'peakier'],
    minus: ['flatter', 'more uniform', 'closer to uniform'],
  },
  {
    name: 'linearity',
    plus: ['linear', 'linearly'],
    minus: ['nonlinear', 'non linear', 'nonlinearly', 'non linearly', 'nonlinearity', 'non linearity'],
  },
  { name: 'convexity', plus: ['convex'], minus: ['non convex', 'nonconvex'] },
];
