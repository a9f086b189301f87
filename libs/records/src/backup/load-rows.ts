import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { BackupError } from './errors.js';
import { type Head, SEAL, Seal, tableOfEntry } from './layout.js';
import type { Entry } from './open-backup.js';
import { type Table, tablesInOrder } from './tables.js';

export interface Restored {
  readonly madeAt: Date;
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
  /** Submissions whose marking was under way when the backup was made: it is ordered again. */
  readonly ordered: number;
}

type Loaded = Seal['tables'];

/** Loads all rows in one transaction, compares them with the seal, and only then lets them stand. */
export async function loadRows(
  databaseUrl: string,
  head: Head,
  next: () => Promise<Entry | null>,
): Promise<Restored> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'tensormark restore' });
  client.on('error', () => undefined); // The statement that runs tells.
  await client.connect();
  try {
    await client.query('BEGIN');
    await refuseOtherTables(client, head);
    await refuseRows(client, head);
    const { loaded, last } = await copyTables(client, head, next);
    compare(loaded, sealIn(last));
    if ((await next()) !== null) throw damaged('something follows its end');
    await moveSequencesOn(client, head);
    const ordered = await orderAgain(client);
    await client.query('COMMIT');
    return {
      madeAt: new Date(head.madeAt),
      tables: head.tables.map(({ name }) => ({ name, rows: loaded[name]?.rows ?? 0 })),
      ordered,
    };
  } finally {
    // Before the commit, ending the session takes everything back.
    await client.end().catch(() => undefined);
  }
}

/** The entries of a table follow each other, and tables come in the order of the head. */
async function copyTables(
  client: pg.Client,
  head: Head,
  next: () => Promise<Entry | null>,
): Promise<{ loaded: Loaded; last: Entry | null }> {
  const loaded: Loaded = {};
  let entry = await next();
  for (const table of head.tables) {
    const copy = new TableCopy(client, table);
    while (entry !== null && tableOfEntry(entry.name) === table.name) {
      await copy.write(entry.content);
      entry = await next();
    }
    loaded[table.name] = await copy.end();
  }
  return { loaded, last: entry };
}

class TableCopy {
  private readonly stream: Writable & { readonly rowCount: number };
  private readonly failed: Promise<never>;
  private readonly hash: Hash = createHash('sha256');

  constructor(
    client: pg.Client,
    private readonly table: Table,
  ) {
    const list = table.columns.map((column) => client.escapeIdentifier(column)).join(', ');
    this.stream = client.query(
      copyStreams.from(`COPY ${client.escapeIdentifier(table.name)} (${list}) FROM STDIN`),
    );
    this.failed = new Promise((_resolve, reject) => {
      this.stream.once('error', (error) =>
        reject(damaged(`the rows of ${this.table.name} are refused by the database (${error.message})`)),
      );
    });
    this.failed.catch(() => undefined);
  }

  async write(rows: Buffer): Promise<void> {
    this.hash.update(rows);
    if (!this.stream.write(rows)) await Promise.race([once(this.stream, 'drain'), this.failed]);
  }

  async end(): Promise<{ rows: number; sha256: string }> {
    this.stream.end();
    await Promise.race([finished(this.stream), this.failed]);
    return { rows: this.stream.rowCount, sha256: this.hash.digest('hex') };
  }
}

function sealIn(last: Entry | null): Seal {
  if (last === null) throw damaged('it ends too soon');
  if (last.name !== SEAL) throw damaged(`${JSON.stringify(last.name)} is not where it belongs`);
  try {
    return Seal.parse(JSON.parse(last.content.toString('utf8')));
  } catch (cause) {
    throw damaged('its seal cannot be read', cause);
  }
}

function compare(loaded: Loaded, { tables }: Seal): void {
  for (const [name, { rows, sha256 }] of Object.entries(loaded)) {
    const sealed = tables[name];
    if (sealed?.rows !== rows || sealed.sha256 !== sha256) {
      throw damaged(`the rows of ${name} are not those that were backed up`);
    }
  }
}

async function refuseOtherTables(client: pg.Client, head: Head): Promise<void> {
  const here = await tablesInOrder(client);
  const described = (tables: readonly Table[]) =>
    JSON.stringify(tables.map(({ name, columns }) => [name, columns]));
  if (described(here) !== described(head.tables)) {
    throw new BackupError(
      'other-version',
      'The tables of the database are not those that the backup was made of. Restore into a new, empty database.',
    );
  }
}

async function refuseRows(client: pg.Client, head: Head): Promise<void> {
  for (const { name } of head.tables) {
    const { rowCount } = await client.query(`SELECT FROM ${client.escapeIdentifier(name)} LIMIT 1`);
    if (rowCount !== 0) {
      throw new BackupError(
        'not-empty',
        `The database holds data already (in ${name}); nothing of it was changed. Restore into an empty one.`,
      );
    }
  }
}

/** COPY gives numbers without counting: what comes next must not be a number that is taken. */
async function moveSequencesOn(client: pg.Client, head: Head): Promise<void> {
  for (const { name, columns } of head.tables) {
    for (const column of columns) {
      const table = client.escapeIdentifier(name);
      const { rows } = await client.query<{ sequence: string | null }>(
        'SELECT pg_get_serial_sequence($1, $2) AS sequence',
        [table, column],
      );
      const sequence = rows[0]?.sequence ?? null;
      if (sequence === null) continue;
      await client.query(
        `SELECT setval($1::regclass, max(${client.escapeIdentifier(column)})) FROM ${table} HAVING count(*) > 0`,
        [sequence],
      );
    }
  }
}

/** The queue is not backed up: what was being marked is ordered anew. */
async function orderAgain(client: pg.Client): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE outbox_jobs SET enqueued_at = NULL WHERE id IN (
       SELECT DISTINCT ON (o.submission_id) o.id
       FROM outbox_jobs o JOIN submissions s ON s.id = o.submission_id
       WHERE s.state IN ('received', 'splitting', 'marking')
       ORDER BY o.submission_id, o.created_at DESC)`,
  );
  return rowCount ?? 0;
}

function damaged(what: string, cause?: unknown): BackupError {
  return new BackupError(
    'damaged',
    `The backup is damaged: ${what}. Nothing was put back; take another copy of it.`,
    { cause },
  );
}
