export { PermanentFailure, QueueNotReadyError, WorkEndingError } from './errors.js';
export type { PartToMark, PartWork, Processors, RunContext, SubmissionWork } from './jobs.js';
export { migrateQueue } from './migrate.js';
export { QUEUES, type QueueName } from './names.js';
export { openQueue, type QueueOptions } from './open-queue.js';
export type { MarkingJobs, QueueCounts, RunningWorker, WorkerOptions } from './queue.js';
