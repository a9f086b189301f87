import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ConflictOfInterestError,
  InvalidRecordError,
  NotFoundError,
  type Role,
  roleInExam,
} from '@tensormark/records';
import { type Setting, setting } from './setting.js';

describe('what somebody is in an exam', () => {
  const examiner = { personId: 'e', role: 'examiner', serviceRole: 'examiner' } as const;
  const marker = { personId: 'm', role: 'marker', serviceRole: 'marker' } as const;
  const assistant = { personId: 's', role: 'marker', serviceRole: 'student' } as const;
  const demoted = { personId: 'd', role: 'examiner', serviceRole: 'marker' } as const;

  it.each([
    ['without-a-team-what-they-are-in-the-service', [], 'x', 'marker', 'marker'],
    ['an-examiner-of-the-team', [examiner, marker], 'e', 'examiner', 'examiner'],
    ['a-marker-of-the-team', [examiner, marker], 'm', 'marker', 'marker'],
    ['a-marker-elsewhere', [examiner, marker], 'x', 'marker', null],
    ['an-examiner-elsewhere', [examiner, marker], 'x', 'examiner', null],
    [
      'an-examiner-of-the-service-who-marks-here',
      [examiner, { ...marker, serviceRole: 'examiner' }],
      'm',
      'examiner',
      'marker',
    ],
    ['a-student', [examiner, marker], 'x', 'student', 'student'],
    ['a-student-who-marks', [examiner, assistant], 's', 'student', 'marker'],
    ['an-examiner-who-is-none-in-the-service-any-more', [examiner, demoted], 'd', 'marker', 'marker'],
    [
      'an-examiner-of-the-service-where-nobody-examines-any-more',
      [demoted, marker],
      'x',
      'examiner',
      'examiner',
    ],
    ['a-marker-elsewhere-where-nobody-examines-any-more', [demoted, marker], 'x', 'marker', null],
  ] as const)('%s', (_name, team, id, role: Role, expected) => {
    expect(roleInExam(team, { id, role })).toBe(expected);
  });
});

