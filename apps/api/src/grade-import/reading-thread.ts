/** The thread that opens one file of grades, and ends. It may be ended at any moment. */
import { parentPort, workerData } from 'node:worker_threads';
import { openFile } from './open-file.js';

const port = parentPort;
const bytes: unknown = workerData;
if (port === null || !(bytes instanceof Uint8Array))
  throw new Error('this file runs as a worker thread alone');
port.postMessage(openFile(bytes));
