import type { Command } from '../command.js';

export interface Verb {
  readonly summary: string;
  load(): Promise<Command>;
}

/** The verbs that work by themselves. They and all they need become one file, so that they start at once. */
export const VERBS = new Map<string, Verb>([
  [
    'grade',
    {
      summary: 'Mark one document against an exam, here in the terminal',
      load: async () => (await import('./grade.js')).grade,
    },
  ],
  [
    'lint',
    {
      summary: 'What to know of an exam before anyone sits it',
      load: async () => (await import('./lint.js')).lint,
    },
  ],
  [
    'review',
    {
      summary: 'Faults of model code, each on its line with its evidence',
      load: async () => (await import('./review.js')).review,
    },
  ],
  [
    'checks',
    {
      summary: 'What a review looks for, each check with its examples',
      load: async () => (await import('./checks.js')).checks,
    },
  ],
  [
    'count',
    {
      summary: 'Layers, shapes and exact parameters of a network',
      load: async () => (await import('./count.js')).count,
    },
  ],
]);
