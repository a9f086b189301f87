import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Client, problemIn, type Answer } from './support/client.js';
import {
  INSTRUCTOR,
  LEARNER,
  startLearningPlatform,
  type Member,
  type Platform,
} from './support/learning-platform.js';
import { markedSubmission } from './support/marked-submission.js';
import { emailOf, startService, type Service } from './support/service.js';

const CROSS_SITE = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
};
const ADA: Member = { user_id: 'p-1', name: 'Ada Student', email: emailOf('student'), roles: [LEARNER] };
const NEW: Member = { user_id: 'p-2', name: 'Nora Newcomer', email: 'nora@example.org', roles: [LEARNER] };
const EMIL: Member = { user_id: 'p-9', name: 'Emil', email: emailOf('examiner'), roles: [INSTRUCTOR] };
const Link = z.object({ link: z.uuid(), exam: z.string().nullable() });
const Courses = z.array(
  Link.extend({
    grades: z.object({ sent: z.int(), toSend: z.int(), failed: z.int(), unknownThere: z.int() }),
    fault: z.string().nullable(),
  }),
);

let service: Service;
let platform: Platform;
let examiner: Client;

beforeAll(async () => {
  service = await startService();
  platform = await startLearningPlatform(() => `${service.api.url}/api/v1/lti/keys`);
  examiner = await service.as('examiner');
  await markedSubmission(service);
  const added = await examiner.post('/api/v1/learning-platforms', {
    json: { name: 'Example Moodle', ...platform.registration },
  });
  if (added.status !== 201) throw new Error(added.text);
});
afterAll(async () => {
  await service.close();
  await platform.close();
});

/** The cookies a browser would have after the answer. */
function cookiesOf({ headers }: Answer): string {
  return headers
    .getSetCookie()
    .filter((each) => !/max-age=0/i.test(each))
    .map((each) => each.split(';')[0])
    .join('; ');
}

/** Begins where the platform sends people, and returns where it is sent back to. */
async function begin(): Promise<{ readonly to: string; readonly cookie: string }> {
  const query = new URLSearchParams({
    iss: platform.registration.issuer,
    login_hint: 'somebody',
    target_link_uri: service.api.url,
    client_id: platform.registration.clientId,
  });
  const begun = await service.anonymous.get(`/api/v1/lti/login?${query.toString()}`, { headers: CROSS_SITE });
  expect(begun.status).toBe(303);
  return { to: begun.headers.get('location') ?? '', cookie: cookiesOf(begun) };
}

function land(word: Readonly<Record<string, string>>, cookie: string): Promise<Answer> {
  return fetch(`${service.api.url}/api/v1/lti/launch`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...CROSS_SITE, origin: platform.url, ...(cookie !== '' && { cookie }) },
    body: new URLSearchParams(word),
  }).then(async (response) => ({
    status: response.status,
    headers: response.headers,
    text: await response.text(),
    json: undefined,
  }));
}

async function visit(member: Member): Promise<Answer> {
  const { to, cookie } = await begin();
  return land(await platform.vouch(member, to), cookie);
}

/** The page it sends a browser to, in the end. */
function whereTo(answer: Answer): string {
  const to = new URL(answer.headers.get('location') ?? '', service.api.url);
  return to.pathname === '/arrived' ? (to.searchParams.get('to') ?? '') : `${to.pathname}${to.search}`;
}

