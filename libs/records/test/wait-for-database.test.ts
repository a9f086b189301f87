import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { waitForDatabase } from '@tensormark/records';
import { createEmptyDatabase } from '../../../test/database/test-database.js';

describe('waiting for the database', () => {
  it('a-server-that-answers-is-enough-and-a-wrong-password-is-said-at-once', async () => {
    const database = await createEmptyDatabase();
    await waitForDatabase(database.databaseUrl);
    const wrong = new URL(database.databaseUrl);
    wrong.password = 'wrong';
    await expect(waitForDatabase(wrong.href)).rejects.toMatchObject({ code: '28P01' });
    wrong.href = `${database.databaseUrl}_not_there`;
    await expect(waitForDatabase(wrong.href)).rejects.toMatchObject({ code: '3D000' });
    await database.drop();
  }, 60_000);

  it('nobody-listening-is-waited-for-and-then-said', async () => {
    const port = await new Promise<number>((resolve) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
      });
    });
    const waiting = waitForDatabase(`postgresql://a:b@127.0.0.1:${port}/c`, { timeoutMs: 300 });
    await expect(waiting).rejects.toThrow(/did not answer within 0\.3 s \(ECONNREFUSED\)/);
  });
});
