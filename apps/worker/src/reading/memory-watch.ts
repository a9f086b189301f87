/** A thread of the reading process that ends the whole process when it holds too much, counting what no heap limit counts. */
import { workerData } from 'node:worker_threads';
import { z } from 'zod';

const { megabytes } = z.object({ megabytes: z.number().positive() }).parse(workerData);
const EVERY_MS = 50;

setInterval(() => {
  if (process.memoryUsage.rss() > megabytes * 1024 * 1024) process.kill(process.pid, 'SIGKILL');
}, EVERY_MS);
