import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { MarkingJobs, PartWork, Processors, SubmissionWork } from '@tensormark/queue';

const REDIS_URL = process.env['TENSORMARK_TEST_REDIS_URL'] ?? '';

/**
 * Redis too where it is installed: the run of the tests has started one then, which the files share. Each has a database of
 * its own in it, since workers take whatever work they find.
 */
export function backends(redisDatabase: number) {
  return [
    { backend: 'postgres', redis: {} },
    ...(REDIS_URL === ''
      ? []
      : [{ backend: 'redis', redis: { redisUrl: new URL(`/${redisDatabase}`, REDIS_URL).href } }]),
  ];
}

/** Processors that only write down what they are asked. */
export class Diary {
  readonly entries: string[] = [];
  readonly finished: string[] = [];
  readonly processors: Processors;

  /** @param run the parts among them whose networks are run */
  constructor(parts: readonly string[], run: readonly string[] = []) {
    this.processors = {
      split: async () => {
        this.entries.push('split');
        return parts.map((part) => ({
          part,
          answerId: `answer ${part}`,
          readingId: `reading ${part}`,
          needsRun: run.includes(part),
        }));
      },
      run: async ({ part, answerId }) => {
        this.entries.push(`run ${part} of ${answerId}`);
      },
      markPart: async ({ part, answerId, readingId }: PartWork) => {
        const carried = answerId === `answer ${part}` && readingId === `reading ${part}`;
        this.entries.push(carried ? `mark ${part}` : `mark ${part} without its answer`);
      },
      finish: async ({ submissionId }) => {
        this.entries.push('finish');
        this.finished.push(submissionId);
      },
      partFailed: async ({ part }, reason) => {
        this.entries.push(`part failed ${part}: ${reason}`);
      },
      submissionFailed: async (_work, reason) => {
        this.entries.push(`submission failed: ${reason}`);
      },
    };
  }

  async until(entry: string, times = 1, timeoutMs = 60_000): Promise<void> {
    await eventually(() => {
      const count = this.entries.filter((each) => each === entry).length;
      if (count < times)
        throw new Error(`${entry}: ${count} of ${times} in [${this.entries.slice(0, 20).join(', ')}]`);
    }, timeoutMs);
  }
}

export function submission(): SubmissionWork {
  return {
    submissionId: randomUUID(),
    examVersionId: randomUUID(),
    engineVersion: '1.0.0:test',
    schemeHash: 'abc',
  };
}

/** Resolves when nothing waits or runs. */
export async function idle(queue: MarkingJobs): Promise<void> {
  await eventually(async () => {
    const { failed: _failed, ...rest } = await queue.counts();
    expect(rest).toEqual({ waiting: 0, active: 0, delayed: 0, waitingForParts: 0 });
  });
}

export async function eventually(check: () => void | Promise<void>, timeoutMs = 60_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await new Promise((wake) => setTimeout(wake, 25));
  }
}

export function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
