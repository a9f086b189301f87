import { afterEach, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { OutOfBounds, ThreadLost, type ThreadOptions, Threads, TooBusy } from '../src/index.js';

/** A thread that does to itself what it is asked to. */
const OBEDIENT = fileURLToPath(new URL('fixtures/obedient-thread.mjs', import.meta.url));
const BROKEN = fileURLToPath(new URL('fixtures/broken-thread.mjs', import.meta.url));

const opened: Threads<string, string>[] = [];
/** Their budget is generous where it is not what the test is about: a busy machine keeps threads waiting. */
function open(options: Partial<ThreadOptions> = {}, file = OBEDIENT): Threads<string, string> {
  const threads = new Threads<string, string>({
    file: () => file,
    threads: 1,
    seconds: 60,
    megabytes: 64,
    ...options,
  });
  opened.push(threads);
  return threads;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
});

/** Which thread answered. */
const by = (answer: string) => answer.split(' by ')[1];

describe('threads', () => {
  it('one-does-what-comes-in-its-order', async () => {
    const threads = open();
    const done = await Promise.all(['a', 'b', 'c'].map((task) => threads.run(task)));
    expect(done.map((each) => each[0])).toEqual(['a', 'b', 'c']);
    expect(new Set(done.map(by)).size).toBe(1);
  });

  it('more-tasks-than-threads-wait-their-turn', async () => {
    const threads = open({ threads: 2 });
    const all = await Promise.all(Array.from({ length: 20 }, () => threads.run('answer')));
    expect(new Set(all).size).toBeLessThanOrEqual(2);
  });

  it('a-task-that-never-ends-is-stopped-while-this-thread-goes-on-and-the-next-is-done', async () => {
    const threads = open({ seconds: 3 });
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 20);
    const [costly, next] = await Promise.allSettled([threads.run('never-end'), threads.run('next')]);
    clearInterval(ticking);
    expect(costly).toMatchObject({ reason: new OutOfBounds('took over 3 s') });
    expect(next).toMatchObject({ value: expect.stringMatching(/^next by/) });
    expect(ticks).toBeGreaterThan(5);
  });

  it('a-task-that-eats-memory-costs-its-thread-alone', async () => {
    const threads = open();
    await expect(threads.run('eat')).rejects.toThrow(new OutOfBounds('needed over 64 MB of memory'));
    expect(await threads.run('next')).toMatch(/^next by/);
  });

  it('a-fault-and-a-lost-thread-are-no-fault-of-the-task', async () => {
    const threads = open();
    await expect(threads.run('fault')).rejects.toThrow('it is wrong');
    await expect(threads.run('end')).rejects.toBeInstanceOf(ThreadLost);
    expect(await threads.run('next')).toMatch(/^next by/);
  });

  it('more-than-may-wait-are-turned-away-at-once', async () => {
    const threads = open({ waiting: 3 });
    const waiting = ['a', 'b', 'c'].map((task) => threads.run(task));
    await expect(threads.run('d')).rejects.toThrow(TooBusy);
    await Promise.all(waiting);
  });

  it.each([
    ['that-is-not-there', `${OBEDIENT}.nowhere`, /did not start/],
    ['that-breaks', BROKEN, /did not start.*broken on purpose/],
  ])('a-file-%s-fails-what-waits-for-it', async (_name, file, says) => {
    const threads = open({}, file);
    await expect(threads.run('a')).rejects.toThrow(says);
    await expect(threads.run('b')).rejects.toBeInstanceOf(ThreadLost);
  });

  it('what-a-thread-is-told-is-all-it-knows', async () => {
    process.env['TENSORMARK_OF_THIS_PROCESS'] = 'secret';
    expect(await open({ told: 'a word' }).run('tell')).toMatch(/^a word, undefined by/);
    delete process.env['TENSORMARK_OF_THIS_PROCESS'];
  });

  it('an-idle-thread-is-ended-and-another-started-when-there-is-work', async () => {
    const threads = open({ idleSeconds: 0.05 });
    const first = by(await threads.run('a'));
    let other = first;
    while (other === first) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      other = by(await threads.run('b'));
    }
    expect(other).not.toBe(first);
  });

  it('closing-ends-what-is-under-way-and-what-waits-and-takes-nothing-more', async () => {
    const threads = open();
    await threads.run('a');
    const asked = Promise.allSettled([threads.run('never-end'), threads.run('b')]);
    await threads.close();
    for (const outcome of await asked) expect(outcome).toMatchObject({ reason: expect.any(ThreadLost) });
    await expect(threads.run('c')).rejects.toBeInstanceOf(ThreadLost);
  });
});
