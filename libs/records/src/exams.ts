import { ALWAYS_OPEN } from '@tensormark/deadlines';
import { createHash } from 'node:crypto';
import { recordAudit } from './audit.js';
import {
  type Database,
  fromJson,
  isForeignKeyViolation,
  isUniqueViolation,
  isUuid,
  type Session,
  storable,
  toJson,
} from './database.js';
import { type Decimal, fromThousandths, thousandths } from './decimal.js';
import { ExamVersionConflictError, InvalidRecordError, NotFoundError } from './errors.js';
import type { ExamPart as PartRow, ExamVersion as VersionRow } from './generated/prisma/client.js';
import type { JsonValue } from './json.js';
import { recordSchedule } from './schedules.js';
import { keepToItsMaker } from './teams/teams.js';

/** One part of an exam version, in the order of the paper. */
export interface ExamPart {
  /** Name of the part, such as `1a`; unique within the version. */
  readonly part: string;
  readonly kind: string;
  readonly title: string;
  readonly maximum: Decimal;
}

export interface ExamVersion {
  readonly id: string;
  readonly examId: string;
  /** 1, 2, 3 … */
  readonly number: number;
  readonly title: string;
  /** The YAML as it was given. */
  readonly source: string;
  readonly definition: JsonValue;
  /** SHA-256 of the source, in hexadecimal. */
  readonly contentHash: string;
  /** What of the version bears on marking; equal hashes mark equally. */
  readonly schemeHash: string;
  readonly parts: readonly ExamPart[];
  readonly createdById: string;
  readonly createdAt: Date;
}

export interface ExamSummary {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly createdAt: Date;
  readonly currentVersionId: string;
  readonly currentVersionNumber: number;
}

export interface Exam extends ExamSummary {
  readonly current: ExamVersion;
}

export interface NewExamVersion {
  /** Names the exam for ever; a known slug gets a further version. */
  readonly slug: string;
  readonly title: string;
  readonly source: string;
  readonly definition: JsonValue;
  /** Defaults to the content hash. */
  readonly schemeHash?: string;
  readonly parts: readonly ExamPart[];
  /** User id. */
  readonly by: string;
  /** The version that this one is made from, 0 for an exam that is not there yet; anything will do where left out. */
  readonly basedOn?: number;
  /** Keeps an exam that is not there yet to a team, with whoever makes it as its examiner. */
  readonly keptToMaker?: boolean;
  /** When an exam that is not there yet opens to students; as soon as it is there where left out. */
  readonly opens?: Date;
}

export interface Exams {
  /**
   * Adds an exam or a further version of one. The same source as the current version changes nothing
   * (`created: false`). Throws InvalidRecordError for repeated parts or maxima that are no decimals,
   * ExamVersionConflictError where it is based on another version than the one that stands.
   */
  put(version: NewExamVersion): Promise<{ exam: Exam; created: boolean }>;
  list(): Promise<readonly ExamSummary[]>;
  find(idOrSlug: string): Promise<Exam | null>;
  /** Throws NotFoundError. */
  get(idOrSlug: string): Promise<Exam>;
  /** Throws NotFoundError. */
  version(examVersionId: string): Promise<ExamVersion>;
  versions(examId: string): Promise<readonly Omit<ExamVersion, 'definition' | 'source'>[]>;
  /** Puts students on the exam's list, so that who hands nothing in is reported as absent. Idempotent. */
  enrol(examId: string, studentIds: readonly string[], by: string): Promise<void>;
}

export function exams(db: Database): Exams {
  const find = async (idOrSlug: string): Promise<Exam | null> => {
    const row = await db.exam.findFirst({
      where: isUuid(idOrSlug) ? { OR: [{ id: idOrSlug }, { slug: idOrSlug }] } : { slug: idOrSlug },
      include: { versions: { ...LATEST, include: IN_ORDER } },
    });
    const version = row?.versions[0];
    return row && version ? examOf(row, version) : null;
  };
  const get = async (idOrSlug: string): Promise<Exam> => {
    const exam = await find(idOrSlug);
    if (!exam) throw new NotFoundError('exam', idOrSlug);
    return exam;
  };
  return {
    put: (version) => put(db, version),
    list: async () => {
      const rows = await db.exam.findMany({
        orderBy: { createdAt: 'desc' },
        include: { versions: { ...LATEST, select: { id: true, number: true, title: true } } },
      });
      return rows.flatMap(({ id, slug, createdAt, versions: [version] }) =>
        version
          ? [
              {
                id,
                slug,
                createdAt,
                title: version.title,
                currentVersionId: version.id,
                currentVersionNumber: version.number,
              },
            ]
          : [],
      );
    },
    find,
    get,
    version: async (examVersionId) => {
      const row = isUuid(examVersionId)
        ? await db.examVersion.findUnique({ where: { id: examVersionId }, include: IN_ORDER })
        : null;
      if (!row) throw new NotFoundError('exam version', examVersionId);
      return versionOf(row);
    },
    versions: async (examId) => {
      if (!isUuid(examId)) return [];
      const rows = await db.examVersion.findMany({
        where: { examId, draft: false },
        orderBy: { number: 'desc' },
        omit: { definition: true, source: true },
        include: IN_ORDER,
      });
      return rows.map((row) => ({ ...row, parts: row.parts.map(partOf) }));
    },
    enrol: async (examId, studentIds, by) => {
      const exam = await get(examId);
      try {
        await db.$transaction(async (tx) => {
          const { count } = await tx.enrolment.createMany({
            data: studentIds.map((studentId) => ({ examId: exam.id, studentId })),
            skipDuplicates: true,
          });
          if (count === 0) return;
          await recordAudit(tx, {
            actorId: by,
            action: 'students-enrolled',
            objectType: 'exam',
            objectId: exam.id,
            details: { studentIds },
          });
        });
      } catch (error) {
        if (isForeignKeyViolation(error)) throw new NotFoundError('user', studentIds.join(', '));
        throw error;
      }
    },
  };
}

