import { afterEach, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { Threads, TooBusy, TooCostly, type ThreadLimits } from '../src/exam-drafts/threads.js';

const OBEDIENT = fileURLToPath(new URL('fixtures/obedient-thread.mjs', import.meta.url));
const LIMITS: ThreadLimits = { threads: 1, waiting: 3, seconds: 1, megabytes: 32, idleSeconds: 60 };

const opened: Threads<string, string>[] = [];
function open(limits: Partial<ThreadLimits> = {}, file = OBEDIENT): Threads<string, string> {
  const threads = new Threads<string, string>(() => file, { ...LIMITS, ...limits });
  opened.push(threads);
  return threads;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
});

describe('threads beside the API', () => {
  it('one-thread-does-what-comes-in-its-order', async () => {
    const threads = open();
    const done = await Promise.all(['a', 'b', 'c'].map((task) => threads.run(task)));
    expect(done.map((each) => each[0])).toEqual(['a', 'b', 'c']);
    expect(new Set(done.map((each) => each.slice(1))).size).toBe(1);
  });

  it('a-task-that-never-ends-is-stopped-while-this-thread-goes-on-and-the-next-is-done', async () => {
    const threads = open({ seconds: 0.3 });
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 20);
    const [costly, next] = await Promise.allSettled([threads.run('never-end'), threads.run('next')]);
    clearInterval(ticking);
    expect(costly).toMatchObject({ reason: new TooCostly('took over 0.3 s') });
    expect(next).toMatchObject({ value: expect.stringMatching(/^next by/) });
    expect(ticks).toBeGreaterThan(5);
  });

  it('a-task-that-eats-memory-costs-its-thread-alone', async () => {
    const threads = open({ seconds: 30 });
    await expect(threads.run('eat')).rejects.toThrow(TooCostly);
    expect(await threads.run('next')).toMatch(/^next by/);
  });

  it('a-fault-and-a-lost-thread-are-no-fault-of-the-task', async () => {
    const threads = open();
    await expect(threads.run('fault')).rejects.toThrow('it is wrong');
    const lost = await threads.run('end').catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(Error);
    expect(lost).not.toBeInstanceOf(TooCostly);
    expect(await threads.run('next')).toMatch(/^next by/);
  });

  it('more-than-may-wait-are-turned-away-at-once', async () => {
    const threads = open();
    const waiting = ['a', 'b', 'c'].map((task) => threads.run(task));
    await expect(threads.run('d')).rejects.toThrow(TooBusy);
    await Promise.all(waiting);
  });

  it('a-thread-that-cannot-start-fails-what-waits-for-it', async () => {
    await expect(open({}, `${OBEDIENT}.nowhere`).run('a')).rejects.toThrow('a thread was lost');
  });

  it('an-idle-thread-is-ended-and-another-started-when-there-is-work', async () => {
    const threads = open({ idleSeconds: 0.05 });
    const [, first] = (await threads.run('a')).split(' by ');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await threads.run('b')).split(' by ')[1]).not.toBe(first);
  });

  it('closing-ends-what-is-under-way-and-what-waits', async () => {
    const threads = open();
    const asked = Promise.allSettled([threads.run('never-end'), threads.run('b')]);
    await threads.close();
    expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
