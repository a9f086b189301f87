import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openApiDocument } from '../../apps/api/src/openapi.js';
import { formWith, problemIn, type Client, type Method, type Sent } from './support/client.js';
import { EXAM_OBJECTS } from '@tensormark/records';
import { z } from 'zod';
import { markedSubmission, type MarkedSubmission } from './support/marked-submission.js';
import {
  demonstrationExam,
  emailOf,
  PASSWORD,
  startService,
  type Service,
  type Somebody,
} from './support/service.js';

type Who = 'nobody' | Somebody;

interface Route {
  /** As the OpenAPI document names it. */
  readonly route: string;
  readonly sent?: () => Sent;
  /** What has to stand after the address. */
  readonly query?: string;
  /** The status each gets. Who is not named gets 403, and nobody 401. */
  readonly gets: Partial<Record<Who, number>>;
}

const EVERYBODY = { student: 200, rival: 200, marker: 200, examiner: 200 };
const STAFF = { marker: 200, examiner: 200 };
const ANYONE = { nobody: 200, ...EVERYBODY };
/** A student's own object: not there for other students. */
const OWN = { student: 200, rival: 404, ...STAFF };
const SCHEDULE = {
  opens: null,
  deadline: null,
  graceSeconds: 0,
  late: { kind: 'refused' },
  counts: 'last',
};
const NO_SUCH = '00000000-0000-4000-8000-000000000000';
const NEW_TOKEN = { json: { name: 'script', scopes: ['read'] } };

