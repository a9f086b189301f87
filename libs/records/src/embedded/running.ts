import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { DATABASE } from './cluster.js';
import { HOST } from './listening.js';

/** The address of the embedded Postgres that another process of ours runs in this data folder; null where none answers. */
export async function runningEmbeddedPostgres(dataFolder: string): Promise<string | null> {
  const read = (name: string) => readFile(join(resolve(dataFolder), name), 'utf8').catch(() => '');
  const password = (await read('postgres-password')).trim();
  const port = Number.parseInt(await read('postgres-port'), 10);
  if (password === '' || !(port > 0)) return null;
  const databaseUrl = `postgresql://${DATABASE}:${password}@${HOST}:${port}/${DATABASE}`;
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return databaseUrl;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}
