import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXAM_OBJECTS } from '@tensormark/records';
import { z } from 'zod';
import { problemIn, type Client } from './support/client.js';
import { markedSubmission, type MarkedSubmission } from './support/marked-submission.js';
import { addressOf, parametersOf, ROUTES, split } from './support/routes.js';
import { demonstrationExam, emailOf, PASSWORD, startService, type Service } from './support/service.js';

let service: Service;
let theirs: MarkedSubmission;
afterAll(() => service.close());

describe('an exam that is kept to a team', () => {
  /** About an exam, or something of one. */
  const about = ROUTES.filter(({ route }) => parametersOf(route).some((name) => isExamObject(name)));
  const OTHER = '/api/v1/exams/other';
  let outsider: Client;
  let openToAll = 0;
  /** What is there of the exam, so that nobody is refused for want of it. */
  let ids: Readonly<Record<string, string>>;

  const name = async (by: Client, exam: string, email: string, role: string) => {
    const answer = await by.post(`${exam}/team`, { json: { email, role } });
    if (answer.status !== 200) throw new Error(`${email} was not named: ${answer.text}`);
  };

  beforeAll(async () => {
    service = await startService();
    theirs = await markedSubmission(service);
    const examiner = await service.as('examiner');
    await service.api.addPerson({
      role: 'examiner',
      name: 'Olga Outsider',
      email: 'outsider@example.org',
      password: PASSWORD,
    });
    outsider = await service.anonymous.signIn('outsider@example.org', PASSWORD);
    const other = (await demonstrationExam()).replace(/^exam: .*$/m, 'exam: other');
    await outsider.put(OTHER, { yaml: other });
    const flag = await examiner.post(`/api/v1/answers/${theirs.answer}/flags`, { json: { note: 'Look.' } });
    const comment = await examiner.post('/api/v1/exams/demonstration/comments', {
      json: { question: '1', text: 'Say why.' },
    });
    const idOf = (json: unknown) => z.object({ id: z.string() }).parse(json).id;
    ids = {
      exam: 'demonstration',
      ...theirs,
      flag: idOf(flag.json),
      comment: idOf(comment.json),
      ...(await requestAndLink(service, theirs)),
    };
    // Everybody of the service may mark until somebody is named.
    openToAll = (await outsider.get('/api/v1/exams/demonstration/marking-queue')).status;
    await name(examiner, '/api/v1/exams/demonstration', emailOf('marker'), 'marker');
    await name(examiner, '/api/v1/exams/demonstration', emailOf('rival'), 'marker');
    await name(outsider, OTHER, emailOf('colleague'), 'marker');
  });

  it('every-parameter-of-an-address-is-known-for-what-it-is', () => {
    const known = [...EXAM_OBJECTS, 'upload', 'cohort', 'change', 'student', 'sample', 'person', 'mark'];
    const ofTheService = ['person', 'conflict', 'token', 'platform', 'check'];
    for (const { route } of ROUTES) {
      const [first, ...within] = parametersOf(route);
      if (first === undefined) continue;
      expect(isExamObject(first) ? EXAM_OBJECTS : ofTheService).toContain(first);
      for (const each of within) expect(known).toContain(each);
    }
    expect(about.length).toBeGreaterThan(70);
    expect(openToAll).toBe(200);
  });

  it.each(['colleague', 'outsider'] as const)('nothing-of-it-is-there-for %p', async (who) => {
    const client = who === 'outsider' ? outsider : await service.as(who);
    const open: unknown[] = [];
    for (const { route, sent, query = '' } of about) {
      const [method, path] = split(route);
      const answer = await client.ask(method, addressOf(path, ids) + query, sent?.());
      if (answer.status !== 404) open.push([route, answer.status, answer.text]);
      else problemIn(answer);
    }
    expect(open).toEqual([]);
  });

  it.each([
    ['marker', 'marker'],
    ['rival', 'marker'],
    ['examiner', 'examiner'],
  ] as const)('all-of-it-is-there-for %p as a %p', async (who, role) => {
    const client = await service.as(who);
    const otherwise: unknown[] = [];
    for (const { route, sent, query = '', gets } of about) {
      // It has a team now.
      if (route === 'DELETE /api/v1/exams/{exam}/team') continue;
      const [method, path] = split(route);
      const answer = await client.ask(
        method,
        addressOf(path, { exam: 'demonstration', ...theirs }) + query,
        sent?.(),
      );
      // What is of no exam is judged by what they are in the service.
      const here = parametersOf(route)[0] ?? '';
      const asked = who === 'rival' && here !== 'exam' && !(here in theirs) ? 'rival' : role;
      if (answer.status !== (gets[asked] ?? 403)) otherwise.push([route, answer.status, answer.text]);
    }
    expect(otherwise).toEqual([]);
  });

  it('lists-show-what-one-may-see-and-as-what', async () => {
    const seenBy = async (client: Client) =>
      z
        .array(z.object({ id: z.string(), role: z.string() }))
        .parse((await client.get('/api/v1/exams')).json)
        .map(({ id, role }) => `${id} as ${role}`)
        .toSorted();
    expect(await seenBy(await service.as('examiner'))).toEqual(['demonstration as examiner']);
    expect(await seenBy(await service.as('marker'))).toEqual(['demonstration as marker']);
    expect(await seenBy(await service.as('colleague'))).toEqual(['other as marker']);
    expect(await seenBy(outsider)).toEqual(['other as examiner']);
    expect(await seenBy(await service.as('rival'))).toEqual(['demonstration as marker', 'other as student']);
    expect((await (await service.as('rival')).get('/api/v1/me')).json).toMatchObject({
      role: 'student',
      marks: true,
    });
    const colleagues = (await (await service.as('marker')).get('/api/v1/exams/demonstration/colleagues'))
      .json;
    expect(
      z
        .array(z.object({ name: z.string() }))
        .parse(colleagues)
        .map(({ name: called }) => called),
    ).toEqual(['Bela Rival', 'Emil Examiner']);
  });

  it('a-marker-of-one-exam-is-a-student-in-another-and-names-nobody', async () => {
    const rival = await service.as('rival');
    expect((await rival.get(`${OTHER}/marking-queue`)).status).toBe(403);
    expect(
      (await rival.post(`${OTHER}/uploads`, { headers: { 'tus-resumable': '1.0.0', 'upload-length': '10' } }))
        .status,
    ).toBe(201);
    const named = await rival.post('/api/v1/exams/demonstration/team', {
      json: { email: emailOf('colleague'), role: 'marker' },
    });
    expect(named.status).toBe(403);
  });

  it('who-is-taken-out-sees-nothing-from-then-on', async () => {
    const examiner = await service.as('examiner');
    const marker = await service.as('marker');
    const team = z
      .object({ members: z.array(z.object({ id: z.string(), email: z.string() })) })
      .parse((await examiner.get('/api/v1/exams/demonstration/team')).json);
    const id = team.members.find(({ email }) => email === emailOf('marker'))?.id ?? '';
    expect((await examiner.delete(`/api/v1/exams/demonstration/team/${id}`)).status).toBe(200);
    expect((await marker.get(`/api/v1/answers/${theirs.answer}`)).status).toBe(404);
    expect((await examiner.delete('/api/v1/exams/demonstration/team')).status).toBe(200);
    expect((await marker.get(`/api/v1/answers/${theirs.answer}`)).status).toBe(200);
  });
});

