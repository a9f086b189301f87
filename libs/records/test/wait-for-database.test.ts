import { describe, expect, it } from '@jest/globals';
import { waitForDatabase } from '@tensormark/records';
import { freePort } from '../../../test/database/free-port.mjs';
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
  });

  it('nobody-listening-is-waited-for-and-then-said', async () => {
    const port = await freePort();
    const waiting = waitForDatabase(`postgresql://a:b@127.0.0.1:${port}/c`, { timeoutMs: 300 });
    await expect(waiting).rejects.toThrow(/did not answer within 0\.3 s \(ECONNREFUSED\)/);
  });
});
