import type { JsonValue } from './json.js';
import type { Page } from './submissions.js';

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
