import { ThreadLost, TooBusy } from './errors.js';
import type { ThreadOptions } from './options.js';
import { type Job, Thread } from './thread.js';

/**
 * A few threads for work that takes the processor, started when there is something to do: this one goes on meanwhile, and
 * whatever a task does (never ends, eats memory) costs that task and its thread alone. They know nothing of the environment.
 */
export class Threads<Task, Outcome> {
  private readonly waiting: Job<Task, Outcome>[] = [];
  private readonly threads = new Set<Thread<Task, Outcome>>();
  private closed = false;

  constructor(private readonly options: ThreadOptions) {}

  /** Throws OutOfBounds, TooBusy, ThreadLost, or an Error for a fault inside the task. */
  run(task: Task): Promise<Outcome> {
    const { waiting = Number.POSITIVE_INFINITY } = this.options;
    if (this.closed) return Promise.reject(new ThreadLost('the threads are closed'));
    if (this.waiting.length >= waiting) return Promise.reject(new TooBusy('too many wait'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ task, resolve, reject });
      this.next();
    });
  }

  /** Ends all threads; tasks under way or waiting are rejected. */
  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.waiting.splice(0)) reject(new ThreadLost('the threads were closed'));
    await Promise.all([...this.threads].map((thread) => thread.end()));
  }

  private next(): void {
    if (this.waiting.length === 0 || this.closed) return;
    const idle = [...this.threads].find((thread) => thread.isIdle);
    if (idle !== undefined) {
      const job = this.waiting.shift();
      if (job !== undefined) idle.take(job);
    } else if (this.threads.size < this.options.threads) {
      this.start();
    }
  }

  private start(): void {
    const thread = new Thread<Task, Outcome>(this.options, {
      free: () => this.next(),
      ended: (whyNotStarted) => {
        this.threads.delete(thread);
        // Whatever keeps one thread from starting keeps all of them.
        if (whyNotStarted !== undefined) this.waiting.shift()?.reject(whyNotStarted);
        this.next();
      },
    });
    this.threads.add(thread);
  }
}
