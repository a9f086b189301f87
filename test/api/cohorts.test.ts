import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';
import { zip } from '../../libs/documents/test/writing/zip.js';
import { problemIn, type Client } from './support/client.js';
import { demonstrationAnswers, demonstrationExam, startService, type Service } from './support/service.js';

const Student = z.object({ id: z.string(), name: z.string() });
const View = z.object({
  id: z.uuid(),
  layout: z.string(),
  sha256: z.string(),
  rows: z.array(
    z.object({
      key: z.string(),
      whose: z.union([
        z.object({ kind: z.literal('known'), student: Student }),
        z.object({ kind: z.literal('asked'), why: z.string(), candidates: z.array(Student) }),
      ]),
      file: z.looseObject({ kind: z.string(), message: z.string().optional() }),
      attempts: z.int(),
      already: z.int().nullable(),
      submittedAt: z.string().nullable(),
      late: z.object({ recorded: z.boolean(), arrival: z.boolean() }).nullable(),
    }),
  ),
  leftOver: z.array(z.string()),
});
const Taken = z.object({
  rows: z.array(
    z.object({ key: z.string(), student: z.string(), outcome: z.looseObject({ kind: z.string() }) }),
  ),
});

let service: Service;
let examiner: Client;
let answers: string;
let ids: Readonly<Record<'ada' | 'bela', string>>;

beforeAll(async () => {
  service = await startService({ limits: { cohortBytes: 3 * 1024 * 1024 } });
  examiner = await service.as('examiner');
  answers = await demonstrationAnswers();
  await examiner.put('/api/v1/exams/demonstration', { yaml: await demonstrationExam() });
  const people = await service.database.query('SELECT id, email FROM users');
  const idOf = (email: string) => String(people.find((person) => person['email'] === email)?.['id']);
  ids = { ada: idOf('student@example.org'), bela: idOf('rival@example.org') };
});
afterAll(() => service.close());

const upload = (archive: Uint8Array, as: Client = examiner) => {
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(archive)]), 'submissions.zip');
  return as.post('/api/v1/exams/demonstration/cohorts', { form });
};
const take = (id: string, json: unknown, as: Client = examiner) =>
  as.post(`/api/v1/exams/demonstration/cohorts/${id}/take`, { json });
const submissions = async () =>
  (await service.database.query('SELECT count(*)::int AS count FROM submissions'))[0]?.['count'];

/** Archives say when they were made; the same bytes each time. */
const SAME = { mtime: '2026-11-20T00:00:00Z' };
const moodle = () =>
  zipSync(
    {
      'Ada Student_11_assignsubmission_file_/answers.md': strToU8(answers),
      'Bela Rival_12_assignsubmission_file_/answers.md': strToU8(`${answers}\nBela's.`),
      'Bela Rival_12_assignsubmission_file_/net.py': strToU8('import torch\nimport os\n'),
      'Nobody Known_13_assignsubmission_file_/answers.md': strToU8(answers),
      'Odd File_14_assignsubmission_file_/tool.exe': strToU8('MZ\u0090\u0000\u0003\u0000\u0000', true),
      'readme.txt': strToU8('x'),
    },
    SAME,
  );

