export {
  readSettings as readWorkerSettings,
  UnusableSettings as UnusableWorkerSettings,
} from './environment.js';
export { LOG_LEVELS, type LogLevel } from './log.js';
export { startWorker, type RunningWorker, type WorkerOptions } from './start-worker.js';
