import type { Command } from '../command.js';

interface Verb {
  readonly summary: string;
  load(): Promise<Command>;
}

/** Every verb and what loads it: a verb's own file is read only when it is used, so that `count` starts at once. */
export const VERBS = new Map<string, Verb>([
  [
    'grade',
    {
      summary: 'Mark one document against an exam, here in the terminal',
      load: async () => (await import('./grade.js')).grade,
    },
  ],
  [
    'count',
    {
      summary: 'Layers, shapes and exact parameters of a network',
      load: async () => (await import('./count.js')).count,
    },
  ],
  [
    'start',
    { summary: 'Start everything on this machine', load: async () => (await import('./start.js')).start },
  ],
  [
    'api',
    {
      summary: 'Run the REST interface and the pages alone',
      load: async () => (await import('./api.js')).api,
    },
  ],
  ['worker', { summary: 'Run a worker alone', load: async () => (await import('./worker.js')).worker }],
  [
    'migrate',
    { summary: 'Bring a database up to date', load: async () => (await import('./migrate.js')).migrate },
  ],
]);
