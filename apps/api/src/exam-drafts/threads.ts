import { Worker } from 'node:worker_threads';

export interface ThreadLimits {
  readonly threads: number;
  /** Tasks that may wait for a thread. */
  readonly waiting: number;
  /** What one task may take, the start of a thread apart. */
  readonly seconds: number;
  /** What one thread's JavaScript may hold. */
  readonly megabytes: number;
  /** After which a thread without work is ended, and its memory given back. */
  readonly idleSeconds: number;
}

/** What a thread says: once that it takes tasks, then an answer to each. */
export type Said<Outcome> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'fault'; readonly message: string };

/** The task took more time or memory than it may, and its thread was ended. */
export class TooCostly extends Error {
  override readonly name = 'TooCostly';
}

/** As many tasks wait as may. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
}

interface Job<Task, Outcome> {
  readonly task: Task;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}

const START_SECONDS = 60;

/** A few threads for work that must not hold up this one, started when there is something to do. */
export class Threads<Task, Outcome> {
  private readonly waiting: Job<Task, Outcome>[] = [];
  private readonly threads = new Set<Thread<Task, Outcome>>();
  private closed = false;

  constructor(
    /** Where the compiled file is that each thread runs: asked at the first need. */
    private readonly file: () => string,
    private readonly limits: ThreadLimits,
  ) {}

  /** Throws TooCostly, TooBusy, or an Error for a fault of ours. */
  run(task: Task): Promise<Outcome> {
    if (this.closed) return Promise.reject(new Error('the threads are closed'));
    if (this.waiting.length >= this.limits.waiting) return Promise.reject(new TooBusy('too many wait'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ task, resolve, reject });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.waiting.splice(0)) reject(new Error('the threads were closed'));
    await Promise.all([...this.threads].map((thread) => thread.end()));
  }

  private next(): void {
    if (this.waiting.length === 0 || this.closed) return;
    const idle = [...this.threads].find((thread) => thread.isIdle);
    if (idle !== undefined) {
      const job = this.waiting.shift();
      if (job !== undefined) idle.take(job);
    } else if (this.threads.size < this.limits.threads) {
      this.start();
    }
  }

  private start(): void {
    const thread = new Thread<Task, Outcome>(this.file(), this.limits, {
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

interface Told {
  /** It takes a task. */
  free(): void;
  /** It is gone; with a reason where it never took a task. */
  ended(whyNotStarted: Error | undefined): void;
}

class Thread<Task, Outcome> {
  private readonly worker: Worker;
  private state: 'starting' | 'idle' | 'working' = 'starting';
  private job: Job<Task, Outcome> | undefined;
  private timer: NodeJS.Timeout;
  private why: Error | undefined;

  constructor(
    file: string,
    private readonly limits: ThreadLimits,
    private readonly told: Told,
  ) {
    this.worker = new Worker(file, { env: {}, resourceLimits: { maxOldGenerationSizeMb: limits.megabytes } });
    this.timer = this.endIn(START_SECONDS, () => new Error(`a thread did not start in ${START_SECONDS} s`));
    this.worker.on('message', (said: Said<Outcome>) => this.hear(said));
    this.worker.on('error', (error) => {
      this.why = isOutOfMemory(error)
        ? new TooCostly(`needed over ${limits.megabytes} MB of memory`)
        : new Error(`a thread was lost: ${error.message}`);
    });
    this.worker.on('exit', () => this.gone());
  }

  get isIdle(): boolean {
    return this.state === 'idle';
  }

  take(job: Job<Task, Outcome>): void {
    clearTimeout(this.timer);
    const { seconds } = this.limits;
    this.state = 'working';
    this.job = job;
    this.timer = this.endIn(seconds, () => new TooCostly(`took over ${seconds} s`));
    this.worker.postMessage(job.task, []);
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private hear(said: Said<Outcome>): void {
    clearTimeout(this.timer);
    const { job } = this;
    this.job = undefined;
    this.state = 'idle';
    this.timer = this.endIn(this.limits.idleSeconds, () => undefined);
    this.timer.unref();
    if (said.kind === 'done') job?.resolve(said.outcome);
    else if (said.kind === 'fault') job?.reject(new Error(said.message));
    this.told.free();
  }

  private gone(): void {
    clearTimeout(this.timer);
    const why = this.why ?? new Error('a thread ended in the middle of its task');
    this.job?.reject(why);
    const neverStarted = this.state === 'starting';
    // No task is given to it any more.
    this.state = 'working';
    this.told.ended(neverStarted ? why : undefined);
  }

  private endIn(seconds: number, why: () => Error | undefined): NodeJS.Timeout {
    return setTimeout(() => {
      this.state = this.state === 'idle' ? 'working' : this.state;
      this.why = why();
      void this.worker.terminate();
    }, seconds * 1000);
  }
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
