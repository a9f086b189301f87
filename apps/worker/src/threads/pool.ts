import { Worker } from 'node:worker_threads';
import type { Answered, ResultOf, Task } from './task.js';

/** The task took more time or memory than one task may, and the thread that did it was ended. */
export class OutOfBounds extends Error {
  override readonly name = 'OutOfBounds';
}

/** The thread did not start, or ended in the middle of the task, for no fault of the task that is known. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost';
}

export interface PoolOptions {
  readonly size: number;
  /** What one task may take. */
  readonly secondsPerTask: number;
  /** What one thread's JavaScript may hold. */
  readonly megabytesPerThread: number;
  /** The compiled file that each thread runs. */
  readonly file: string;
  /** What each thread is told when it starts. */
  readonly told?: unknown;
}

interface Waiting {
  readonly task: Task;
  readonly resolve: (result: ResultOf<Task>) => void;
  readonly reject: (error: Error) => void;
}

const START_SECONDS = 60;

/**
 * Threads for work that takes the processor: the process itself stays free to answer the queue, and whatever one task
 * does (never ends, eats memory) costs that task and its thread alone.
 */
export class Pool {
  private readonly waiting: Waiting[] = [];
  private readonly idle: Worker[] = [];
  private readonly all = new Set<Worker>();
  private closed = false;

  constructor(private readonly options: PoolOptions) {}

  /** Throws OutOfBounds, ThreadLost, or an Error for a fault inside the task. */
  run<Asked extends Task>(task: Asked): Promise<ResultOf<Asked>> {
    if (this.closed) return Promise.reject(new ThreadLost('the pool is closed'));
    return new Promise<ResultOf<Task>>((resolve, reject) => {
      this.waiting.push({ task, resolve, reject });
      this.next();
      // A thread answers each task with that kind of task's result.
    }) as Promise<ResultOf<Asked>>;
  }

  /** Ends all threads; tasks under way or waiting are rejected. */
  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.waiting.splice(0)) reject(new ThreadLost('the pool was closed'));
    await Promise.all([...this.all].map((thread) => thread.terminate()));
  }

  private next(): void {
    if (this.waiting.length === 0) return;
    const thread = this.idle.pop();
    if (thread === undefined) {
      if (this.all.size < this.options.size) this.start();
      return;
    }
    const job = this.waiting.shift();
    if (job !== undefined) this.give(thread, job);
  }

  private start(): void {
    const thread = new Worker(this.options.file, {
      resourceLimits: { maxOldGenerationSizeMb: this.options.megabytesPerThread },
      workerData: this.options.told,
    });
    this.all.add(thread);
    const late = setTimeout(() => void thread.terminate(), START_SECONDS * 1000);
    let why = 'it ended while starting';
    thread.on('error', (error) => {
      why = error.message;
    });
    thread.once('message', () => {
      clearTimeout(late);
      thread.off('exit', failed);
      thread.on('exit', () => this.forget(thread));
      this.idle.push(thread);
      this.next();
    });
    const failed = (): void => {
      clearTimeout(late);
      this.forget(thread);
      // Whatever keeps threads from starting keeps all of them: the queue tries again later.
      this.waiting.shift()?.reject(new ThreadLost(`a thread did not start: ${why}`));
      this.next();
    };
    thread.on('exit', failed);
  }

  private give(thread: Worker, { task, resolve, reject }: Waiting): void {
    const { secondsPerTask, megabytesPerThread } = this.options;
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      thread.off('message', answered);
      thread.off('error', broken);
      thread.off('exit', gone);
      settle();
    };
    const timer = setTimeout(() => {
      end(() => reject(new OutOfBounds(`stopped after ${secondsPerTask} s`)));
      this.forget(thread);
      void thread.terminate();
      this.next();
    }, secondsPerTask * 1000);
    const answered = (answer: Answered): void => {
      end(() => {
        if (answer.kind === 'done') resolve(answer.result);
        else reject(new Error(answer.message));
      });
      this.idle.push(thread);
      this.next();
    };
    let why: Error = new ThreadLost('a thread ended in the middle of its task');
    const broken = (error: Error): void => {
      why = isOutOfMemory(error)
        ? new OutOfBounds(`stopped at ${megabytesPerThread} MB of memory`)
        : new ThreadLost(`a thread was lost: ${error.message}`);
    };
    const gone = (): void => {
      end(() => reject(why));
      this.next();
    };
    thread.on('message', answered);
    thread.on('error', broken);
    thread.on('exit', gone);
    thread.postMessage(task, []);
  }

  private forget(thread: Worker): void {
    this.all.delete(thread);
    const at = this.idle.indexOf(thread);
    if (at >= 0) this.idle.splice(at, 1);
  }
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
