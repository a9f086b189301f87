import { openQueue, type MarkingJobs } from '@tensormark/queue';

export const QUEUE = Symbol('queue');

const RETRY_MS = 2000;

/** The queue, which may come up later than we do: submissions are taken without it. */
export class OpeningQueue {
  private queue: MarkingJobs | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly options: { readonly databaseUrl: string; readonly redisUrl?: string },
    private readonly report: (message: string) => void,
  ) {}

  opened(): MarkingJobs | undefined {
    return this.queue;
  }

  /** Tries until it succeeds; resolves after the first try. */
  async open(): Promise<void> {
    try {
      const queue = await openQueue({
        ...this.options,
        onError: (error) => this.report(`the queue reports: ${error.message}`),
      });
      if (this.closed) await queue.close();
      else this.queue = queue;
    } catch (error) {
      this.report(`the queue cannot be opened yet: ${String(error)}`);
      if (this.closed) return;
      this.timer = setTimeout(() => void this.open(), RETRY_MS);
      this.timer.unref();
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.queue?.close();
    this.queue = undefined;
  }
}