describe('a cohort from Moodle', () => {
  it('is-first-looked-at-then-handed-in-and-the-same-again-changes-nothing', async () => {
    const before = await submissions();
    const uploaded = await upload(moodle());
    expect([uploaded.status, uploaded.text.slice(0, 300)]).toEqual([201, expect.anything()]);
    const view = View.parse(uploaded.json);
    expect(view.sha256).toBe(createHash('sha256').update(moodle()).digest('hex'));
    expect(
      view.rows.map(({ key, whose, file }) => [
        key,
        whose.kind === 'known' ? whose.student.name : whose.why,
        file.kind,
      ]),
    ).toEqual([
      ['Ada Student_11', 'Ada Student', 'ready'],
      ['Bela Rival_12', 'Bela Rival', 'ready'],
      ['Nobody Known_13', 'unknown', 'ready'],
      ['Odd File_14', 'unknown', 'refused'],
    ]);
    expect(view.leftOver).toEqual(['readme.txt']);
    expect(await submissions()).toBe(before);

    const wish = {
      time: 'recorded',
      take: [
        { key: 'Ada Student_11', student: ids.ada },
        { key: 'Bela Rival_12', student: ids.bela },
      ],
    };
    const taken = await take(view.id, wish);
    expect([taken.status, taken.text.slice(0, 300)]).toEqual([200, expect.anything()]);
    expect(Taken.parse(taken.json).rows.map(({ student, outcome }) => [student, outcome.kind])).toEqual([
      [ids.ada, 'received'],
      [ids.bela, 'received'],
    ]);
    const rows = await service.database.query(
      `SELECT s.file_name, s.attempt, s.sha256 = encode(sha256(f.bytes), 'hex') AS sound, o.id IS NOT NULL AS ordered,
         a.actor_id = s.student_id AS by_student
       FROM submissions s JOIN submission_files f ON f.submission_id = s.id
       LEFT JOIN outbox_jobs o ON o.submission_id = s.id
       JOIN audit_entries a ON a.object_id = s.id::text AND a.action = 'submission-received'
       ORDER BY s.file_name`,
    );
    expect(rows).toEqual([
      { file_name: 'answers.md', attempt: 1, sound: true, ordered: true, by_student: false },
      { file_name: 'answers.zip', attempt: 1, sound: true, ordered: true, by_student: false },
    ]);

    const again = Taken.parse((await take(view.id, wish)).json);
    expect(again.rows.map(({ outcome }) => outcome)).toEqual([
      { kind: 'already', attempt: 1 },
      { kind: 'already', attempt: 1 },
    ]);
    const anew = View.parse((await upload(moodle())).json);
    expect(anew.rows.map(({ attempts, already }) => [attempts, already]).slice(0, 2)).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(await submissions()).toBe(2);
  });

  it.each([
    ['no-such-row', () => [{ key: 'x', student: ids.ada }], /no such row/],
    ['no-student', () => [{ key: 'Nobody Known_13', student: 'x' }], /no such student/],
    [
      'one-student-twice',
      () => [
        { key: 'Nobody Known_13', student: ids.ada },
        { key: 'Bela Rival_12', student: ids.ada },
      ],
      /chosen twice/,
    ],
  ])('%s-hands-nothing-in', async (_, rows, message) => {
    const { id } = View.parse((await upload(moodle())).json);
    const before = await submissions();
    const answer = await take(id, { time: 'arrival', take: rows() });
    expect(answer.status).toBe(422);
    expect(problemIn(answer).detail).toMatch(message);
    expect(await submissions()).toBe(before);
  });

  it('what-is-refused-is-refused-for-whomever-it-is-chosen', async () => {
    const { id } = View.parse((await upload(moodle())).json);
    const answer = await take(id, { time: 'arrival', take: [{ key: 'Odd File_14', student: ids.ada }] });
    expect(Taken.parse(answer.json).rows[0]?.outcome).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/Save or export/),
    });
  });

  it('is-there-for-its-examiner-alone', async () => {
    const { id } = View.parse((await upload(moodle())).json);
    await service.api.addPerson({
      role: 'examiner',
      name: 'Other Examiner',
      email: 'other@example.org',
      password: 'a-long-enough-password',
    });
    const other = await service.anonymous.signIn('other@example.org', 'a-long-enough-password');
    expect((await other.get(`/api/v1/exams/demonstration/cohorts/${id}`)).status).toBe(404);
    const wish = { time: 'arrival', take: [{ key: 'Ada Student_11', student: ids.ada }] };
    expect((await take(id, wish, other)).status).toBe(404);
    expect((await examiner.get(`/api/v1/exams/demonstration/cohorts/${id}`)).status).toBe(200);
  });
});

describe('a cohort from Gradescope', () => {
  const archive = () =>
    zipSync({
      'assignment_1_export/submission_metadata.yml': strToU8(
        [
          'submission_7:',
          '  :submitters:',
          '  - :name: Ada Student',
          '    :email: student@example.org',
          '  - :name: B. Rival',
          '    :email: RIVAL@example.org',
          '  :created_at: 2026-11-01 09:00:00 Z',
        ].join('\n'),
      ),
      'assignment_1_export/submission_7/answers.md': strToU8(`${answers}\nOf both.`),
    });

  it('gives-each-member-of-a-group-the-work-at-the-time-that-the-platform-says', async () => {
    await examiner.put('/api/v1/exams/demonstration/schedule', {
      json: {
        opens: null,
        deadline: '2026-11-02T00:00:00Z',
        graceSeconds: 0,
        late: { kind: 'refused' },
        counts: 'last',
      },
    });
    const view = View.parse((await upload(archive())).json);
    expect(view.rows.map(({ key, late, submittedAt }) => [key, late, submittedAt])).toEqual([
      ['submission_7', { recorded: false, arrival: true }, '2026-11-01T09:00:00.000Z'],
      ['submission_7 ·2', { recorded: false, arrival: true }, '2026-11-01T09:00:00.000Z'],
    ]);
    const taken = await take(view.id, {
      time: 'recorded',
      take: [
        { key: 'submission_7', student: ids.ada },
        { key: 'submission_7 ·2', student: ids.bela },
      ],
    });
    expect(Taken.parse(taken.json).rows.map(({ outcome }) => outcome)).toEqual(
      Array(2).fill(expect.objectContaining({ kind: 'received', receivedAt: '2026-11-01T09:00:00.000Z' })),
    );
  });
});

describe('archives that are not taken', () => {
  it.each([
    ['hostile', () => zip([{ name: '../x', data: 'x' }]), 422, /out of its folder/],
    ['no-layout', () => zipSync({ 'a/b.md': strToU8('x') }), 422, /Moodle’s/],
    ['no-archive', () => strToU8('hello'), 422, /no ZIP archive/],
    ['too-large', () => new Uint8Array(4 * 1024 * 1024), 413, /3 MB/],
  ])('%s-leaves-nothing-behind', async (_, bytes, status, message) => {
    const count = async () =>
      (await service.database.query('SELECT count(*)::int AS count FROM upload_pieces'))[0]?.['count'];
    const before = await count();
    const answer = await upload(bytes());
    expect([answer.status, answer.text]).toEqual([status, expect.stringMatching(message)]);
    expect(await count()).toBe(before);
  });
});
