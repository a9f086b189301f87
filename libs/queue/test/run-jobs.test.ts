import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type MarkingJobs,
  openQueue,
  PermanentFailure,
  type Processors,
  type QueueName,
  type RunningWorker,
  WorkEndingError,
} from '@tensormark/queue';
import { createTestDatabase, type TestDatabase } from '../../../test/database/test-database.js';
import { backends, Diary, idle, submission } from './diary.js';

describe.each(backends(1))('runs of networks on $backend', ({ redis }) => {
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
  const work = async (
    diary: Diary,
    overrides: Partial<Processors> = {},
    queues?: readonly QueueName[],
  ): Promise<RunningWorker> => {
    const worker = await queue.startWorker({
      processors: { ...diary.processors, ...overrides },
      ...(queues && { queues }),
    });
    workers.push(worker);
    return worker;
  };

  it('a-part-is-marked-after-its-run-and-others-do-not-wait-for-it', async () => {
    const diary = new Diary(['1', '2'], ['2']);
    await queue.add(submission());
    await work(diary, {
      run: async (part, run) => {
        await diary.until('mark 1');
        await diary.processors.run(part, run);
      },
    });
    await diary.until('finish');
    expect(diary.entries).toEqual(['split', 'mark 1', 'run 2 of answer 2', 'mark 2', 'finish']);
    await idle(queue);
  });

  it('runs-are-made-where-the-devices-are', async () => {
    const desk = new Diary(['1', '2'], ['2']);
    const machine = new Diary(['1', '2'], ['2']);
    await queue.add(submission());
    await work(desk, {}, ['marking']);
    await desk.until('mark 1');
    expect(desk.entries).toEqual(['split', 'mark 1']);
    await work(machine, {}, ['execution']);
    await desk.until('finish');
    expect(desk.entries).toEqual(['split', 'mark 1', 'mark 2', 'finish']);
    expect(machine.entries).toEqual(['run 2 of answer 2']);
  });

  it('networks-share-a-device-in-turn', async () => {
    const parts = ['1', '2', '3'];
    const diary = new Diary(parts, parts);
    let running = 0;
    let most = 0;
    await queue.add(submission());
    await work(diary, {
      run: async (part, run) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((wake) => setTimeout(wake, 50));
        running -= 1;
        await diary.processors.run(part, run);
      },
    });
    await diary.until('finish');
    expect(most).toBe(1);
  });

  it('a-lost-device-is-tried-again-after-a-while', async () => {
    const diary = new Diary(['1'], ['1']);
    const tries: number[] = [];
    await queue.add(submission());
    await work(diary, {
      run: async (part, run) => {
        tries.push(performance.now());
        if (run.attempt === 1) throw new Error('The device was lost.');
        await diary.processors.run(part, run);
      },
    });
    await diary.until('finish');
    expect(diary.entries).toEqual(['split', 'run 1 of answer 1', 'mark 1', 'finish']);
    const [first = 0, second = 0] = tries;
    expect(second - first).toBeGreaterThan(2000);
  });

  it('where-a-run-fails-for-good-its-part-is-told-and-both-run-again-when-ordered', async () => {
    const diary = new Diary(['1'], ['1']);
    let isBroken = true;
    const doomed = submission();
    await queue.add(doomed);
    await work(diary, {
      run: async (part, run) => {
        if (isBroken) throw new PermanentFailure('No device.');
        await diary.processors.run(part, run);
      },
      markPart: async (part, run) => {
        if (isBroken) throw new PermanentFailure('Not run.');
        await diary.processors.markPart(part, run);
      },
    });
    // Told by an event, which may come after the end.
    await diary.until('finish');
    await diary.until('part failed 1: Not run.');
    expect(diary.entries).toHaveLength(3);
    isBroken = false;
    await idle(queue);
    await queue.ensure(doomed);
    await diary.until('finish', 2);
    expect(diary.entries.slice(3)).toEqual(['split', 'run 1 of answer 1', 'mark 1', 'finish']);
    await idle(queue);
  });

  it('what-is-ordered-while-it-ends-is-done-again-once-it-has-ended', async () => {
    const diary = new Diary(['1'], ['1']);
    const same = submission();
    const meanwhile: unknown[] = [];
    await queue.add(same);
    await work(diary, {
      finish: async (given, run) => {
        if (meanwhile.length === 0) meanwhile.push(await queue.ensure(same).catch((error: unknown) => error));
        await diary.processors.finish(given, run);
      },
    });
    await diary.until('finish');
    await idle(queue);
    expect(meanwhile).toEqual([expect.any(WorkEndingError)]);
    await queue.ensure(same);
    await diary.until('finish', 2);
    expect(diary.entries.slice(4)).toEqual(['split', 'run 1 of answer 1', 'mark 1', 'finish']);
    await idle(queue);
  });

  it('ordering-again-orders-no-second-run', async () => {
    const diary = new Diary(['1'], ['1']);
    let tries = 0;
    const same = submission();
    await queue.add(same);
    await work(
      diary,
      {
        split: async (given, run) => {
          const parts = await diary.processors.split(given, run);
          tries += 1;
          return parts;
        },
      },
      ['marking'],
    );
    await diary.until('split');
    await queue.ensure(same);
    await queue.add(same);
    await work(diary, {}, ['execution']);
    await diary.until('finish');
    expect(diary.entries.filter((entry) => entry.startsWith('run'))).toHaveLength(1);
    expect(diary.entries.filter((entry) => entry.startsWith('mark'))).toHaveLength(1);
    expect(tries).toBe(diary.entries.filter((entry) => entry === 'split').length);
  });
});