const IN_ORDER = { parts: { orderBy: { position: 'asc' } } } as const;
/** The version in force: drafts are nobody's exam. */
export const LATEST = { where: { draft: false }, orderBy: { number: 'desc' }, take: 1 } as const;

async function put(db: Database, given: NewExamVersion): Promise<{ exam: Exam; created: boolean }> {
  const parts = checkedParts(given.parts);
  const source = storable(given.source);
  const contentHash = createHash('sha256').update(source, 'utf8').digest('hex');
  for (;;) {
    try {
      return await db.$transaction((tx) => append(tx, given, source, contentHash, parts));
    } catch (error) {
      // Somebody else put the same exam at the same time: theirs is there now, look again.
      if (isUniqueViolation(error)) continue;
      if (isForeignKeyViolation(error)) throw new NotFoundError('user', given.by);
      throw error;
    }
  }
}

async function append(
  tx: Session,
  given: NewExamVersion,
  source: string,
  contentHash: string,
  parts: readonly ExamPart[],
): Promise<{ exam: Exam; created: boolean }> {
  const before = await tx.exam.findUnique({ where: { slug: given.slug } });
  const exam = before ?? (await tx.exam.create({ data: { slug: given.slug, createdById: given.by } }));
  if (before === null && given.keptToMaker === true) await keepToItsMaker(tx, exam.id, given.by);
  if (before === null && given.opens !== undefined) {
    // With the exam itself, so that no student sees it in between.
    const schedule = { ...ALWAYS_OPEN, opens: given.opens };
    await recordSchedule(tx, { examId: exam.id, number: 1, schedule, by: given.by });
  }
  const latest = await tx.examVersion.findFirst({
    ...LATEST,
    where: { ...LATEST.where, examId: exam.id },
    include: IN_ORDER,
  });
  if (latest?.contentHash === contentHash) return { exam: examOf(exam, latest), created: false };
  if (given.basedOn !== undefined && given.basedOn !== (latest?.number ?? 0)) {
    throw new ExamVersionConflictError(latest?.number ?? 0);
  }

  const version = await tx.examVersion.create({
    data: {
      examId: exam.id,
      number: (latest?.number ?? 0) + 1,
      title: storable(given.title),
      source,
      definition: toJson(given.definition),
      contentHash,
      schemeHash: given.schemeHash ?? contentHash,
      createdById: given.by,
      parts: { create: parts.map((part, position) => ({ ...part, position })) },
    },
    include: IN_ORDER,
  });
  await recordAudit(tx, {
    actorId: given.by,
    action: 'exam-version-put',
    objectType: 'exam',
    objectId: exam.id,
    details: { number: version.number, contentHash },
  });
  return { exam: examOf(exam, version), created: true };
}

export function checkedParts(parts: readonly ExamPart[]): ExamPart[] {
  const seen = new Set<string>();
  return parts.map(({ part, kind, title, maximum }) => {
    if (seen.has(part))
      throw new InvalidRecordError(`The exam has two parts called ${JSON.stringify(part)}.`);
    seen.add(part);
    const exact = thousandths(maximum);
    if (exact === null) {
      throw new InvalidRecordError(
        `The maximum of part ${part} must be a decimal with at most three places, not ${JSON.stringify(maximum)}.`,
      );
    }
    return { part, kind, title: storable(title), maximum: fromThousandths(exact) };
  });
}

type VersionWithParts = VersionRow & { parts: PartRow[] };

function examOf(row: { id: string; slug: string; createdAt: Date }, version: VersionWithParts): Exam {
  return {
    id: row.id,
    slug: row.slug,
    title: version.title,
    createdAt: row.createdAt,
    currentVersionId: version.id,
    currentVersionNumber: version.number,
    current: versionOf(version),
  };
}

function versionOf(row: VersionWithParts): ExamVersion {
  return { ...row, definition: fromJson(row.definition), parts: row.parts.map(partOf) };
}

function partOf({ part, kind, title, maximum }: PartRow): ExamPart {
  return { part, kind, title, maximum: maximum.toString() };
}
