import { conflictedStudents } from './conflicts.js';
import type { Session } from './database.js';
import { NotFoundError } from './errors.js';
import { staffOf } from './teams/members.js';

/**
 * Whether somebody may decide between two marks of an answer: whoever gave neither. Where all who may mark this student's work
 * in the exam gave one of them, as in a team of two, an examiner among them decides, lest nobody ever can.
 */
export async function mayModerate(
  session: Session,
  answerId: string,
  markers: ReadonlySet<string>,
  person: string,
): Promise<boolean> {
  if (!markers.has(person)) return true;
  const answer = await session.answer.findUnique({
    where: { id: answerId },
    select: { submission: { select: { examId: true, studentId: true } } },
  });
  if (answer === null) throw new NotFoundError('answer', answerId);
  const { examId, studentId } = answer.submission;
  const staff = await staffOf(session, examId);
  if (!staff.some((each) => each.person.id === person && each.role === 'examiner')) return false;
  for (const { person: other } of staff) {
    if (markers.has(other.id)) continue;
    if (!(await conflictedStudents(session, other.id)).includes(studentId)) return false;
  }
  return true;
}

/** Whether nobody but this person examines the exam. */
export async function examinesAlone(session: Session, examId: string, person: string): Promise<boolean> {
  const staff = await staffOf(session, examId);
  return !staff.some((each) => each.role === 'examiner' && each.person.id !== person);
}

/** Of an exam: whether somebody else than this marker may mark a student's work. */
export async function othersWhoMayMark(
  session: Session,
  examId: string,
): Promise<(markerId: string, studentId: string) => boolean> {
  const staff = await staffOf(session, examId);
  const closed = new Map<string, ReadonlySet<string>>();
  for (const { person } of staff)
    closed.set(person.id, new Set(await conflictedStudents(session, person.id)));
  return (markerId, studentId) =>
    [...closed].some(([person, students]) => person !== markerId && !students.has(studentId));
}
