export interface ThreadOptions {
  /** The compiled file that each thread runs (`answerTasks`): asked at the first need. */
  readonly file: () => string;
  readonly threads: number;
  /** What one task may take, the start of a thread apart. */
  readonly seconds: number;
  /** What one thread's JavaScript may hold. */
  readonly megabytes: number;
  /** Tasks that may wait for a thread; any number by default. */
  readonly waiting?: number;
  /** After which a thread without work is ended, and its memory given back; never by default. */
  readonly idleSeconds?: number;
  /** What each thread is told when it starts. */
  readonly told?: unknown;
}
