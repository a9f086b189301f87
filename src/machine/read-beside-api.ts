import type { ReadResult } from '@tensormark/documents';
import { processFile } from '../../apps/worker/src/reading/process-file.js';
import { READING_LIMITS, readApart, type ReadingLimits } from '../../apps/worker/src/reading/read-apart.js';

/** Somebody waits at a page for it. */
const LIMITS: ReadingLimits = { ...READING_LIMITS, seconds: 60 };

/** Reads a document as a worker does, beside the API. */
export const readBesideApi = (bytes: Uint8Array): Promise<ReadResult> =>
  readApart(bytes, processFile(), LIMITS);
