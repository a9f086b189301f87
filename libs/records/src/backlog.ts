import type { Database } from './database.js';

/** How much is on its way, for those who keep the service running. */
export interface Backlog {
  /** Submissions on their way, and those that a fault of the system ended. */
  readonly submissions: Readonly<Record<'received' | 'splitting' | 'marking' | 'failed', number>>;
  /** How long the oldest submission on its way has waited; 0 where none is. */
  readonly oldestUnsettledSeconds: number;
  /** Orders that no queue has taken yet. */
  readonly ordersWaiting: number;
}

export async function readBacklog(db: Database): Promise<Backlog> {
  const [rows, orders] = await Promise.all([
    db.$queryRaw<{ state: string; count: number; seconds: number }[]>`
      SELECT state, count(*)::int AS count, extract(epoch FROM now() - min(received_at))::float AS seconds
      FROM submissions WHERE state IN ('received', 'splitting', 'marking', 'failed') GROUP BY state`,
    db.outboxJob.count({ where: { enqueuedAt: null } }),
  ]);
  const of = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
  const waits = rows.filter(({ state }) => state !== 'failed').map(({ seconds }) => seconds);
  return {
    submissions: {
      received: of('received'),
      splitting: of('splitting'),
      marking: of('marking'),
      failed: of('failed'),
    },
    oldestUnsettledSeconds: Math.max(0, ...waits),
    ordersWaiting: orders,
  };
}
