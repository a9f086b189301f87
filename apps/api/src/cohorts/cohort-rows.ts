import { extended, latenessOf } from '@tensormark/deadlines';
import { harmlessName, onlyOnce, Roster, type Cohort, type Whose } from '@tensormark/documents';
import type { Records, User } from '@tensormark/records';
import { MEDIA_TYPES } from '../submissions/upload.js';
import type { CohortRow } from './cohorts.contract.js';
import type { PieceFile } from './read-apart.js';
import { recordedTime, sharesOf, type Archive, type Share } from './shares.js';

/** What an archive says, whose each share is taken to be, and what is there of it already. */
export async function rowsOf(
  records: Pick<Records, 'submissions' | 'schedules'>,
  archive: Archive,
  cohort: Cohort,
  {
    files,
    students,
  }: {
    /** By the keys of the pieces. */
    readonly files: ReadonlyMap<string, PieceFile>;
    readonly students: readonly User[];
  },
): Promise<CohortRow[]> {
  const byId = new Map(students.map((student) => [student.id, student]));
  const roster = new Roster(students);
  const shares = sharesOf(cohort);
  const whose = onlyOnce(shares.map(({ hint }) => roster.whose(hint)));
  const found = whose.flatMap((each) => (each.kind === 'known' ? [each.student] : []));
  const attempts = await records.submissions.attempts(archive.examId, found);
  const rows: CohortRow[] = [];
  for (const [index, share] of shares.entries()) {
    const file = files.get(share.piece.key);
    const owner = whose[index];
    if (file === undefined || owner === undefined)
      throw new Error('a piece was read of which nothing was said');
    const theirs = attempts.filter(({ studentId }) => owner.kind === 'known' && studentId === owner.student);
    rows.push({
      key: share.key,
      says: {
        name: harmless(share.hint.names[0] ?? null),
        email: harmless(share.hint.email),
        number: harmless(share.hint.number),
        platformId: share.hint.platformId,
      },
      files: share.piece.files.map(({ name }) => name),
      file: file.kind === 'refused' ? file : { ...file, mediaType: MEDIA_TYPES[file.format] },
      whose: shown(owner, byId),
      attempts: theirs.length,
      already:
        file.kind === 'ready' ? (theirs.find(({ sha256 }) => sha256 === file.sha256)?.attempt ?? null) : null,
      submittedAt: share.piece.submittedAt?.toISOString() ?? null,
      calledLate: share.piece.late,
      late: owner.kind === 'known' ? await lateness(records, archive, share, owner.student) : null,
    });
  }
  return rows;
}

async function lateness(
  records: Pick<Records, 'schedules'>,
  archive: Archive,
  share: Share,
  student: string,
): Promise<CohortRow['late']> {
  const { schedule, extension } = await records.schedules.standing(archive.examId, student);
  const mine = extended(schedule, extension);
  return {
    recorded: latenessOf(mine, recordedTime(share, archive)) !== null,
    arrival: latenessOf(mine, archive.wholeAt) !== null,
  };
}

/** As it is shown, whatever turns its direction taken out. */
function harmless(said: string | null): string | null {
  return said === null ? null : harmlessName(said);
}

function shown(whose: Whose, students: ReadonlyMap<string, User>): CohortRow['whose'] {
  const view = (id: string) => {
    const student = students.get(id);
    if (student === undefined) return [];
    const { name, email, studentNumber } = student;
    return [{ id, name, email, studentNumber }];
  };
  if (whose.kind === 'asked') return { ...whose, candidates: whose.candidates.flatMap(view) };
  const [student] = view(whose.student);
  if (student === undefined) return { kind: 'asked', why: 'unknown', candidates: [] };
  return { ...whose, student };
}
