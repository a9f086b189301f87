import { builtFile, Threads } from '@tensormark/threads';
import type { ResultOf, Task } from './task.js';

export interface PoolOptions {
  readonly size: number;
  /** What one task may take. */
  readonly secondsPerTask: number;
  /** What one thread's JavaScript may hold. */
  readonly megabytesPerThread: number;
  /** A folder with a model of sentences for each thread, where there is one. */
  readonly embeddingModel?: string;
}

/** The threads in which a worker splits and marks. */
export class Pool {
  private readonly threads: Threads<Task, ResultOf<Task>>;

  constructor({ size, secondsPerTask, megabytesPerThread, embeddingModel }: PoolOptions) {
    this.threads = new Threads({
      file: () => builtFile('apps/worker/src/threads/thread'),
      threads: size,
      seconds: secondsPerTask,
      megabytes: megabytesPerThread,
      ...(embeddingModel === undefined ? {} : { told: { embeddingModel } }),
    });
  }

  /** Throws OutOfBounds, ThreadLost, or an Error for a fault inside the task. */
  run<Asked extends Task>(task: Asked): Promise<ResultOf<Asked>> {
    // A thread answers each task with that kind of task's result.
    return this.threads.run(task) as Promise<ResultOf<Asked>>;
  }

  close(): Promise<void> {
    return this.threads.close();
  }
}
