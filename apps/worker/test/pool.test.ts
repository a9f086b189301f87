import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { Pool, OutOfBounds, ThreadLost } from '../src/threads/pool.js';
import type { MarkTask } from '../src/threads/task.js';

/** A thread that does what the task's text says, so that what goes wrong can be asked for. */
const THREAD = fileURLToPath(new URL('fixtures/obedient-thread.mjs', import.meta.url));

const task = (text: string): MarkTask => ({
  kind: 'mark',
  exam: { examVersionId: '1', yaml: '' },
  part: '1',
  text,
});

async function withPool(
  options: { size?: number; seconds?: number; file?: string },
  use: (pool: Pool) => Promise<void>,
): Promise<void> {
  const pool = new Pool({
    size: options.size ?? 1,
    secondsPerTask: options.seconds ?? 0.5,
    megabytesPerThread: 64,
    file: options.file ?? THREAD,
  });
  try {
    await use(pool);
  } finally {
    await pool.close();
  }
}

describe('threads', () => {
  it('tasks-are-answered', () =>
    withPool({}, async (pool) => {
      expect(await pool.run(task('answer'))).toMatchObject({ part: '1' });
    }));

  it('more-tasks-than-threads-wait-their-turn', () =>
    withPool({ size: 2 }, async (pool) => {
      const all = await Promise.all(Array.from({ length: 20 }, () => pool.run(task('answer'))));
      expect(all).toHaveLength(20);
      expect(new Set(all.map(({ summary }) => summary)).size).toBeLessThanOrEqual(2);
    }));

  it('endless-loop-is-stopped-and-the-next-task-answered', () =>
    withPool({}, async (pool) => {
      const endless = pool.run(task('loop'));
      const next = pool.run(task('answer'));
      await expect(endless).rejects.toThrow(new OutOfBounds('stopped after 0.5 s'));
      expect(await next).toMatchObject({ part: '1' });
    }));

  it('memory-hog-is-stopped-and-the-next-task-answered', () =>
    withPool({ seconds: 30 }, async (pool) => {
      await expect(pool.run(task('hog'))).rejects.toThrow(new OutOfBounds('stopped at 64 MB of memory'));
      expect(await pool.run(task('answer'))).toMatchObject({ part: '1' });
    }));

  it('thread-that-ends-is-replaced', () =>
    withPool({}, async (pool) => {
      await expect(pool.run(task('exit'))).rejects.toBeInstanceOf(ThreadLost);
      expect(await pool.run(task('answer'))).toMatchObject({ part: '1' });
    }));

  it('fault-inside-a-task-is-told-and-the-thread-goes-on', () =>
    withPool({}, async (pool) => {
      await expect(pool.run(task('fault'))).rejects.toThrow('as asked');
      expect(await pool.run(task('answer'))).toMatchObject({ part: '1' });
    }));

  it('threads-that-do-not-start-reject-what-waits', () =>
    withPool(
      { file: fileURLToPath(new URL('fixtures/broken-thread.mjs', import.meta.url)) },
      async (pool) => {
        await expect(pool.run(task('answer'))).rejects.toThrow(/did not start.*broken on purpose/);
        await expect(pool.run(task('answer'))).rejects.toBeInstanceOf(ThreadLost);
      },
    ));

  it('closing-rejects-what-is-under-way', async () => {
    const pool = new Pool({ size: 1, secondsPerTask: 30, megabytesPerThread: 64, file: THREAD });
    const looping = pool.run(task('loop'));
    const waiting = pool.run(task('answer'));
    const outcomes = Promise.allSettled([looping, waiting]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await pool.close();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(pool.run(task('answer'))).rejects.toBeInstanceOf(ThreadLost);
  });
});
