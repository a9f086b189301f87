import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { openApiDocument } from '../../apps/api/src/openapi.js';
import { formWith, problemIn, type Client, type Method } from './support/client.js';
import { markedSubmission, type MarkedSubmission } from './support/marked-submission.js';
import { addressOf, ROUTES, split, type Who } from './support/routes.js';
import { startService, type Service } from './support/service.js';

const WHO: readonly Who[] = ['nobody', 'student', 'rival', 'marker', 'examiner'];

let service: Service;
let theirs: MarkedSubmission;
beforeAll(async () => {
  service = await startService();
  theirs = await markedSubmission(service);
});
afterAll(() => service.close());

/** Signs in afresh, as one of the routes signs out. */
async function clientOf(who: Who): Promise<Client> {
  return who === 'nobody' ? service.anonymous : service.as(who);
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

/** What is about all students together is looked at with the scope `manage`. */
const LOOKED_AT_BY_WHO_MANAGES =
  /\/(?:people|conflicts|extensions|students|team|suggestion-acceptance|release-plan|excusals|grade-report|grade-formats|cohort-report\.pdf|reports\.zip|learning-platforms|courses|roster|item-analysis|agreement|moderation-samples|faults|\{cohort\}|\{link\})$/;
const SESSION_ALONE = /\/(?:tokens|\{token\}|role|erase|split|platform-connection|sign-out|change-password)$/;

const MARKED_BY =
  /^\/api\/v1\/(?:answers|flags|comments|review-requests)\/|\/(?:comments|answer-groups\/marks(?:\/withdraw)?)$/;

function scopesFor(method: Method, path: string): readonly string[] {
  if (SESSION_ALONE.test(path)) return [];
  if (method === 'GET') return [LOOKED_AT_BY_WHO_MANAGES.test(path) ? 'manage' : 'read'];
  return [MARKED_BY.test(path) ? 'mark' : 'manage'];
}

describe('each route by tokens of its examiner', () => {
  const tokens = new Map<string, Client>();
  beforeAll(async () => {
    const examiner = await service.as('examiner');
    for (const scope of ['read', 'submit', 'mark', 'manage']) {
      const made = await examiner.post('/api/v1/tokens', { json: { name: scope, scopes: [scope] } });
      const { secret } = z.object({ secret: z.string() }).parse(made.json);
      tokens.set(scope, service.anonymous.withToken(secret));
    }
  });

  const guarded = ROUTES.filter(({ gets }) => gets.nobody === undefined && 'examiner' in gets);
  it.each(guarded.map(({ route, query = '' }) => [route, query] as const))(
    '%s is open to one scope at most',
    async (route, query) => {
      const [method, path] = split(route);
      const open: string[] = [];
      for (const [scope, client] of tokens) {
        // A body that is none is refused before anything is done, once the scope is right.
        const sent = method === 'GET' || method === 'DELETE' ? {} : { json: [] };
        const ids = { exam: 'demonstration', submission: theirs.submission, answer: theirs.answer };
        const { status } = await client.ask(method, addressOf(path, ids) + query, sent);
        if (status !== 403) open.push(scope);
      }
      expect(open).toEqual(scopesFor(method, path));
    },
  );
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