describe('coming from a course', () => {
  it('goes-back-to-the-platform-with-a-nonce-and-the-address-to-return-to', async () => {
    const { to } = await begin();
    const asked = Object.fromEntries(new URL(to).searchParams);
    expect(to.startsWith(platform.registration.authorizationUrl)).toBe(true);
    expect(asked).toMatchObject({
      scope: 'openid',
      response_type: 'id_token',
      response_mode: 'form_post',
      prompt: 'none',
      client_id: platform.registration.clientId,
      redirect_uri: `${service.api.url}/api/v1/lti/launch`,
      login_hint: 'somebody',
    });
    expect(asked['nonce']).toMatch(/^[\w-]{32}$/);
  });

  it('a-new-student-gets-an-account-and-a-session', async () => {
    const landed = await visit(NEW);
    expect([landed.status, whereTo(landed)]).toEqual([303, '/exams']);
    const nora = new Client(service.api.url, { cookie: cookiesOf(landed), origin: service.api.url });
    expect((await nora.get('/api/v1/me')).json).toMatchObject({ email: NEW.email, role: 'student' });
    const again = await visit({ ...NEW, email: 'another@example.org' });
    const same = new Client(service.api.url, { cookie: cookiesOf(again), origin: service.api.url });
    expect((await same.get('/api/v1/me')).json).toMatchObject({ email: NEW.email });
  });

  it('nobody-is-let-in-by-an-address-that-the-platform-may-have-made-up', async () => {
    for (const member of [ADA, { ...EMIL, roles: [LEARNER] }, EMIL]) {
      const landed = await visit(member);
      expect(whereTo(landed)).toBe('/connect-platform');
      expect(cookiesOf(landed)).not.toContain('session_token');
    }
  });

  it('whoever-has-an-account-connects-it-by-signing-in', async () => {
    const landed = await visit(EMIL);
    const both = {
      ...examiner.credentials,
      cookie: `${examiner.credentials['cookie']}; ${cookiesOf(landed)}`,
    };
    const arriving = new Client(service.api.url, both);
    const waiting = await arriving.get('/api/v1/platform-connection');
    expect(waiting.json).toEqual({ platform: 'Example Moodle', person: 'Emil' });
    const connected = await arriving.post('/api/v1/platform-connection', { json: {} });
    expect(connected.json).toEqual({ to: expect.stringContaining('/learning-platforms?choose=') });
    expect(whereTo(await visit(EMIL))).toMatch(/^\/learning-platforms\?choose=/);
    expect((await examiner.post('/api/v1/platform-connection', { json: {} })).status).toBe(404);
  });

  it.each([
    ['signed-by-a-stranger', { forged: true }],
    ['for-another-client', { claims: { aud: 'another' } }],
    ['of-another-visit', { claims: { nonce: 'another' } }],
    ['from-another-issuer', { claims: { iss: 'https://elsewhere.example' } }],
    [
      'an-hour-old',
      { claims: { iat: Math.floor(Date.now() / 1000) - 3600, exp: Math.floor(Date.now() / 1000) + 60 } },
    ],
    ['without-a-person', { claims: { sub: '' } }],
    [
      'another-kind-of-message',
      { claims: { 'https://purl.imsglobal.org/spec/lti/claim/message_type': 'LtiStartProctoring' } },
    ],
  ])('a-word-%s-is-not-taken', async (_name, next) => {
    const { to, cookie } = await begin();
    platform.next = next;
    const word = await platform.vouch(NEW, to);
    const landed = await land(word, cookie);
    expect(whereTo(landed)).toBe('/sign-in?refused=learning-platform&error=visit-not-verified');
    expect(cookiesOf(landed)).toBe('');
  });

  it('a-word-is-good-for-one-visit-and-in-the-browser-it-was-asked-for', async () => {
    const { to, cookie } = await begin();
    const word = await platform.vouch(NEW, to);
    const expired = '/sign-in?refused=learning-platform&error=visit-expired';
    expect(whereTo(await land(word, ''))).toBe(expired);
    expect(whereTo(await land(word, (await begin()).cookie))).toBe(expired);
    expect(whereTo(await land(word, cookie))).toBe('/exams');
    expect(whereTo(await land(word, cookie))).toBe(expired);
  });

  it('what-the-platform-refused-is-said-on-the-sign-in-page', async () => {
    const { to, cookie } = await begin();
    const state = new URL(to).searchParams.get('state') ?? '';
    const landed = await land({ state, error: 'login_required' }, cookie);
    expect(whereTo(landed)).toBe('/sign-in?refused=learning-platform&error=visit-refused');
  });

  it('a-platform-that-is-not-known-is-not-gone-to', async () => {
    const begun = await service.anonymous.get('/api/v1/lti/login?iss=https://elsewhere.example&login_hint=x');
    expect(whereTo(begun)).toBe('/sign-in?refused=learning-platform&error=platform-unknown');
  });

  it('in-a-frame-it-offers-a-window-of-its-own-and-quotes-what-it-was-given', async () => {
    const query = new URLSearchParams({
      iss: platform.registration.issuer,
      login_hint: '"><script>alert(1)</script>',
    });
    const framed = await service.anonymous.get(`/api/v1/lti/login?${query.toString()}`, {
      headers: { ...CROSS_SITE, 'sec-fetch-dest': 'iframe' },
    });
    expect(framed.headers.get('x-frame-options')).toBeNull();
    expect(framed.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(framed.text).toContain('target="_blank"');
    expect(framed.text).not.toContain('<script>');
  });

  it('other-sites-still-change-nothing-elsewhere', async () => {
    const answer = await examiner.post('/api/v1/learning-platforms', {
      json: {},
      headers: { origin: platform.url, ...CROSS_SITE },
    });
    expect(answer.status).toBe(403);
  });
});

describe('a course that leads to an exam', () => {
  let link: string;
  beforeAll(async () => {
    const choose = whereTo(await visit(EMIL));
    link = new URL(choose, service.api.url).searchParams.get('choose') ?? '';
    const chosen = await examiner.put(`/api/v1/courses/${link}/exam`, { json: { exam: 'demonstration' } });
    if (Link.parse(chosen.json).exam !== 'demonstration') throw new Error(chosen.text);
  });

  it('brings-its-students-to-the-exam-and-its-teachers-to-the-examining', async () => {
    expect(whereTo(await visit(NEW))).toBe('/exams/demonstration');
    expect(whereTo(await visit(EMIL))).toBe('/examining/demonstration');
  });

  it('the-roster-is-shown-first-and-then-taken', async () => {
    platform.members.push(
      NEW,
      { user_id: 'p-3', name: 'Otto Other', email: 'otto@example.org', roles: [LEARNER] },
      { user_id: 'p-4', name: 'Gone', email: 'gone@example.org', roles: [LEARNER], status: 'Inactive' },
      ADA,
      EMIL,
    );
    const address = `/api/v1/exams/demonstration/courses/${link}/roster`;
    const expected = {
      new: [{ name: 'Otto Other', email: 'otto@example.org' }],
      known: 1,
      teachers: 1,
      notTaken: [{ name: 'Ada Student', why: expect.stringContaining('its owner connects it') }],
    };
    expect((await examiner.get(address)).json).toEqual(expected);
    expect((await examiner.post(address, { json: {} })).json).toEqual(expected);
    expect((await examiner.get(address)).json).toMatchObject({ new: [], known: 2 });
    const report = await examiner.get('/api/v1/exams/demonstration/grade-report');
    expect(report.text).toContain('otto@example.org');
  });

  it('told-are-released-grades-alone-each-once-and-a-change-again', async () => {
    const student = await service.as('student');
    const landed = await visit(ADA);
    const arriving = new Client(service.api.url, {
      ...student.credentials,
      cookie: `${student.credentials['cookie']}; ${cookiesOf(landed)}`,
    });
    expect((await arriving.post('/api/v1/platform-connection', { json: {} })).status).toBe(201);
    const send = async (): Promise<z.infer<typeof Courses>[number]> => {
      const sent = await examiner.post(`/api/v1/exams/demonstration/courses/${link}/grades`, { json: {} });
      return Courses.parse([sent.json])[0] as z.infer<typeof Courses>[number];
    };
    await send();
    expect(platform.scores).toEqual([]);

    const total = await markAll('2');
    expect((await send()).grades).toEqual({ sent: 0, toSend: 0, failed: 0, unknownThere: 0 });
    await examiner.post('/api/v1/exams/demonstration/release', { json: {} });
    platform.refuseScores = 1;
    expect(await send()).toMatchObject({
      grades: { sent: 0, failed: 1 },
      fault: expect.stringContaining('answered 503'),
    });
    expect((await send()).grades).toEqual({ sent: 1, toSend: 0, failed: 0, unknownThere: 0 });
    await send();
    expect(platform.scores).toEqual([
      expect.objectContaining({
        userId: ADA.user_id,
        scoreGiven: total,
        activityProgress: 'Completed',
        gradingProgress: 'FullyGraded',
      }),
    ]);

    const better = await markAll('3');
    await send();
    expect(platform.scores).toHaveLength(1);
    await examiner.post('/api/v1/exams/demonstration/release', { json: {} });
    await send();
    expect(platform.scores.map(({ scoreGiven }) => scoreGiven)).toEqual([total, better]);
  });

  it('a-grade-that-was-told-is-cleared-where-the-result-is-withheld-or-excused-and-told-again-after', async () => {
    const exam = '/api/v1/exams/demonstration';
    const send = () => examiner.post(`${exam}/courses/${link}/grades`, { json: {} });
    const { rows } = z
      .object({
        rows: z.array(z.object({ student: z.object({ id: z.string() }), total: z.string().nullable() })),
      })
      .parse((await examiner.get(`${exam}/grade-report`)).json);
    const ada = rows.find(({ total }) => total !== null)?.student.id;
    const before = platform.gradebook.get(ADA.user_id);
    const told = platform.scores.length;
    expect(before).toBeGreaterThan(0);

    const withhold = (withheld: boolean) =>
      examiner.put(`${exam}/withheld/${ada}`, { json: { withheld, reason: 'An inquiry.' } });
    const excuse = (part: string | null, excused: boolean) =>
      examiner.put(`${exam}/excusals/${ada}`, { json: { part, excused, reason: 'Ill.' } });
    const release = () => examiner.post(`${exam}/release`, { json: {} });

    expect((await withhold(true)).status).toBe(200);
    platform.refuseScores = 1;
    await send();
    expect(platform.gradebook.get(ADA.user_id)).toBe(before);
    await send();
    await send();
    expect(platform.gradebook.has(ADA.user_id)).toBe(false);
    expect(platform.scores.slice(told)).toEqual([
      {
        userId: ADA.user_id,
        activityProgress: 'Completed',
        gradingProgress: 'NotReady',
        timestamp: expect.any(String),
      },
    ]);
    await withhold(false);
    await release();
    await send();
    expect(platform.gradebook.get(ADA.user_id)).toBe(before);

    // Of one part: out of less, once it is released so. Of all: none.
    await excuse('1.a', true);
    await send();
    expect(platform.gradebook.get(ADA.user_id)).toBe(before);
    await release();
    await send();
    const [full, less] = [platform.scores.at(-2), platform.scores.at(-1)];
    expect(less?.scoreMaximum).toBeLessThan(full?.scoreMaximum ?? 0);
    await excuse(null, true);
    await send();
    expect(platform.gradebook.has(ADA.user_id)).toBe(false);
    await excuse(null, false);
    await excuse('1.a', false);
    await release();
    await send();
    expect(platform.gradebook.get(ADA.user_id)).toBe(before);
  });

  it('a-platform-that-is-let-go-brings-nobody', async () => {
    const listed = z
      .object({ platforms: z.array(z.object({ id: z.uuid() })) })
      .parse((await examiner.get('/api/v1/learning-platforms')).json);
    const { to, cookie } = await begin();
    const word = await platform.vouch(NEW, to);
    const gone = await examiner.delete(`/api/v1/learning-platforms/${listed.platforms[0]?.id}`);
    expect(gone.status).toBe(204);
    expect(whereTo(await land(word, cookie))).toContain('visit-expired');
    expect((await examiner.get('/api/v1/exams/demonstration/courses')).json).toEqual([]);
  });
});

it('what-is-no-address-is-refused-where-it-stands', async () => {
  const examiner = await service.as('examiner');
  const answer = await examiner.post('/api/v1/learning-platforms', {
    json: { ...platform.registration, name: 'Moodle', keysUrl: 'moodle' },
  });
  expect(problemIn(answer)).toMatchObject({
    status: 422,
    errors: [{ path: 'keysUrl' }, { path: 'keysUrl' }],
  });
});

it('addresses-without-https-are-refused', async () => {
  const answer = await examiner.post('/api/v1/learning-platforms', {
    json: { name: 'x', ...platform.registration, issuer: 'y', tokenUrl: 'http://lms.example.org/token' },
  });
  expect(problemIn(answer).errors).toEqual([
    expect.objectContaining({ path: 'tokenUrl', message: expect.stringContaining('https') }),
  ]);
});

/** Sets the same mark on every part and returns what it comes to. */
async function markAll(marks: string): Promise<number> {
  const marker = await service.as('marker');
  const queue = z
    .array(z.object({ answer: z.uuid() }))
    .parse((await marker.get('/api/v1/exams/demonstration/marking-queue?state=all')).json);
  for (const { answer } of queue) {
    const { current } = z
      .object({ current: z.object({ id: z.uuid() }).nullable() })
      .parse((await marker.get(`/api/v1/answers/${answer}`)).json);
    const set = await marker.post(`/api/v1/answers/${answer}/marks`, {
      json: { action: 'change', marks, reason: 'For the test.', expectedCurrent: current?.id ?? null },
    });
    if (set.status >= 300) throw new Error(set.text);
  }
  return queue.length * Number(marks);
}
