import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { builtFile, OutOfBounds, type ThreadOptions, Threads, TooBusy } from '@tensormark/threads';
import { Problem } from '../http/problem.js';
import type { DraftOutcome, DraftTask } from './draft-task.js';

/** An exam is looked through in milliseconds; what takes this long is no exam that anybody sits. */
const THREADS: ThreadOptions = {
  file: () => builtFile('apps/api/src/exam-drafts/draft-thread'),
  threads: 2,
  waiting: 40,
  seconds: 15,
  megabytes: 512,
  idleSeconds: 300,
};

/** Looks through exams and marks tried answers beside this thread, within a budget, so that a costly one holds up nobody else. */
@Injectable()
export class DraftThreads implements OnModuleDestroy {
  private readonly threads = new Threads<DraftTask, DraftOutcome>(THREADS);

  /** Throws 422 for what takes too much time or memory, 503 where too many wait. */
  async run(task: DraftTask): Promise<DraftOutcome> {
    try {
      return await this.threads.run(task);
    } catch (error) {
      if (error instanceof OutOfBounds) throw tooCostly(task, error);
      if (error instanceof TooBusy) throw tooBusy();
      throw error;
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.threads.close();
  }
}

function tooCostly({ kind }: DraftTask, { message }: OutOfBounds): Problem {
  return new Problem(
    422,
    kind === 'check'
      ? `Looking through this exam ${message}, and was stopped. Make its networks or its given code smaller.`
      : `Marking this answer ${message}, and was stopped. Try a shorter answer, or one part alone.`,
    { name: 'too-costly', title: 'This takes too much' },
  );
}

function tooBusy(): Problem {
  return new Problem(
    503,
    'Too many exams are being looked through at the moment. Try again in a few seconds.',
    {
      name: 'busy',
      headers: { 'retry-after': '5' },
    },
  );
}