describe('teams of exams', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());

  /** An exam of its own. */
  const anExam = async (slug: string) => {
    const { exam } = await here.records.exams.put({
      slug,
      title: slug,
      source: `exam: ${slug}\n`,
      definition: { exam: slug },
      parts: [{ part: '1', kind: 'essay', title: 'Depth', maximum: '4' }],
      by: here.examiner,
    });
    return exam.id;
  };
  const name = (examId: string, personId: string, role: 'examiner' | 'marker', by = here.examiner) =>
    here.records.teams.name({ examId, personId, role, by });
  const roles = async (examId: string) =>
    Object.fromEntries((await here.records.teams.of(examId)).map(({ person, role }) => [person.id, role]));

  it('the-first-naming-makes-its-author-the-examiner-and-the-trail-says-who-named-whom', async () => {
    const exam = await anExam('first-naming');
    const [one] = here.markers;
    await expect(name(exam, here.examiner, 'marker')).rejects.toThrow(InvalidRecordError);
    await name(exam, one, 'marker');
    await name(exam, one, 'marker');
    expect(await roles(exam)).toEqual({ [here.examiner]: 'examiner', [one]: 'marker' });
    const { items } = await here.records.audit.list({ objectId: exam, action: 'team-member-named' });
    expect(items.map(({ actorId, details }) => [actorId, details])).toEqual([
      [here.examiner, { personId: one, role: 'marker' }],
      [here.examiner, { personId: here.examiner, role: 'examiner' }],
    ]);
  });

  it('the-last-examiner-stays-until-there-is-another-or-the-exam-is-open-to-all', async () => {
    const exam = await anExam('last-examiner');
    const second = await here.person('examiner');
    await name(exam, here.markers[0], 'marker');
    const leave = (personId: string) =>
      here.records.teams.leave({ examId: exam, personId, by: here.examiner });
    await expect(leave(here.examiner)).rejects.toThrow(/Name another examiner/);
    await expect(name(exam, here.examiner, 'marker')).rejects.toThrow(/Name another examiner/);
    await expect(leave(second)).rejects.toThrow(NotFoundError);
    await expect(name(exam, here.markers[1], 'examiner')).rejects.toThrow(/Only an examiner of the service/);
    await name(exam, second, 'examiner');
    await leave(here.examiner);
    expect(await roles(exam)).toEqual({ [second]: 'examiner', [here.markers[0]]: 'marker' });
    await here.records.teams.dissolve({ examId: exam, by: second });
    expect(await roles(exam)).toEqual({});
    await expect(here.records.teams.dissolve({ examId: exam, by: second })).rejects.toThrow(
      InvalidRecordError,
    );
  });

  it('of-two-examiners-who-leave-at-once-one-stays', async () => {
    const exam = await anExam('both-leave');
    const second = await here.person('examiner');
    await name(exam, second, 'examiner');
    const left = await Promise.allSettled(
      [here.examiner, second].map((personId) =>
        here.records.teams.leave({ examId: exam, personId, by: personId }),
      ),
    );
    expect(left.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(Object.values(await roles(exam))).toEqual(['examiner']);
  });

  it('who-takes-an-exam-does-not-mark-it-and-nobody-marks-their-own-work', async () => {
    const { studentId, id } = await here.submitted();
    await expect(name(here.exam.id, studentId, 'marker')).rejects.toThrow(/takes the exam/);
    await expect(here.records.conflicts.check(studentId, studentId)).rejects.toThrow(ConflictOfInterestError);
    const [item] = await here.records.markingQueue.ofSubmission(id);
    const set = here.records.marks.set({
      answerId: item?.answer.id ?? '',
      by: studentId,
      marks: '1',
      why: 'Mine.',
      expectedCurrentMarkId: null,
    });
    await expect(set).rejects.toThrow(ConflictOfInterestError);
  });

  it('a-student-who-marks-is-of-the-staff-until-made-a-student-again', async () => {
    const exam = await anExam('assistant');
    const assistant = await here.person('student', 'Assistant');
    await name(exam, assistant, 'marker');
    const staff = async () => (await here.records.teams.staff(exam)).map(({ id }) => id).toSorted();
    expect(await staff()).toEqual([here.examiner, assistant].toSorted());
    expect(await here.records.courseLinks.enrol(exam, [assistant])).toBe(0);
    const rival = await here.person('student');
    await here.records.conflicts.declare({
      markerId: assistant,
      studentId: rival,
      why: 'Flatmates.',
      by: here.examiner,
    });
    await here.records.users.setRole(assistant, 'student', null);
    expect(await staff()).toEqual([here.examiner]);
    expect(await here.records.teams.isNamed(assistant)).toBe(false);
  });

  it('a-team-whose-examiner-is-erased-falls-to-the-examiners-of-the-service', async () => {
    const exam = await anExam('erased-examiner');
    const leader = await here.person('examiner');
    await name(exam, here.markers[0], 'marker', leader);
    const role = (id: string, serviceRole: Role) =>
      here.records.teams.roleAt({ kind: 'exam', id: 'erased-examiner' }, { id, role: serviceRole });
    expect(await role(here.examiner, 'examiner')).toBeNull();
    await here.records.erasures.person(leader, { by: here.examiner, why: 'They asked.' });
    expect(await role(here.examiner, 'examiner')).toBe('examiner');
    expect(await role(here.markers[1], 'marker')).toBeNull();
    expect(await role(here.markers[0], 'marker')).toBe('marker');
    expect(await roles(exam)).toEqual({ [here.markers[0]]: 'marker' });
  });

  it('is-append-only', async () => {
    await anExam('append-only');
    await expect(here.database.query("UPDATE exam_staff SET role = 'examiner'")).rejects.toThrow(
      /never change/,
    );
    await expect(here.database.query('DELETE FROM exam_staff')).rejects.toThrow(/never change/);
  });
});
