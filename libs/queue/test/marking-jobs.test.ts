import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type MarkingJobs,
  openQueue,
  PermanentFailure,
  type Processors,
  type RunningWorker,
} from '@tensormark/queue';
import { createTestDatabase, type TestDatabase } from '../../../test/database/test-database.js';
import { backends, byText, Diary, idle, submission } from './diary.js';

describe.each(backends(0))('marking jobs on $backend', ({ backend, redis }) => {
  let database: TestDatabase;
  let queue: MarkingJobs;
  const workers: RunningWorker[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    queue = await openQueue({ databaseUrl: database.databaseUrl, ...redis });
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close(100)));
  });
  afterAll(async () => {
    await queue.close();
    await database.drop();
  });
  /** Work of a worker that lives is only ever taken over where this is short: a busy machine may hold a lock's renewal up. */
  const work = async (
    diary: Diary,
    overrides: Partial<Processors> = {},
    takeOverAfterMs = 20_000,
  ): Promise<RunningWorker> => {
    const worker = await queue.startWorker({
      processors: { ...diary.processors, ...overrides },
      takeOverAfterMs,
    });
    workers.push(worker);
    return worker;
  };

  it('runs-on-the-backend-asked-for', () => {
    expect(queue.backend).toBe(backend);
  });

  it('splits-then-marks-each-part-then-finishes', async () => {
    const diary = new Diary(['1.a', '1.b', '2']);
    await queue.add(submission());
    await work(diary);
    await diary.until('finish');
    expect(diary.entries[0]).toBe('split');
    expect(diary.entries.slice(1, 4).toSorted(byText)).toEqual(['mark 1.a', 'mark 1.b', 'mark 2']);
    expect(diary.entries[4]).toBe('finish');
    await idle(queue);
  });

  it('a-submission-without-parts-finishes', async () => {
    const diary = new Diary([]);
    await queue.add(submission());
    await work(diary);
    await diary.until('finish');
    expect(diary.entries).toEqual(['split', 'finish']);
  });

  it('adding-the-same-work-ten-times-at-once-does-it-once', async () => {
    const diary = new Diary(['1', '2']);
    const same = submission();
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? queue.add(same) : queue.ensure(same))),
    );
    await work(diary);
    await diary.until('finish');
    await queue.ensure(submission());
    await diary.until('finish', 2);
    expect(diary.entries.filter((entry) => entry === 'split')).toHaveLength(2);
    expect(diary.entries.filter((entry) => entry === 'mark 1')).toHaveLength(2);
  });

  it('work-under-another-scheme-is-other-work', async () => {
    const diary = new Diary(['1']);
    const first = submission();
    await queue.add(first);
    await queue.add({ ...first, schemeHash: 'another' });
    await work(diary);
    await diary.until('finish', 2);
    expect(diary.entries.filter((entry) => entry === 'mark 1')).toHaveLength(2);
  });

  it('a-part-that-fails-once-is-tried-again', async () => {
    const diary = new Diary(['1']);
    let tries = 0;
    await queue.add(submission());
    await work(diary, {
      markPart: async (part, run) => {
        tries += 1;
        expect(run.attempt).toBe(tries);
        if (tries === 1) throw new Error('The database went away.');
        await diary.processors.markPart(part, run);
      },
    });
    await diary.until('finish');
    expect(diary.entries).toEqual(['split', 'mark 1', 'finish']);
  });

  it('a-part-that-fails-for-good-is-told-and-does-not-keep-the-rest-from-finishing', async () => {
    const diary = new Diary(['1', '2']);
    const doomed = submission();
    await queue.add(doomed);
    await work(diary, {
      markPart: async (part, run) => {
        if (part.part === '2') throw new PermanentFailure('Too deep.');
        await diary.processors.markPart(part, run);
      },
    });
    await diary.until('finish');
    await diary.until('part failed 2: Too deep.');
    expect(diary.entries.toSorted(byText)).toEqual(['finish', 'mark 1', 'part failed 2: Too deep.', 'split']);
    expect((await queue.counts()).failed).toBeGreaterThan(0);
  });

  it('work-ordered-again-marks-the-part-that-failed-for-good-and-finishes-again', async () => {
    const diary = new Diary(['1', '2']);
    const doomed = submission();
    let broken = true;
    await queue.add(doomed);
    await work(diary, {
      markPart: async (part, run) => {
        if (broken && part.part === '2') throw new PermanentFailure('Out of order.');
        await diary.processors.markPart(part, run);
      },
    });
    await diary.until('finish');
    await diary.until('part failed 2: Out of order.');
    const before = (await queue.counts()).failed;
    broken = false;
    await idle(queue);
    await queue.ensure(doomed);
    await diary.until('mark 2');
    await diary.until('finish', 2);
    expect((await queue.counts()).failed).toBe(before - 1);
  });

  it('splitting-that-fails-for-good-is-told-and-finished-and-can-be-ensured-again', async () => {
    const diary = new Diary(['1']);
    const doomed = submission();
    let broken = true;
    await queue.add(doomed);
    await work(diary, {
      split: async (each, run) => {
        if (broken) throw new PermanentFailure('Unreadable.');
        return diary.processors.split(each, run);
      },
    });
    await diary.until('submission failed: Unreadable.');
    await diary.until('finish');
    broken = false;
    await idle(queue);
    await queue.ensure(doomed);
    await diary.until('mark 1');
    await diary.until('finish', 2);
    expect(diary.entries.slice(-3)).toEqual(['split', 'mark 1', 'finish']);
  });

  it('work-of-a-worker-that-died-is-taken-over', async () => {
    const diary = new Diary(['1']);
    await queue.add(submission());
    const soon = 3000;
    const hangs = await work(
      diary,
      {
        markPart: () => {
          diary.entries.push('hangs');
          return new Promise(() => undefined);
        },
      },
      soon,
    );
    await diary.until('hangs');
    await hangs.close(0); // Drops its locks without ending its work, as a killed process does.
    await work(diary, {}, soon);
    await diary.until('finish');
    expect(diary.entries).toEqual(['split', 'hangs', 'mark 1', 'finish']);
  });

  it('a-failure-is-told-once-even-to-later-workers', async () => {
    const diary = new Diary(['1']);
    await queue.add(submission());
    const fails = await work(diary, { markPart: () => Promise.reject(new PermanentFailure('Broken.')) });
    await diary.until('part failed 1: Broken.');
    await diary.until('finish');
    await fails.close();
    await work(diary);
    await new Promise((wake) => setTimeout(wake, 500));
    expect(diary.entries.filter((entry) => entry === 'part failed 1: Broken.')).toHaveLength(1);
  });

  it('closing-waits-for-what-is-running', async () => {
    const diary = new Diary(['1']);
    let ended = false;
    await queue.add(submission());
    const busy = await work(diary, {
      markPart: async (part, run) => {
        await diary.processors.markPart(part, run);
        await new Promise((wake) => setTimeout(wake, 300));
        ended = true;
      },
    });
    await diary.until('mark 1');
    await busy.close();
    expect(ended).toBe(true);
    await work(diary);
    await diary.until('finish');
    expect(diary.entries).toEqual(['split', 'mark 1', 'finish']);
  });

  it('two-hundred-submissions-in-two-workers-each-finish-once', async () => {
    const diary = new Diary(['1', '2', '3']);
    const all = Array.from({ length: 200 }, submission);
    await Promise.all(all.map((each) => queue.add(each)));
    await work(diary);
    await work(diary);
    await diary.until('finish', 200);
    expect(diary.finished.toSorted(byText)).toEqual(
      all.map(({ submissionId }) => submissionId).toSorted(byText),
    );
    expect(diary.entries.filter((entry) => entry.startsWith('mark'))).toHaveLength(600);
  });
});
