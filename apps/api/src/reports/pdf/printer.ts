import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Problem } from '../../http/problem.js';
import { builtFile } from '../../storage/built-file.js';
import type { PrintOrder } from './print.js';
import type { Printed } from './thread.js';

/** A report takes a tenth of a second; one that takes this long has lost its way. */
const PATIENCE_MS = 60_000;
const MOST_WAITING = 32;
const MEMORY_MB = 512;

/** Threads that print beside one another. Each takes a processor and some 200 MB, and the second starts when it is needed. */
export const LANES = Math.min(2, availableParallelism());

/** One thread, its reports one after another. It starts with the first report, and anew after one that it could not end. */
class Lane {
  waiting = 0;
  private thread: Worker | undefined;
  private last: Promise<unknown> = Promise.resolve();

  async print(order: PrintOrder): Promise<Uint8Array> {
    this.waiting += 1;
    const turn = this.last.then(() => this.now(order));
    this.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.waiting -= 1;
    }
  }

  async end(): Promise<void> {
    const { thread } = this;
    this.thread = undefined;
    await thread?.terminate();
  }

  private async now(order: PrintOrder): Promise<Uint8Array> {
    const thread = (this.thread ??= start());
    try {
      const printed = await answerOf(thread, order);
      if (printed.kind === 'done') return printed.bytes;
      throw new Error(`a report could not be printed: ${printed.message}`);
    } catch (error) {
      await this.end();
      throw error;
    }
  }
}

/** Prints reports in threads of their own, so that no other request waits for them. */
@Injectable()
export class Printer implements OnApplicationShutdown {
  private readonly lanes = Array.from({ length: LANES }, () => new Lane());

  /** Throws 503 where too many wait. */
  async print(order: PrintOrder): Promise<Uint8Array> {
    const free = this.lanes.reduce((one, other) => (other.waiting < one.waiting ? other : one));
    if (this.lanes.reduce((sum, { waiting }) => sum + waiting, 0) >= MOST_WAITING) {
      throw new Problem(503, 'Too many reports are being printed. Ask again in a minute.', {
        name: 'printer-busy',
        title: 'Busy',
      });
    }
    return free.print(order);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.end()));
  }
}

function start(): Worker {
  const thread = new Worker(builtFile('reports/pdf/thread.js'), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  thread.unref();
  return thread;
}

function answerOf(thread: Worker, order: PrintOrder): Promise<Printed> {
  return new Promise((done, fail) => {
    const late = setTimeout(() => settle(() => fail(new Error('printing took too long'))), PATIENCE_MS);
    const answered = (printed: Printed) => settle(() => done(printed));
    const failed = (error: unknown) => settle(() => fail(error));
    const ended = () => settle(() => fail(new Error('the thread that prints has ended')));
    const settle = (tell: () => void) => {
      clearTimeout(late);
      thread.off('message', answered).off('error', failed).off('exit', ended);
      tell();
    };
    thread.once('message', answered).once('error', failed).once('exit', ended);
    thread.postMessage(order, []);
  });
}
