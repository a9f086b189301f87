import type { Command } from '../command.js';
import { readArguments } from '../terminal/arguments.js';

export const worker: Command = {
  usage: '[--queues marking,execution]',
  help: `
Takes work from the queues until it is stopped. DATABASE_URL names the database; REDIS_URL moves the queues to Redis;
TENSORMARK_CONCURRENCY says how many parts are marked at once. Start as many as you like, on as many machines.

  --queues marking     what to take: marking (splitting, marking, finishing), execution (running the networks of code
                       answers, one at a time), or both, which is the default and what TENSORMARK_QUEUES sets

On machines with a GPU: tensormark worker --queues execution; elsewhere: tensormark worker --queues marking.
TENSORMARK_BACKEND forces a compute backend: tensorflow, webgpu, wasm or cpu.`,
  async run(args, output) {
    const { values } = readArguments(args, { queues: { type: 'string' } });
    const { serveQueues } = await import('../serving/worker.js');
    return serveQueues(values.queues, output);
  },
};
