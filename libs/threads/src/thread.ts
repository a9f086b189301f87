import { Worker } from 'node:worker_threads';
import { OutOfBounds, ThreadLost } from './errors.js';
import type { ThreadOptions } from './options.js';
import type { Said } from './said.js';

const START_SECONDS = 60;

export interface Job<Task, Outcome> {
  readonly task: Task;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}

interface Told {
  /** It takes a task. */
  free(): void;
  /** It is gone; with a reason where it never took a task. */
  ended(whyNotStarted: Error | undefined): void;
}

/** One thread, its tasks one after another. */
export class Thread<Task, Outcome> {
  private readonly worker: Worker;
  private state: 'starting' | 'idle' | 'working' | 'ending' = 'starting';
  private job: Job<Task, Outcome> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private why: Error | undefined;

  constructor(
    private readonly options: ThreadOptions,
    private readonly told: Told,
  ) {
    const { file, megabytes } = options;
    this.worker = new Worker(file(), {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
      workerData: options.told,
    });
    this.endIn(START_SECONDS, () => new ThreadLost(`a thread did not start in ${START_SECONDS} s`));
    this.worker.on('message', (said: Said<Outcome>) => this.hear(said));
    this.worker.on('error', (error) => {
      this.why = isOutOfMemory(error)
        ? new OutOfBounds(`needed over ${megabytes} MB of memory`)
        : new ThreadLost(
            this.state === 'starting'
              ? `a thread did not start: ${error.message}`
              : `a thread was lost: ${error.message}`,
          );
    });
    this.worker.on('exit', () => this.gone());
  }

  get isIdle(): boolean {
    return this.state === 'idle';
  }

  take(job: Job<Task, Outcome>): void {
    const { seconds } = this.options;
    this.state = 'working';
    this.job = job;
    this.worker.ref();
    this.endIn(seconds, () => new OutOfBounds(`took over ${seconds} s`));
    this.worker.postMessage(job.task, []);
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private hear(said: Said<Outcome>): void {
    clearTimeout(this.timer);
    if (this.state === 'ending') return;
    const { job } = this;
    this.job = undefined;
    this.state = 'idle';
    // Nothing is kept alive by a thread that has nothing to do.
    this.worker.unref();
    const { idleSeconds } = this.options;
    if (idleSeconds !== undefined) {
      this.endIn(idleSeconds, () => undefined);
      this.timer?.unref();
    }
    if (said.kind === 'done') job?.resolve(said.outcome);
    else if (said.kind === 'fault') job?.reject(new Error(said.message));
    this.told.free();
  }

  private gone(): void {
    clearTimeout(this.timer);
    const why = this.why ?? new ThreadLost('a thread ended in the middle of its task');
    this.job?.reject(why);
    const neverStarted = this.state === 'starting';
    // No task is given to it any more.
    this.state = 'ending';
    this.told.ended(neverStarted ? why : undefined);
  }

  private endIn(seconds: number, why: () => Error | undefined): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.why = why();
      if (this.state !== 'starting') this.state = 'ending';
      void this.worker.terminate();
    }, seconds * 1000);
  }
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
