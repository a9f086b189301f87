export type * from './jobs.js';
export type * from './queue.js';
