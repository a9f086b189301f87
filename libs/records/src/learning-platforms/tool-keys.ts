import type { Database } from '../database.js';

/** A key of this server's, its private part encrypted by whoever put it here. */
export interface ToolKey {
  readonly id: string;
  readonly privateKey: string;
}

export interface ToolKeys {
  /** The newest first. */
  list(): Promise<readonly ToolKey[]>;
  /** Puts the first key, unless another process has done so: then that one is it. */
  first(key: ToolKey): Promise<void>;
}

export function toolKeys(db: Database): ToolKeys {
  return {
    list: () => db.toolKey.findMany({ orderBy: { at: 'desc' }, select: { id: true, privateKey: true } }),
    first: async ({ id, privateKey }) => {
      await db.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('the first tool key', 0))`;
        if ((await tx.toolKey.count()) === 0) await tx.toolKey.create({ data: { id, privateKey } });
      });
    },
  };
}
