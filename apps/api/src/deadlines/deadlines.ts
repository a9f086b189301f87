import { Inject, Injectable } from '@nestjs/common';
import { admissionOf, extended, rulesInWords, type Admission } from '@tensormark/deadlines';
import { fromThousandths, thousandths, type Extension as Granted, type Records } from '@tensormark/records';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { Problem } from '../http/problem.js';
import { Names } from '../marking/names.js';
import { CLOCK, type Clock } from '../storage/clock.js';
import { RECORDS } from '../storage/tokens.js';
import type { Extension, LatePolicy, NewExtension, NewSchedule, Schedule } from './deadlines.contract.js';

/** When exams are open to whom. */
@Injectable()
export class Deadlines {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly known: KnownExams,
    private readonly names: Names,
  ) {}

  /** Whether a student's work is taken that is here now, or was at that time; and the time that goes onto the receipt. */
  async admission(
    examId: string,
    studentId: string,
    at: Date = this.clock.now(),
  ): Promise<{ admission: Admission; at: Date }> {
    const { schedule, extension } = await this.records.schedules.standing(examId, studentId);
    return { admission: admissionOf(extended(schedule, extension), at), at };
  }

  /** Keeps the questions from students until the exam opens. Throws 403. */
  async mustBeOpen(examId: string, person: Person): Promise<void> {
    if (person.role !== 'student') return;
    const { opens } = await this.records.schedules.of(examId);
    if (opens !== null && this.clock.now() < opens) throw notOpen(opens);
  }

  async of(examName: string, person: Person): Promise<Schedule> {
    const { id } = await this.known.find(examName);
    return this.view(id, person);
  }

  async view(examId: string, person: Person): Promise<Schedule> {
    const { schedule, extension } = await this.records.schedules.standing(examId, person.id);
    const mine = extended(schedule, extension);
    const plan = await this.records.releasePlans.of(examId);
    const { everything, parts } = await this.records.excusals.ofStudent(examId, person.id);
    return {
      opens: schedule.opens?.toISOString() ?? null,
      deadline: schedule.deadline?.toISOString() ?? null,
      graceSeconds: schedule.graceSeconds,
      late: policyOut(schedule.late),
      counts: schedule.counts,
      says: [...rulesInWords(mine)],
      yours: mine.deadline === schedule.deadline ? null : (extension?.toISOString() ?? null),
      now: admissionOf(mine, this.clock.now()).kind,
      // When, and never what is in the way: that is for examiners.
      marks:
        plan?.action === 'planned' || plan?.action === 'held'
          ? { at: plan.dueAt.toISOString(), zone: plan.zone }
          : null,
      excused: everything || parts.size > 0 ? { everything, parts: [...parts] } : null,
    };
  }

  async set(
    examName: string,
    { opens, deadline, late, ...rules }: NewSchedule,
    person: Person,
  ): Promise<Schedule> {
    const { id } = await this.known.find(examName);
    await this.records.schedules.set({
      examId: id,
      by: person.id,
      schedule: { ...rules, opens: timeIn(opens), deadline: timeIn(deadline), late: policyIn(late) },
    });
    return this.view(id, person);
  }

  async extensions(examName: string): Promise<Extension[]> {
    const { id } = await this.known.find(examName);
    return this.shown(await this.records.schedules.extensions(id));
  }

  async extend(
    examName: string,
    studentId: string,
    { deadline, reason }: NewExtension,
    person: Person,
  ): Promise<Extension> {
    const { id } = await this.known.find(examName);
    if ((await this.records.users.find(studentId))?.role !== 'student') throw noStudent();
    if (deadline !== null) mustExtend(deadline, (await this.records.schedules.of(id)).deadline);
    const granted = await this.records.schedules.extend({
      examId: id,
      studentId,
      deadline: timeIn(deadline),
      why: reason,
      by: person.id,
    });
    const [view] = await this.shown([granted]);
    if (view === undefined) throw new Error('an extension that was granted is not there');
    return view;
  }

  private async shown(extensions: readonly Granted[]): Promise<Extension[]> {
    const names = await this.names.of(extensions.map(({ grantedById }) => grantedById));
    const views: Extension[] = [];
    for (const { studentId, deadline, why, grantedById, at } of extensions) {
      const student = await this.records.users.find(studentId);
      if (student === null) continue;
      const { id, name, email, studentNumber } = student;
      views.push({
        student: { id, name, email, studentNumber },
        deadline: deadline?.toISOString() ?? null,
        reason: why,
        by: names.get(grantedById) ?? '',
        at: at.toISOString(),
      });
    }
    return views.toSorted((one, other) => (one.student.name < other.student.name ? -1 : 1));
  }
}

const timeIn = (text: string | null): Date | null => (text === null ? null : new Date(text));

function policyIn(late: LatePolicy) {
  if (late.kind !== 'deducted') return late;
  return { ...late, amount: exact(late.amount), most: late.most === null ? null : exact(late.most) };
}

function policyOut(late: ReturnType<typeof policyIn>): LatePolicy {
  if (late.kind !== 'deducted') return late;
  return {
    ...late,
    amount: fromThousandths(late.amount),
    most: late.most === null ? null : fromThousandths(late.most),
  };
}

function exact(decimal: string): bigint {
  const value = thousandths(decimal);
  if (value === null) throw new RangeError(`${decimal} was let through as a fee`);
  return value;
}

/** Says when, in the problem's members, for pages to put into the reader's own zone. */
export function notOpen(opens: Date): Problem {
  return new Problem(403, `This exam opens at ${opens.toISOString()}. Come back then.`, {
    name: 'not-open',
    title: 'Not open yet',
    members: { opens: opens.toISOString() },
  });
}

export function closed(deadline: Date): Problem {
  return new Problem(
    403,
    `The deadline was ${deadline.toISOString()}, and nothing is taken after it. If you have a reason, write to the examiner: an extension opens it again for you.`,
    {
      name: 'deadline-passed',
      title: 'The deadline has passed',
      members: { deadline: deadline.toISOString() },
    },
  );
}

function mustExtend(deadline: string, everybodys: Date | null): void {
  if (everybodys !== null && new Date(deadline) > everybodys) return;
  throw new Problem(
    422,
    everybodys === null
      ? 'The exam has no deadline, so there is nothing to extend. Set the deadline first.'
      : `An extension ends after the deadline of everybody, ${everybodys.toISOString()}. Give a later time, or null to take an extension back.`,
    { name: 'no-extension', title: 'This would give no more time' },
  );
}

function noStudent(): Problem {
  return new Problem(404, 'There is no such student.', { name: 'not-found' });
}
