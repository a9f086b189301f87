/**
 * A thread of the reading process that ends the whole process when it holds too much, counting what no heap limit counts, or has
 * worked too long: the processor's time, so that a document is not refused for what else the machine has to do.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';

const { megabytes, processorSeconds, processorSecondsPerPicture } = z
  .object({
    megabytes: z.number().positive(),
    processorSeconds: z.number().positive(),
    processorSecondsPerPicture: z.number().nonnegative(),
  })
  .parse(workerData);
let allowed = processorSeconds;
/** Each message says that one more picture is read. */
parentPort?.on('message', () => {
  allowed += processorSecondsPerPicture;
});

const EVERY_MS = 50;

setInterval(() => {
  if (process.memoryUsage.rss() > megabytes * 1024 * 1024) process.kill(process.pid, 'SIGKILL');
  const { user, system } = process.cpuUsage();
  if (user + system > allowed * 1_000_000) process.kill(process.pid, 'SIGXCPU');
}, EVERY_MS);
