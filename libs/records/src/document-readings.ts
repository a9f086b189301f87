import {
  type Database,
  fromJson,
  isForeignKeyViolation,
  isUniqueViolation,
  isUuid,
  storable,
  toJson,
} from './database.js';
import { NotFoundError } from './errors.js';
import type { DocumentReading as Row } from './generated/prisma/client.js';
import type { JsonValue } from './json.js';

/** What was read from an uploaded file that is not text itself. */
export interface DocumentReading {
  readonly submissionId: string;
  readonly engineVersion: string;
  /** That in which the places of answers are. */
  readonly text: string;
  readonly layout: JsonValue;
  readonly readAt: Date;
}

export interface DocumentReadings {
  /**
   * Keeps the first reading of each version of the engine and gives it back: whoever reads the file again, to
   * another text even, goes on with that. Throws NotFoundError.
   */
  keep(reading: Omit<DocumentReading, 'readAt'>): Promise<DocumentReading>;
  find(submissionId: string, engineVersion: string): Promise<DocumentReading | null>;
  latest(submissionId: string): Promise<DocumentReading | null>;
}

export function documentReadings(db: Database): DocumentReadings {
  const find = async (submissionId: string, engineVersion: string): Promise<DocumentReading | null> => {
    if (!isUuid(submissionId)) return null;
    const row = await db.documentReading.findUnique({
      where: { submissionId_engineVersion: { submissionId, engineVersion } },
    });
    return row && readingOf(row);
  };
  return {
    find,
    keep: async ({ submissionId, engineVersion, text, layout }) => {
      if (!isUuid(submissionId)) throw new NotFoundError('submission', submissionId);
      try {
        return readingOf(
          await db.documentReading.create({
            data: { submissionId, engineVersion, text: storable(text), layout: toJson(layout) },
          }),
        );
      } catch (error) {
        if (isForeignKeyViolation(error)) throw new NotFoundError('submission', submissionId);
        const first = isUniqueViolation(error) ? await find(submissionId, engineVersion) : null;
        if (first === null) throw error;
        return first;
      }
    },
    latest: async (submissionId) => {
      if (!isUuid(submissionId)) return null;
      const row = await db.documentReading.findFirst({
        where: { submissionId },
        orderBy: { readAt: 'desc' },
      });
      return row && readingOf(row);
    },
  };
}

function readingOf({ submissionId, engineVersion, text, layout, readAt }: Row): DocumentReading {
  return { submissionId, engineVersion, text, layout: fromJson(layout), readAt };
}
