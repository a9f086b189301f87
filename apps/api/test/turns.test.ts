import { describe, expect, it } from '@jest/globals';
import { Turns } from '../src/submissions/turns.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('turns', () => {
  it('same-key-goes-one-after-another-in-order', async () => {
    const turns = new Turns();
    const told: string[] = [];
    await Promise.all(
      [20, 5, 0].map((ms, at) =>
        turns.take('ada', async () => {
          told.push(`begin ${at}`);
          await pause(ms);
          told.push(`end ${at}`);
        }),
      ),
    );
    expect(told).toEqual(['begin 0', 'end 0', 'begin 1', 'end 1', 'begin 2', 'end 2']);
  });

  it('other-keys-do-not-wait', async () => {
    const turns = new Turns();
    const slow = turns.take('ada', () => pause(50).then(() => 'slow'));
    const quick = turns.take('bela', async () => 'quick');
    expect(await Promise.race([slow, quick])).toBe('quick');
    await slow;
  });

  it('one-that-fails-does-not-stop-the-next', async () => {
    const turns = new Turns();
    const failing = turns.take('ada', async () => {
      throw new Error('as it happens');
    });
    const next = turns.take('ada', async () => 'fine');
    await expect(failing).rejects.toThrow('as it happens');
    expect(await next).toBe('fine');
  });
});
