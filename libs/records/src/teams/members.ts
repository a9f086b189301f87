import { isUuid, oneOf, type Session, storable } from '../database.js';
import { Prisma } from '../generated/prisma/client.js';
import { type Role, ROLES, type User, userOf } from '../user.js';
import { type Membership, roleInExam, TEAM_ROLES, type TeamRole } from './role-in-exam.js';

/** What of an exam somebody asks for. */
export const EXAM_OBJECTS = ['exam', 'submission', 'answer', 'flag', 'comment', 'request', 'link'] as const;
export type ExamObject = (typeof EXAM_OBJECTS)[number];

/** To which exam an object of each kind belongs, as a query of its id. An exam goes by its short name too. */
const EXAM_OF: Readonly<Record<ExamObject, (id: string) => Prisma.Sql>> = {
  exam: (id) =>
    isUuid(id)
      ? Prisma.sql`SELECT id FROM exams WHERE id = ${id}::uuid OR slug = ${id}`
      : Prisma.sql`SELECT id FROM exams WHERE slug = ${id}`,
  submission: (id) => Prisma.sql`SELECT exam_id AS id FROM submissions WHERE id = ${id}::uuid`,
  answer: (id) => Prisma.sql`
    SELECT s.exam_id AS id FROM answers a JOIN submissions s ON s.id = a.submission_id WHERE a.id = ${id}::uuid`,
  flag: (id) => Prisma.sql`
    SELECT s.exam_id AS id FROM marking_flags f JOIN answers a ON a.id = f.answer_id
    JOIN submissions s ON s.id = a.submission_id WHERE f.id = ${id}::uuid`,
  comment: (id) => Prisma.sql`SELECT exam_id AS id FROM comments WHERE id = ${id}::uuid`,
  request: (id) => Prisma.sql`
    SELECT r.exam_id AS id FROM review_requests q JOIN releases r ON r.id = q.release_id WHERE q.id = ${id}::uuid`,
  link: (id) => Prisma.sql`
    SELECT exam_id AS id FROM course_links WHERE id = ${id}::uuid AND exam_id IS NOT NULL`,
};

/** The team of the exam that this belongs to, in one query; undefined where nothing is there, or it is of no exam. */
export async function teamAround(
  session: Session,
  object: { readonly kind: ExamObject; readonly id: string },
): Promise<readonly Membership[] | undefined> {
  if (object.kind !== 'exam' && !isUuid(object.id)) return undefined;
  const rows = await session.$queryRaw<{ personId: string | null; role: string; serviceRole: string }[]>`
    WITH here AS (${EXAM_OF[object.kind](storable(object.id))})
    SELECT m.person_id AS "personId", m.role, u.role AS "serviceRole"
    FROM here LEFT JOIN (
      LATERAL (
        SELECT DISTINCT ON (person_id) person_id, role FROM exam_staff WHERE exam_id = here.id
        ORDER BY person_id, number DESC
      ) m JOIN users u ON u.id = m.person_id AND m.role <> 'none' AND u.banned IS NOT TRUE
    ) ON true`;
  if (rows.length === 0) return undefined;
  return rows.flatMap(({ personId, role, serviceRole }) =>
    personId === null ? [] : [membership(personId, role, serviceRole)],
  );
}

/** By exam; those that are not there have no team. */
export async function allTeams(session: Session): Promise<ReadonlyMap<string, readonly Membership[]>> {
  const rows = await session.$queryRaw<
    { examId: string; personId: string; role: string; serviceRole: string }[]
  >`
    SELECT m.exam_id::text AS "examId", m.person_id AS "personId", m.role, u.role AS "serviceRole"
    FROM (SELECT DISTINCT ON (exam_id, person_id) exam_id, person_id, role FROM exam_staff
          ORDER BY exam_id, person_id, number DESC) m
    JOIN users u ON u.id = m.person_id AND m.role <> 'none' AND u.banned IS NOT TRUE`;
  const teams = new Map<string, Membership[]>();
  for (const { examId, personId, role, serviceRole } of rows) {
    const team = teams.get(examId) ?? [];
    team.push(membership(personId, role, serviceRole));
    teams.set(examId, team);
  }
  return teams;
}

/** What somebody is in the exam; null where it is not open to them, or they are not there. */
export async function roleOf(session: Session, examId: string, personId: string): Promise<Role | null> {
  const person = await session.user.findUnique({ where: { id: personId } });
  if (!person || person.banned === true) return null;
  const team = (await teamAround(session, { kind: 'exam', id: examId })) ?? [];
  return roleInExam(team, { id: personId, role: oneOf(ROLES, person.role) });
}

/** Everybody who may mark the exam and what they are in it, by name. */
export async function staffOf(
  session: Session,
  examId: string,
): Promise<readonly { readonly person: User; readonly role: TeamRole }[]> {
  const team = (await teamAround(session, { kind: 'exam', id: examId })) ?? [];
  const people = await session.user.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  return people
    .filter(({ banned }) => banned !== true)
    .map(userOf)
    .flatMap((person) => {
      const role = roleInExam(team, person);
      return role === null || role === 'student' ? [] : [{ person, role }];
    });
}

/** The exams whose teams name somebody, by id. */
export async function examsNaming(session: Session, personId: string): Promise<readonly string[]> {
  const latest = await session.examStaff.findMany({
    where: { personId },
    orderBy: [{ examId: 'asc' }, { number: 'desc' }],
    distinct: ['examId'],
    select: { examId: true, role: true },
  });
  return latest.filter(({ role }) => role !== 'none').map(({ examId }) => examId);
}

function membership(personId: string, role: string, serviceRole: string): Membership {
  return { personId, role: oneOf(TEAM_ROLES, role), serviceRole: oneOf(ROLES, serviceRole) };
}