/** Each route against each role, with the first student's objects. */
const ROUTES: readonly Route[] = [
  { route: 'POST /api/auth/sign-in/email', sent: () => ({ json: {} }), gets: all(422) },
  {
    route: 'POST /api/auth/sign-in/single-sign-on',
    sent: () => ({ json: {} }),
    gets: { ...all(404) },
  },
  { route: 'GET /api/auth/callback/single-sign-on', gets: { ...all(404) } },
  { route: 'GET /api/v1/sign-in-ways', gets: ANYONE },
  { route: 'POST /api/auth/sign-out', sent: () => ({ json: {} }), gets: ANYONE },
  { route: 'POST /api/auth/change-password', sent: () => ({ json: {} }), gets: { ...all(422), nobody: 401 } },
  { route: 'GET /api/v1/me', gets: EVERYBODY },
  { route: 'GET /api/v1/people', gets: { examiner: 200 } },
  { route: 'POST /api/v1/people', sent: () => ({ json: {} }), gets: { examiner: 422 } },
  {
    route: 'PUT /api/v1/people/{person}/role',
    sent: () => ({ json: {} }),
    gets: { examiner: 422 },
  },
  {
    route: 'POST /api/v1/people/{person}/erase',
    sent: () => ({ json: {} }),
    gets: { examiner: 422 },
  },
  { route: 'GET /api/v1/conflicts', gets: { examiner: 200 } },
  {
    route: 'POST /api/v1/conflicts',
    sent: () => ({ json: { marker: NO_SUCH, student: NO_SUCH, reason: 'Siblings.' } }),
    gets: { examiner: 404 },
  },
  {
    route: 'POST /api/v1/conflicts/{conflict}/withdraw',
    sent: () => ({ json: { reason: 'By mistake.' } }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/tokens', gets: EVERYBODY },
  { route: 'POST /api/v1/tokens', sent: () => NEW_TOKEN, gets: { ...all(201), nobody: 401 } },
  { route: 'DELETE /api/v1/tokens/{token}', gets: { ...all(404), nobody: 401 } },
  { route: 'GET /api/v1/exams', gets: EVERYBODY },
  { route: 'GET /api/v1/exams/{exam}', gets: EVERYBODY },
  { route: 'PUT /api/v1/exams/{exam}', sent: () => ({ yaml: 'x' }), gets: { examiner: 422 } },
  { route: 'POST /api/v1/exams/{exam}/check', sent: () => ({ yaml: 'x' }), gets: { examiner: 422 } },
  { route: 'GET /api/v1/exams/{exam}/definition', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/versions', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/schedule', gets: EVERYBODY },
  { route: 'PUT /api/v1/exams/{exam}/schedule', sent: () => ({ json: SCHEDULE }), gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/extensions', gets: { examiner: 200 } },
  {
    route: 'PUT /api/v1/exams/{exam}/extensions/{student}',
    sent: () => ({ json: { deadline: null, reason: 'A mistake.' } }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/team', gets: { examiner: 200 } },
  {
    route: 'POST /api/v1/exams/{exam}/team',
    sent: () => ({ json: { email: 'nobody@example.org', role: 'marker' } }),
    gets: { examiner: 404 },
  },
  { route: 'DELETE /api/v1/exams/{exam}/team', gets: { examiner: 422 } },
  { route: 'DELETE /api/v1/exams/{exam}/team/{person}', gets: { examiner: 404 } },
  { route: 'GET /api/v1/exam-schema', gets: ANYONE },
  { route: 'GET /api/v1/exam-schema/layers', gets: ANYONE },
  { route: 'POST /api/v1/exam-drafts/check', sent: () => ({ yaml: 'x' }), gets: { examiner: 200 } },
  { route: 'POST /api/v1/exam-drafts/answers', sent: () => ({ json: {} }), gets: { examiner: 422 } },
  {
    route: 'POST /api/v1/exams/{exam}/submissions',
    sent: () => ({ form: formWith('') }),
    gets: { student: 422, rival: 422 },
  },
  { route: 'GET /api/v1/exams/{exam}/submissions', gets: EVERYBODY },
  {
    route: 'POST /api/v1/exams/{exam}/uploads',
    sent: () => ({ headers: { 'tus-resumable': '1.0.0', 'upload-length': '10' } }),
    gets: { student: 201, rival: 201 },
  },
  {
    route: 'DELETE /api/v1/exams/{exam}/uploads/{upload}',
    sent: () => ({ headers: { 'tus-resumable': '1.0.0' } }),
    gets: { student: 404, rival: 404 },
  },
  { route: 'POST /api/v1/exams/{exam}/uploads/{upload}/finish', gets: { student: 404, rival: 404 } },
  {
    route: 'POST /api/v1/exams/{exam}/cohorts',
    sent: () => ({ form: formWith('Question 1: text') }),
    gets: { examiner: 422 },
  },
  { route: 'GET /api/v1/exams/{exam}/cohorts/{cohort}', gets: { examiner: 404 } },
  {
    route: 'POST /api/v1/exams/{exam}/cohorts/{cohort}/take',
    sent: () => ({ json: { time: 'arrival', take: [{ key: 'x', student: 'x' }] } }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/submissions/{submission}', gets: OWN },
  { route: 'GET /api/v1/submissions/{submission}/document', gets: OWN },
  { route: 'GET /api/v1/submissions/{submission}/report', gets: { ...OWN, student: 409 } },
  {
    route: 'GET /api/v1/submissions/{submission}/report.pdf',
    gets: { student: 409, rival: 404, examiner: 200 },
  },
  { route: 'GET /api/v1/submissions/{submission}/progress', gets: OWN },
  { route: 'GET /api/v1/submissions/{submission}/original', gets: OWN },
  {
    route: 'PUT /api/v1/submissions/{submission}/split',
    sent: () => ({ json: { document: 'another', after: 0, pieces: [] } }),
    gets: { student: 409, rival: 404, marker: 409, examiner: 409 },
  },
  { route: 'GET /api/v1/exams/{exam}/marking-queue', gets: STAFF },
  { route: 'GET /api/v1/answers/{answer}', gets: STAFF },
  {
    route: 'POST /api/v1/answers/{answer}/marks',
    sent: () => ({ json: {} }),
    gets: { marker: 422, examiner: 422 },
  },
  {
    route: 'POST /api/v1/answers/{answer}/suggestions',
    sent: () => ({ json: { item: 'x', accepted: true, proposal: NO_SUCH } }),
    gets: { marker: 409, examiner: 409 },
  },
  { route: 'GET /api/v1/answers/{answer}/marked-examples', gets: STAFF },
  { route: 'PUT /api/v1/answers/{answer}/desk', gets: STAFF },
  { route: 'DELETE /api/v1/answers/{answer}/desk', gets: { marker: 204, examiner: 204 } },
  { route: 'GET /api/v1/exams/{exam}/answer-groups', query: '?part=1.a', gets: STAFF },
  { route: 'GET /api/v1/exams/{exam}/shared-passages', query: '?part=1.a', gets: STAFF },
  {
    route: 'POST /api/v1/exams/{exam}/answer-groups/marks',
    sent: () => ({
      json: { part: '1.a', key: 'x', answers: [{ answer: NO_SUCH, proposal: NO_SUCH }], action: 'confirm' },
    }),
    gets: { marker: 404, examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/scheme-changes', gets: { examiner: 200 } },
  {
    route: 'POST /api/v1/exams/{exam}/scheme-changes/preview',
    sent: () => ({ yaml: 'x' }),
    gets: { examiner: 422 },
  },
  { route: 'GET /api/v1/exams/{exam}/scheme-changes/preview', gets: { examiner: 200 } },
  {
    route: 'POST /api/v1/exams/{exam}/scheme-changes',
    sent: () => ({ json: { draft: NO_SUCH, why: 'An easier scheme.' } }),
    gets: { examiner: 404 },
  },
  {
    route: 'POST /api/v1/exams/{exam}/scheme-changes/{change}/undo',
    sent: () => ({ json: { why: 'By mistake.' } }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/comments', query: '?question=1', gets: STAFF },
  {
    route: 'POST /api/v1/exams/{exam}/comments',
    sent: () => ({ json: { question: '1', text: 'Give units.' } }),
    gets: { marker: 201, examiner: 201 },
  },
  { route: 'DELETE /api/v1/comments/{comment}', gets: { marker: 404, examiner: 404 } },
  { route: 'GET /api/v1/exams/{exam}/flags', gets: STAFF },
  { route: 'GET /api/v1/exams/{exam}/colleagues', gets: STAFF },
  { route: 'GET /api/v1/answers/{answer}/flags', gets: STAFF },
  {
    route: 'POST /api/v1/answers/{answer}/flags',
    sent: () => ({ json: { note: 'Is this enough?' } }),
    gets: { marker: 201, examiner: 201 },
  },
  {
    route: 'POST /api/v1/flags/{flag}/answer',
    sent: () => ({ json: { note: 'It is.' } }),
    gets: { marker: 404, examiner: 404 },
  },
  {
    route: 'POST /api/v1/flags/{flag}/withdraw',
    sent: () => ({ json: {} }),
    gets: { marker: 404, examiner: 404 },
  },
  { route: 'GET /api/v1/lti/keys', gets: ANYONE },
  { route: 'GET /api/v1/lti/login', gets: { ...all(400) } },
  { route: 'POST /api/v1/lti/login', sent: () => ({ json: {} }), gets: { ...all(422) } },
  { route: 'POST /api/v1/lti/launch', sent: () => ({ json: {} }), gets: { ...all(303) } },
  {
    route: 'GET /api/v1/platform-connection',
    gets: { student: 404, rival: 404, marker: 404, examiner: 404 },
  },
  {
    route: 'POST /api/v1/platform-connection',
    sent: () => ({ json: {} }),
    gets: { student: 404, rival: 404, marker: 404, examiner: 404 },
  },
  { route: 'GET /api/v1/learning-platforms', gets: { examiner: 200 } },
  { route: 'POST /api/v1/learning-platforms', sent: () => ({ json: {} }), gets: { examiner: 422 } },
  { route: 'DELETE /api/v1/learning-platforms/{platform}', gets: { examiner: 404 } },
  { route: 'GET /api/v1/courses/{link}', gets: { examiner: 404 } },
  {
    route: 'PUT /api/v1/courses/{link}/exam',
    sent: () => ({ json: { exam: 'demonstration' } }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/courses', gets: { examiner: 200 } },
  {
    route: 'POST /api/v1/exams/{exam}/courses/{link}/grades',
    sent: () => ({ json: {} }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/courses/{link}/roster', gets: { examiner: 404 } },
  {
    route: 'POST /api/v1/exams/{exam}/courses/{link}/roster',
    sent: () => ({ json: {} }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/submissions/{submission}/review-requests', gets: OWN },
  {
    route: 'POST /api/v1/submissions/{submission}/review-requests',
    sent: () => ({ json: { part: '1.a', reason: 'Look again.' } }),
    gets: { student: 422, rival: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/review-requests', gets: STAFF },
  {
    route: 'POST /api/v1/review-requests/{request}/answer',
    sent: () => ({ json: { outcome: 'kept', reason: 'It stands.' } }),
    gets: { marker: 404, examiner: 404 },
  },
  {
    route: 'POST /api/v1/exams/{exam}/release',
    sent: () => ({ json: { submissions: [] } }),
    gets: { examiner: 422 },
  },
  { route: 'GET /api/v1/exams/{exam}/release-plan', gets: { examiner: 200 } },
  {
    route: 'PUT /api/v1/exams/{exam}/release-plan',
    sent: () => ({ json: { at: '2001-01-01T00:00:00Z', zone: 'UTC' } }),
    gets: { examiner: 422 },
  },
  { route: 'DELETE /api/v1/exams/{exam}/release-plan', gets: { examiner: 422 } },
  {
    route: 'PUT /api/v1/exams/{exam}/withheld/{student}',
    sent: () => ({ json: { withheld: true, reason: 'An inquiry.' } }),
    gets: { examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/grade-report', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/cohort-report.pdf', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/reports.zip', gets: { examiner: 200 } },
  { route: 'POST /api/v1/exams/{exam}/grade-import/preview', gets: { examiner: 415 } },
  {
    route: 'POST /api/v1/exams/{exam}/grade-import',
    query: '?why=Corrected',
    gets: { examiner: 415 },
  },
  { route: 'GET /api/v1/grade-formats', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/item-analysis', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/moderation', gets: STAFF },
  {
    route: 'POST /api/v1/answers/{answer}/moderation',
    sent: () => ({
      json: { outcome: 'first', second: NO_SUCH, expectedCurrent: NO_SUCH, reason: 'It is right.' },
    }),
    gets: { marker: 404, examiner: 404 },
  },
  { route: 'GET /api/v1/exams/{exam}/agreement', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/suggestion-acceptance', gets: { examiner: 200 } },
  { route: 'GET /api/v1/exams/{exam}/faults', gets: { examiner: 200 } },
  { route: 'POST /api/v1/exams/{exam}/faults/run-again', gets: { examiner: 202 } },
  { route: 'GET /api/v1/device', gets: EVERYBODY },
  { route: 'GET /api/v1/demonstration', gets: { ...all(404), nobody: 404 } },
  { route: 'GET /health/live', gets: ANYONE },
  { route: 'GET /health/ready', gets: ANYONE },
];

const WHO: readonly Who[] = ['nobody', 'student', 'rival', 'marker', 'examiner'];

let service: Service;
let theirs: MarkedSubmission;
beforeAll(async () => {
  service = await startService();
  theirs = await markedSubmission(service);
}, 60_000);
afterAll(() => service.close());

/** Signs in afresh, as one of the routes signs out. */
async function clientOf(who: Who): Promise<Client> {
  return who === 'nobody' ? service.anonymous : service.as(who);
}

/** What is not said in the ids names nothing. */
function addressOf(path: string, ids: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? NO_SUCH);
}

function split(route: string): [Method, string] {
  const [method = '', path = ''] = route.split(' ');
  return [method as Method, path];
}

describe('each route against each role', () => {
  it('no-route-is-missing-from-the-table', async () => {
    const { paths } = await openApiDocument();
    const served = Object.entries(paths).flatMap(([path, item]) =>
      (['get', 'put', 'post', 'delete'] as const).flatMap((method) =>
        item[method] === undefined ? [] : [`${method.toUpperCase()} ${path}`],
      ),
    );
    expect(served.toSorted()).toEqual(ROUTES.map(({ route }) => route).toSorted());
  });

  const cases = ROUTES.filter(({ route }) => route !== 'POST /api/auth/sign-out').flatMap((route) =>
    WHO.map((who) => [route.route, who, route.gets[who] ?? (who === 'nobody' ? 401 : 403), route] as const),
  );

  it.each(cases)('%s by %s is %p', async (_name, who, status, { route, sent, query = '' }) => {
    const [method, path] = split(route);
    const client = await clientOf(who);
    const ids = { exam: 'demonstration', ...theirs };
    const answer = await client.ask(method, addressOf(path, ids) + query, sent?.());
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([status, expect.anything()]);
    if (status >= 400) problemIn(answer);
  });
});

describe('what is not there', () => {
  const unknown = ROUTES.filter(({ route }) => /\{(?:exam|submission|answer)\}/.test(route)).map(
    ({ route, sent, query, gets }) => ({
      route,
      sent,
      query: query ?? '',
      gets,
    }),
  );

  it.each(unknown)('$route is 404 to who may ask', async ({ route, sent, query, gets }) => {
    const [method, path] = split(route);
    const client = await service.as('examiner' in gets ? 'examiner' : 'student');
    const ids = { exam: 'no-such-exam' };
    const body = route.endsWith('/{answer}/marks')
      ? { json: { action: 'confirm', expectedCurrent: null } }
      : route.endsWith('/release')
        ? { json: {} }
        : route.endsWith('/submissions') && method === 'POST'
          ? { form: formWith('Question 1: text') }
          : sent?.();
    const answer = await client.ask(method, addressOf(path, ids) + query, body);
    problemIn(answer);
    // To put or check an exam that is not there yet is what those are for.
    expect(answer.status).toBe(path.endsWith('/check') || route === 'PUT /api/v1/exams/{exam}' ? 422 : 404);
  });

  it.each(['not-a-uuid', "'; DROP TABLE users --", '%00', '..%2f..%2fetc'])(
    'identifier %p is 404',
    async (id) => {
      const examiner = await service.as('examiner');
      for (const path of [`/api/v1/submissions/${id}`, `/api/v1/answers/${id}`, `/api/v1/exams/${id}`]) {
        const answer = await examiner.get(path);
        problemIn(answer);
        expect([400, 404]).toContain(answer.status);
      }
    },
  );
});

describe('what markers may not learn', () => {
  it.each([
    ['submission', () => `/api/v1/submissions/${theirs.submission}`],
    ['submissions', () => '/api/v1/exams/demonstration/submissions'],
    ['queue', () => '/api/v1/exams/demonstration/marking-queue?state=all'],
    ['answer', () => `/api/v1/answers/${theirs.answer}`],
    ['report', () => `/api/v1/submissions/${theirs.submission}/report`],
    ['exams', () => '/api/v1/exams'],
  ])('%s-names-no-student', async (_name, path) => {
    const { text } = await (await service.as('marker')).get(path());
    const [student] = await service.database.query(
      "SELECT id, name, email FROM users WHERE role = 'student' AND name LIKE 'Ada%'",
    );
    for (const secret of [student?.['id'], student?.['name'], student?.['email'], 'ada-student.md']) {
      expect(text).not.toContain(String(secret));
    }
  });

  it('pseudonym-is-the-same-everywhere-and-no-function-of-public-things', async () => {
    const marker = await service.as('marker');
    const answer = (await marker.get(`/api/v1/answers/${theirs.answer}`)).json;
    const submission = (await marker.get(`/api/v1/submissions/${theirs.submission}`)).json;
    expect(answer).toMatchObject({ candidate: expect.stringMatching(/^C-[0-9A-Z]{4}-[0-9A-Z]{4}$/) });
    expect((answer as { candidate: string }).candidate).toBe((submission as { candidate: string }).candidate);
  });
});

describe('an exam that is kept to a team', () => {
  /** About an exam, or something of one. */
  const about = ROUTES.filter(({ route }) => parametersOf(route).some((name) => isExamObject(name)));
  const OTHER = '/api/v1/exams/other';
  let outsider: Client;
  /** What is there of the exam, so that nobody is refused for want of it. */
  let ids: Readonly<Record<string, string>>;

  const name = async (by: Client, exam: string, email: string, role: string) => {
    const answer = await by.post(`${exam}/team`, { json: { email, role } });
    expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
  };

  beforeAll(async () => {
    const examiner = await service.as('examiner');
    await service.api.addPerson({
      role: 'examiner',
      name: 'Olga Outsider',
      email: 'outsider@example.org',
      password: PASSWORD,
    });
    outsider = await service.anonymous.signIn('outsider@example.org', PASSWORD);
    const other = (await demonstrationExam()).replace(/^exam: .*$/m, 'exam: other');
    expect((await outsider.put(OTHER, { yaml: other })).status).toBe(201);
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
    expect((await outsider.get('/api/v1/exams/demonstration/marking-queue')).status).toBe(200);
    await name(examiner, '/api/v1/exams/demonstration', emailOf('marker'), 'marker');
    await name(examiner, '/api/v1/exams/demonstration', emailOf('rival'), 'marker');
    await name(outsider, OTHER, emailOf('colleague'), 'marker');
  }, 60_000);

  it('every-parameter-of-an-address-is-known-for-what-it-is', () => {
    const known = [...EXAM_OBJECTS, 'upload', 'cohort', 'change', 'student', 'person'];
    const ofTheService = ['person', 'conflict', 'token', 'platform'];
    for (const { route } of ROUTES) {
      const [first, ...within] = parametersOf(route);
      if (first === undefined) continue;
      expect(isExamObject(first) ? EXAM_OBJECTS : ofTheService).toContain(first);
      for (const each of within) expect(known).toContain(each);
    }
    expect(about.length).toBeGreaterThan(70);
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
    ['student', 'student'],
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

function parametersOf(route: string): string[] {
  return [...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

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

function all(status: number): Record<Somebody, number> & { nobody: number } {
  return {
    nobody: status,
    student: status,
    rival: status,
    marker: status,
    colleague: status,
    examiner: status,
  };
}
