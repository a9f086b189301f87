import { runMigrations } from 'bullmq';
import pg from 'pg';

/**
 * Brings the queue's tables (schema `bullmq` of the database) up to date. Safe in several processes at once; not
 * needed for Redis. Returns the version the tables are at.
 */
export async function migrateQueue(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined); // The statement that runs tells.
  await client.connect();
  try {
    return await runMigrations(client);
  } finally {
    await client.end();
  }
}
