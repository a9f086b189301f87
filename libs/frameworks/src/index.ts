export { openReader } from './reader/open-reader.js';
export { moduleRows } from './reader/module-rows.js';
export type { ModuleRow } from './reader/module-rows.js';
export type { CodeReader } from './reader/open-reader.js';
export type {
  Candidate,
  Chosen,
  FoundError,
  FoundUnknown,
  InputSource,
  ModelReading,
  ReadOptions,
} from './reader/model-reading.js';
export type { RecordedError, RecordedWarning } from './trace/reading.js';
export type { ModuleCall } from './trace/trace.js';
