import { fromJson, oneOf } from './database.js';
import type { Decimal } from './decimal.js';
import type { ProposedMark as Row } from './generated/prisma/client.js';
import type { JsonValue } from './json.js';

/** `absent`: no answer was given. `failed`: a fault of the system. Only `proposed` carries marks. */
export const PROPOSED_OUTCOMES = ['proposed', 'needs-person', 'absent', 'failed'] as const;
export type ProposedOutcome = (typeof PROPOSED_OUTCOMES)[number];

export interface NewProposedMark {
  readonly answerId: string;
  /** The reading that was marked. */
  readonly readingId: string;
  readonly engineVersion: string;
  readonly examVersionId: string;
  readonly schemeHash: string;
  readonly outcome: ProposedOutcome;
  /** Null unless the outcome is `proposed`. */
  readonly marks: Decimal | null;
  /** 0 (none) to 1 (entirely): how much a person's eye is needed. Orders the marking queue. */
  readonly doubt: number;
  /** The proposal as marking made it: items, evidence, summary. Kept letter by letter. */
  readonly evidence: JsonValue;
}

/** What the machine proposes for one reading of an answer. Never a mark: a person decides. */
export interface ProposedMark extends NewProposedMark {
  readonly id: string;
  readonly createdAt: Date;
}

export function proposedMarkOf(row: Row): ProposedMark {
  const { seq: _seq, ...columns } = row;
  return {
    ...columns,
    outcome: oneOf(PROPOSED_OUTCOMES, row.outcome),
    marks: row.marks?.toString() ?? null,
    evidence: fromJson(row.evidence),
  };
}
