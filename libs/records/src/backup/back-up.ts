import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { pack, type Pack } from 'tar-stream';
import { ENTRY_BYTES, entryName, HEAD, headOf, SEAL, type Seal } from './layout.js';
import { type Table, tablesInOrder } from './tables.js';

export interface BackedUp {
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
}

/**
 * Writes all records, as they are at one moment, to a stream, which is ended. Others go on working meanwhile. Not in it:
 * sessions, the queue (whose work follows from the records) and the secret. Memory is bounded, however much there is.
 */
export async function backUp(databaseUrl: string, to: Writable, madeAt: Date): Promise<BackedUp> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'tensormark backup' });
  client.on('error', () => undefined); // The statement that runs tells.
  await client.connect();
  const archive = pack();
  const written = pipeline(archive, createGzip(), to);
  const stopped = written.catch(() => undefined);
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const tables = await tablesInOrder(client);
    const applied = await client.query<{ readonly name: string }>(
      `SELECT migration_name AS name FROM _prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
    );
    const head = headOf({
      madeAt: madeAt.toISOString(),
      migrations: applied.rows.map(({ name }) => name),
      tables: tables.map(({ name, columns }) => ({ name, columns: [...columns] })),
    });
    await addEntry(archive, HEAD, Buffer.from(`${JSON.stringify(head, null, 2)}\n`), stopped);
    const seal: Seal = { tables: {} };
    for (const table of tables) seal.tables[table.name] = await addRows(client, table, archive, stopped);
    await addEntry(archive, SEAL, Buffer.from(`${JSON.stringify(seal, null, 2)}\n`), stopped);
    await client.query('COMMIT');
    archive.finalize();
    await written;
    return { tables: tables.map(({ name }) => ({ name, rows: seal.tables[name]?.rows ?? 0 })) };
  } catch (error) {
    archive.destroy(error instanceof Error ? error : new Error(String(error)));
    await stopped;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function addRows(
  client: pg.Client,
  { name, columns }: Table,
  archive: Pack,
  stopped: Promise<void>,
): Promise<Seal['tables'][string]> {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const copy = client.query(copyStreams.to(`COPY ${client.escapeIdentifier(name)} (${list}) TO STDOUT`));
  const hash = createHash('sha256');
  let waiting: Buffer[] = [];
  let size = 0;
  let number = 0;
  const addWaiting = async (): Promise<void> => {
    number += 1;
    await addEntry(archive, entryName(name, number), Buffer.concat(waiting), stopped);
    waiting = [];
    size = 0;
  };
  for await (const chunk of copy as AsyncIterable<Buffer>) {
    hash.update(chunk);
    // One long row comes in one chunk; it is cut too.
    for (let start = 0; start < chunk.length; start += ENTRY_BYTES) {
      const piece = chunk.subarray(start, start + ENTRY_BYTES);
      waiting.push(piece);
      size += piece.length;
      if (size >= ENTRY_BYTES) await addWaiting();
    }
  }
  if (size > 0) await addWaiting();
  return { rows: copy.rowCount, sha256: hash.digest('hex') };
}

/** Waits until the archive has taken it in, so that no more than an entry is held; gives up when the stream broke. */
async function addEntry(archive: Pack, name: string, content: Buffer, stopped: Promise<void>): Promise<void> {
  const added = new Promise<void>((resolve, reject) => {
    const entry = archive.entry({ name, size: content.length, mtime: new Date(0) }, (error) =>
      error ? reject(error) : resolve(),
    );
    entry.end(content);
  });
  await Promise.race([added, stopped]);
}
