import pg from 'pg';

export interface Tally {
  readonly submissions: readonly string[];
  readonly states: Readonly<Record<string, number>>;
  /** Submissions whose marking has not ended. */
  readonly unsettled: number;
  /** Answers with more than one proposal. */
  readonly markedTwice: number;
  /** Bytes of the whole database, indexes included. */
  readonly bytes: number;
}

/** What the database holds, asked behind the back of the service. */
export async function tally(databaseUrl: string): Promise<Tally> {
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    const submissions = await client.query<{ id: string; state: string }>(
      'SELECT id, state FROM submissions',
    );
    const twice = await client.query(
      'SELECT answer_id FROM proposed_marks GROUP BY answer_id HAVING count(*) > 1',
    );
    const size = await client.query<{ bytes: string }>(
      'SELECT pg_database_size(current_database()) AS bytes',
    );
    const states: Record<string, number> = {};
    for (const { state } of submissions.rows) states[state] = (states[state] ?? 0) + 1;
    const ended = ['ready', 'needs-person', 'failed'].reduce((sum, state) => sum + (states[state] ?? 0), 0);
    return {
      submissions: submissions.rows.map(({ id }) => id),
      states,
      unsettled: submissions.rows.length - ended,
      markedTwice: twice.rowCount ?? 0,
      bytes: Number(size.rows[0]?.bytes),
    };
  } finally {
    await client.end().catch(() => undefined);
  }
}