function isExamObject(name: string): boolean {
  return EXAM_OBJECTS.some((kind) => kind === name);
}

/** Of a release that is taken back again, and of a course. */
async function requestAndLink(
  { database }: Service,
  { submission, answer }: MarkedSubmission,
): Promise<{ request: string; link: string }> {
  const ask = async (sql: string, ...values: unknown[]) => {
    const [row] = await database.query(sql, values);
    return String(row?.['id']);
  };
  const exam = await ask("SELECT id FROM exams WHERE slug = 'demonstration'");
  const examiner = await ask("SELECT id FROM users WHERE role = 'examiner'");
  const releasing = `INSERT INTO releases (id, exam_id, submission_id, number, action, released_by_id)
    VALUES (gen_random_uuid(), $1, $2, $3, $4, $5) RETURNING id`;
  const release = await ask(releasing, exam, submission, 1, 'released', examiner);
  const request = await ask(
    `INSERT INTO review_requests (id, release_id, answer_id, reason, asked_by_id)
     SELECT gen_random_uuid(), $1, $2, 'Look again.', student_id FROM submissions WHERE id = $3 RETURNING id`,
    release,
    answer,
    submission,
  );
  await ask(releasing, exam, submission, 2, 'withdrawn', examiner);
  const platform = await ask(
    `INSERT INTO learning_platforms (id, name, issuer, client_id, authorization_url, token_url, keys_url, trusts_email, by_id)
     VALUES (gen_random_uuid(), 'Moodle', 'https://moodle.example', 'x', 'https://moodle.example/a', 'https://moodle.example/t', 'https://moodle.example/k', false, $1)
     RETURNING id`,
    examiner,
  );
  const link = await ask(
    `INSERT INTO course_links (id, platform_id, deployment_id, resource_link_id, course, title, exam_id, chosen_by_id)
     VALUES (gen_random_uuid(), $1, '1', '1', 'Deep Learning', 'Midterm', $2, $3) RETURNING id`,
    platform,
    exam,
    examiner,
  );
  return { request, link };
}
