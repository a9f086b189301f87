import pg from 'pg';

/** Errors that waiting may cure: nobody listens yet, or the server is starting, stopping or full. */
const PASSING = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ETIMEDOUT',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

/**
 * Resolves when the database takes connections. Rejects at once for what waiting cannot cure (a wrong password, no such
 * database), and after the timeout (30 s by default) otherwise, with the last error as cause.
 */
export async function waitForDatabase(
  databaseUrl: string,
  { timeoutMs = 30_000 }: { readonly timeoutMs?: number } = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (let pause = 50; ; pause = Math.min(1000, pause * 2)) {
    const client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: Math.min(5000, timeoutMs),
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return;
    } catch (cause) {
      const { code = '' } = cause as { code?: string };
      const passing =
        PASSING.has(code) ||
        (cause instanceof Error && /timeout|terminated unexpectedly/.test(cause.message));
      if (!passing) throw cause;
      if (performance.now() + pause > deadline) {
        throw new Error(
          `The database did not answer within ${timeoutMs / 1000} s (${code}). Is DATABASE_URL right?`,
          {
            cause,
          },
        );
      }
    } finally {
      await client.end().catch(() => undefined);
    }
    await new Promise((wake) => setTimeout(wake, pause));
  }
}
