import { Inject, Injectable, Logger } from '@nestjs/common';
import { ENGINE_VERSION } from '@tensormark/marking';
import type { MarkingJobs } from '@tensormark/queue';
import type { Records } from '@tensormark/records';
import { QUEUE, type OpeningQueue } from './queue.js';
import { RECORDS } from './tokens.js';

/**
 * Hands orders from the records on to the queue as soon as they are written. It is only for speed: what it cannot hand
 * over stays in the records, and the workers' own sweep takes it.
 */
@Injectable()
export class Dispatch {
  private readonly logger = new Logger(Dispatch.name);
  private running: Promise<void> | undefined;
  private again = false;

  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(QUEUE) private readonly queue: OpeningQueue,
  ) {}

  /** Returns at once. Any number of calls during a round are one more round. */
  soon(): void {
    this.again = true;
    this.running ??= this.rounds().finally(() => {
      this.running = undefined;
    });
  }

  /** Resolves when the round under way has ended. */
  async settled(): Promise<void> {
    await this.running;
  }

  private async rounds(): Promise<void> {
    const queue = this.queue.opened();
    if (queue === undefined) return;
    while (this.again) {
      this.again = false;
      await this.round(queue);
    }
  }

  private async round(queue: MarkingJobs): Promise<void> {
    try {
      const { failed } = await this.records.outbox.dispatch((order) =>
        queue.ensure({
          submissionId: order.submissionId,
          examVersionId: order.examVersionId,
          schemeHash: order.schemeHash,
          engineVersion: ENGINE_VERSION,
        }),
      );
      if (failed > 0) this.logger.warn(`${failed} orders could not be queued; the workers will take them`);
    } catch (error) {
      this.logger.warn(`orders could not be queued; the workers will take them (${String(error)})`);
    }
  }
}
