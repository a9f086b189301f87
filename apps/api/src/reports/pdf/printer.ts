import { availableParallelism } from 'node:os';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { builtFile, Threads, TooBusy } from '@tensormark/threads';
import { Problem } from '../../http/problem.js';
import type { PrintOrder } from './print.js';

/** Threads that print beside one another. Each takes a processor and some 200 MB, and the second starts when it is needed. */
export const LANES = Math.min(2, availableParallelism());

/** Prints reports in threads of their own, so that no other request waits for them. */
@Injectable()
export class Printer implements OnApplicationShutdown {
  private readonly threads = new Threads<PrintOrder, Uint8Array>({
    file: () => builtFile('apps/api/src/reports/pdf/thread'),
    threads: LANES,
    waiting: 30,
    // A report takes a tenth of a second; one that takes this long has lost its way.
    seconds: 60,
    megabytes: 512,
  });

  /** Throws 503 where too many wait. */
  async print(order: PrintOrder): Promise<Uint8Array> {
    try {
      return await this.threads.run(order);
    } catch (error) {
      if (!(error instanceof TooBusy)) throw error;
      throw new Problem(503, 'Too many reports are being printed. Ask again in a minute.', {
        name: 'printer-busy',
        title: 'Busy',
      });
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.threads.close();
  }
}
