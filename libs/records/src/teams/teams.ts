import { recordAudit } from '../audit.js';
import { type Database, isForeignKeyViolation, isUuid, oneOf, type Session } from '../database.js';
import { InvalidRecordError, NotFoundError } from '../errors.js';
import { type Role, type User, userOf } from '../user.js';
import { allTeams, type ExamObject, examsNaming, staffOf, teamAround } from './members.js';
import { roleInExam, TEAM_ROLES, type TeamRole } from './role-in-exam.js';

/** Somebody of an exam's team. */
export interface TeamMember {
  readonly person: User;
  readonly role: TeamRole;
  /** Null for the machine room. */
  readonly byName: string | null;
  readonly at: Date;
}

interface Somebody {
  readonly id: string;
  readonly role: Role;
}

/** Who examines and marks single exams. An exam without a team is open to everybody as what they are in the service. */
export interface Teams {
  /**
   * What this person is in the exam to which the object belongs; null where that is not open to them, undefined where
   * there is no such object, or it belongs to no exam.
   */
  roleAt(
    object: { readonly kind: ExamObject; readonly id: string },
    person: Somebody,
  ): Promise<Role | null | undefined>;
  /** The same for every exam, by its id. */
  roles(person: Somebody): Promise<(examId: string) => Role | null>;
  /** Whether any team names them. */
  isNamed(personId: string): Promise<boolean>;
  /** By name; empty where the exam has no team. Throws NotFoundError. */
  of(examId: string): Promise<readonly TeamMember[]>;
  /** Everybody who may mark the exam, by name. */
  staff(examId: string): Promise<readonly User[]>;
  /**
   * Names somebody, or gives them another role. The first naming keeps the exam to its team, with whoever names as its
   * examiner. Throws NotFoundError; InvalidRecordError for who takes the exam, for an examiner who is none in the service,
   * and where nobody would examine any more.
   */
  name(request: {
    readonly examId: string;
    readonly personId: string;
    readonly role: TeamRole;
    readonly by: string;
  }): Promise<void>;
  /** Throws NotFoundError where they are not of the team; InvalidRecordError where nobody would examine any more. */
  leave(request: { readonly examId: string; readonly personId: string; readonly by: string }): Promise<void>;
  /** Opens the exam to everybody again, as what they are in the service. Throws InvalidRecordError where it is. */
  dissolve(request: { readonly examId: string; readonly by: string }): Promise<void>;
}

export function teams(db: Database): Teams {
  const changing = async (examId: string, act: (tx: Session) => Promise<void>): Promise<void> => {
    if (!isUuid(examId)) throw new NotFoundError('exam', examId);
    try {
      await db.$transaction(async (tx) => {
        await lock(tx, examId);
        await act(tx);
      });
    } catch (error) {
      if (isForeignKeyViolation(error)) throw new NotFoundError('user', examId);
      throw error;
    }
  };
  return {
    roleAt: async (object, person) => {
      const team = await teamAround(db, object);
      return team && roleInExam(team, person);
    },
    roles: async (person) => {
      const all = await allTeams(db);
      return (examId) => roleInExam(all.get(examId) ?? [], person);
    },
    isNamed: async (personId) => (await examsNaming(db, personId)).length > 0,
    of: async (examId) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      return membersOf(db, examId);
    },
    staff: async (examId) => (await staffOf(db, examId)).map(({ person }) => person),
    name: (request) => changing(request.examId, (tx) => name(tx, request)),
    leave: (request) => changing(request.examId, (tx) => leave(tx, request)),
    dissolve: ({ examId, by }) =>
      changing(examId, async (tx) => {
        const members = await membersOf(tx, examId);
        if (members.length === 0) throw new InvalidRecordError('This exam has no team.');
        for (const { person } of members) await write(tx, { examId, personId: person.id, role: 'none', by });
        await recordAudit(tx, {
          actorId: by,
          action: 'team-dissolved',
          objectType: 'exam',
          objectId: examId,
        });
      }),
  };
}

/** Keeps a new exam to whoever has made it, until they name others. */
export async function keepToItsMaker(tx: Session, examId: string, by: string): Promise<void> {
  await write(tx, { examId, personId: by, role: 'examiner', by });
  await recordAudit(tx, audited(examId, by, 'team-member-named', by, 'examiner'));
}

/** Takes somebody out of every team: they are a student from now on. Their exams have an examiner left, or fall to the service's. */
export async function leaveAllTeams(tx: Session, personId: string, by: string | null): Promise<void> {
  for (const examId of (await examsNaming(tx, personId)).toSorted()) {
    await lock(tx, examId);
    await write(tx, { examId, personId, role: 'none', by });
    await recordAudit(tx, audited(examId, personId, 'team-left', by));
  }
}

