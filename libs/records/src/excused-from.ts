import { isUuid, type Session } from './database.js';

/** What one student of an exam is excused from. */
export interface ExcusedFrom {
  readonly everything: boolean;
  readonly parts: ReadonlySet<string>;
}

/** How the whole exam is written where a part's name would stand. */
export const EVERYTHING = '';
const NOTHING_EXCUSED: ExcusedFrom = { everything: false, parts: new Set() };

export function isExcused({ everything, parts }: ExcusedFrom, part: string): boolean {
  return everything || parts.has(part);
}

const key = (examId: string, studentId: string) => `${examId} ${studentId}`;

/** What students of exams are excused from, by exam and student; who is excused from nothing is not in it. */
async function excusedOf(
  session: Session,
  examIds: readonly string[],
  studentIds?: readonly string[],
): Promise<ReadonlyMap<string, ExcusedFrom>> {
  const rows = await session.excusal.findMany({
    where: {
      examId: { in: examIds.filter(isUuid) },
      ...(studentIds === undefined ? {} : { studentId: { in: [...studentIds] } }),
    },
    orderBy: { number: 'desc' },
    distinct: ['examId', 'studentId', 'part'],
    select: { examId: true, studentId: true, part: true, excused: true },
  });
  const all = new Map<string, { everything: boolean; parts: Set<string> }>();
  for (const { examId, studentId, part, excused } of rows) {
    if (!excused) continue;
    const mine = all.get(key(examId, studentId)) ?? { everything: false, parts: new Set<string>() };
    if (part === EVERYTHING) mine.everything = true;
    else mine.parts.add(part);
    all.set(key(examId, studentId), mine);
  }
  return all;
}

/** As a question of who and which exam, for many at once. */
export async function excusedFrom(
  session: Session,
  examIds: readonly string[],
  studentIds?: readonly string[],
): Promise<(examId: string, studentId: string) => ExcusedFrom> {
  const all = await excusedOf(session, [...new Set(examIds)], studentIds && [...new Set(studentIds)]);
  return (examId, studentId) => all.get(key(examId, studentId)) ?? NOTHING_EXCUSED;
}
