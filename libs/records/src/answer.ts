import { fromJson } from './database.js';
import type { Answer as Row, AnswerReading as ReadingRow } from './generated/prisma/client.js';
import type { JsonValue } from './json.js';

/** The answer to one part, with its latest reading. Marks follow the answer, never the page. */
export interface Answer {
  readonly id: string;
  readonly submissionId: string;
  readonly part: string;
  /** Number of the latest reading, from 1; grows when somebody moves pieces or a better splitter reads again. */
  readonly reading: number;
  readonly readingId: string;
  /** False when nothing in the document answers this part. */
  readonly found: boolean;
  readonly text: string;
  /** Where in the document it was found, as `answers` describes it. */
  readonly pieces: JsonValue;
  /** 0 to 1. */
  readonly confidence: number;
  /** Why the splitter is not sure; empty when it is. */
  readonly reasons: readonly string[];
  /** Version of the splitter, or null when a person read it. */
  readonly engineVersion: string | null;
  readonly readById: string | null;
  readonly readAt: Date;
}

export interface SplitAnswer {
  readonly part: string;
  readonly found: boolean;
  readonly text: string;
  readonly pieces: JsonValue;
  readonly confidence: number;
  readonly reasons: readonly string[];
}

/** The latest reading of an answer, for queries. */
export const LATEST_READING = { readings: { orderBy: { number: 'desc' }, take: 1 } } as const;

/** Null before the first reading. */
export function answerOf(row: Row & { readonly readings: readonly ReadingRow[] }): Answer | null {
  const [reading] = row.readings;
  if (!reading) return null;
  return {
    id: row.id,
    submissionId: row.submissionId,
    part: row.part,
    reading: reading.number,
    readingId: reading.id,
    found: reading.found,
    text: reading.text,
    pieces: fromJson(reading.pieces),
    confidence: reading.confidence,
    reasons: reading.reasons,
    engineVersion: reading.engineVersion,
    readById: reading.readById,
    readAt: reading.readAt,
  };
}