/** Of two who change a team, one waits; uploads do not. */
async function lock(tx: Session, examId: string): Promise<void> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM exams WHERE id = ${examId}::uuid FOR NO KEY UPDATE`;
  if (found.length === 0) throw new NotFoundError('exam', examId);
}

async function name(
  tx: Session,
  { examId, personId, role, by }: Parameters<Teams['name']>[0],
): Promise<void> {
  const row = await tx.user.findUnique({ where: { id: personId } });
  if (!row || row.banned === true) throw new NotFoundError('user', personId);
  const person = userOf(row);
  if (role === 'examiner' && person.role !== 'examiner')
    throw new InvalidRecordError(
      'Only an examiner of the service can examine; give them that role first, or name them a marker.',
    );
  if (person.role === 'student') await mustNotTake(tx, examId, personId);
  const before = await membersOf(tx, examId);
  const was = before.find((member) => member.person.id === personId);
  if (was?.role === role) return;
  if (before.length === 0 && !(role === 'examiner' && personId === by)) {
    const leader = await tx.user.findUnique({ where: { id: by } });
    if (!leader) throw new NotFoundError('user', by);
    if (personId === by || leader.role !== 'examiner')
      throw new InvalidRecordError('A team needs an examiner; name one first.');
    await write(tx, { examId, personId: by, role: 'examiner', by });
    await recordAudit(tx, audited(examId, by, 'team-member-named', by, 'examiner'));
  }
  mustLeaveAnExaminer(before, was);
  await write(tx, { examId, personId, role, by });
  await recordAudit(tx, audited(examId, personId, 'team-member-named', by, role));
}

async function leave(tx: Session, { examId, personId, by }: Parameters<Teams['leave']>[0]): Promise<void> {
  const before = await membersOf(tx, examId);
  const was = before.find(({ person }) => person.id === personId);
  if (was === undefined) throw new NotFoundError('user', personId);
  mustLeaveAnExaminer(before, was);
  await write(tx, { examId, personId, role: 'none', by });
  // What lies on their desk is for others.
  await tx.markingHold.deleteMany({ where: { holderId: personId, answer: { submission: { examId } } } });
  await recordAudit(tx, audited(examId, personId, 'team-left', by));
}

function mustLeaveAnExaminer(team: readonly TeamMember[], who: TeamMember | undefined): void {
  const examiners = team.filter(({ role, person }) => role === 'examiner' && person.role === 'examiner');
  if (examiners.length !== 1 || examiners[0] !== who) return;
  throw new InvalidRecordError(
    'Nobody else of the team examines. Name another examiner first, or open the exam to everybody again.',
  );
}

/** Nobody marks an exam that they take. */
async function mustNotTake(tx: Session, examId: string, personId: string): Promise<void> {
  const enrolled = await tx.enrolment.count({ where: { examId, studentId: personId } });
  const handedIn = await tx.submission.count({ where: { examId, studentId: personId } });
  if (enrolled + handedIn > 0) throw new InvalidRecordError('This person takes the exam as a student.');
}

async function membersOf(session: Session, examId: string): Promise<TeamMember[]> {
  const latest = await session.examStaff.findMany({
    where: { examId },
    orderBy: [{ personId: 'asc' }, { number: 'desc' }],
    distinct: ['personId'],
    include: { person: true, by: { select: { name: true } } },
  });
  return latest
    .flatMap(({ person, role, by, at }) =>
      role === 'none' || person.banned === true
        ? []
        : [{ person: userOf(person), role: oneOf(TEAM_ROLES, role), byName: by?.name ?? null, at }],
    )
    .toSorted(
      (one, other) =>
        one.person.name.localeCompare(other.person.name) || one.person.id.localeCompare(other.person.id),
    );
}

async function write(
  tx: Session,
  given: {
    readonly examId: string;
    readonly personId: string;
    readonly role: TeamRole | 'none';
    readonly by: string | null;
  },
): Promise<void> {
  const { examId, personId, role, by } = given;
  const latest = await tx.examStaff.findFirst({ where: { examId, personId }, orderBy: { number: 'desc' } });
  await tx.examStaff.create({
    data: { examId, personId, number: (latest?.number ?? 0) + 1, role, byId: by },
  });
}

function audited(examId: string, personId: string, action: string, by: string | null, role?: TeamRole) {
  return {
    actorId: by,
    action,
    objectType: 'exam',
    objectId: examId,
    details: { personId, ...(role === undefined ? {} : { role }) },
  };
}
