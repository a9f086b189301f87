import type { Verb } from './table.js';

/** The verbs round the server. What they do is in src/serving: its frameworks are loaded when it is done, and not for help. */
export const SERVER_VERBS = new Map<string, Verb>([
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
  [
    'backup',
    { summary: 'Write all records to a file', load: async () => (await import('./backup.js')).backup },
  ],
  [
    'restore',
    {
      summary: 'Put a backup into an empty database',
      load: async () => (await import('./restore.js')).restore,
    },
  ],
]);
