import { clampLimit, type Database, fromJson, type Session, toJson } from './database.js';
import type { AuditEntry as Row } from './generated/prisma/client.js';
import type { JsonValue } from './json.js';
import type { Page } from './page.js';

/** One thing somebody did or saw. Append-only. */
export interface AuditEntry {
  readonly id: string;
  /** User id; null for the system. */
  readonly actorId: string | null;
  /** Verb in the past, such as `mark-set`, `script-viewed`, `marks-released`. */
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly at: Date;
  readonly details: JsonValue;
}

export interface NewAuditEntry {
  readonly actorId: string | null;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly details?: JsonValue;
}

/** Changes are audited by the room itself, in their own transaction; views and sign-ins are told to it. */
export interface Audit {
  record(entry: NewAuditEntry): Promise<AuditEntry>;
  /** All of them or none. */
  recordAll(entries: readonly NewAuditEntry[]): Promise<void>;
  /** Newest first. */
  list(filter: {
    readonly objectType?: string;
    readonly objectId?: string;
    readonly actorId?: string;
    readonly action?: string;
    readonly limit?: number;
    readonly after?: string;
  }): Promise<Page<AuditEntry>>;
}

export function audit(db: Database): Audit {
  return {
    record: (entry) => recordAudit(db, entry),
    recordAll: (entries) => recordAudits(db, entries),
    list: async ({ objectType, objectId, actorId, action, limit, after }) => {
      const take = clampLimit(limit, 100);
      const rows = await db.auditEntry.findMany({
        where: {
          objectType,
          objectId,
          actorId,
          action,
          ...(after !== undefined && /^\d{1,18}$/.test(after) ? { id: { lt: BigInt(after) } } : {}),
        },
        orderBy: { id: 'desc' },
        take: take + 1,
      });
      const items = rows.slice(0, take).map(entryOf);
      return { items, next: rows.length > take ? (items.at(-1)?.id ?? null) : null };
    },
  };
}

/** Writes an entry in the transaction of what it is about, so that neither is without the other. */
export async function recordAudit(session: Session, entry: NewAuditEntry): Promise<AuditEntry> {
  return entryOf(await session.auditEntry.create({ data: rowOf(entry) }));
}

/** As `recordAudit`, for many at once. */
export async function recordAudits(session: Session, entries: readonly NewAuditEntry[]): Promise<void> {
  await session.auditEntry.createMany({ data: entries.map(rowOf) });
}

function rowOf({ actorId, action, objectType, objectId, details = {} }: NewAuditEntry) {
  return { actorId, action, objectType, objectId, details: toJson(details) };
}

function entryOf(row: Row): AuditEntry {
  return { ...row, id: row.id.toString(), details: fromJson(row.details) };
}
