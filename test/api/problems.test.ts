import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { problemIn } from './support/client.js';
import { startService, type Service } from './support/service.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

describe('problem details', () => {
  it.each(['/api/v1/nothing', '/api/nothing', '/nothing', '/api/v1/exams/x/y/z'])(
    '%s-is-404',
    async (path) => {
      const answer = await service.anonymous.get(path);
      problemIn(answer);
      expect(answer.status).toBe(404);
    },
  );

  it('wrong-method-is-404', async () => {
    expect((await service.anonymous.delete('/api/v1/me')).status).toBe(404);
  });

  it.each([
    ['broken-json', '{"name": ', 400],
    ['empty-json', '', 400],
    ['poisoned-json', '{"__proto__": {"x": 1}}', 400],
    ['array', '[]', 422],
    ['null', 'null', 422],
  ])('%s-is-%p', async (_name, body, status) => {
    const response = await fetch(`${service.api.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: status === 400 && body === '' ? new Uint8Array() : body,
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('body-beyond-the-limit-is-413', async () => {
    const answer = await service.anonymous.post('/api/auth/sign-in/email', {
      json: { email: 'a@example.org', password: 'x'.repeat(2 * 1024 * 1024) },
    });
    problemIn(answer);
    expect(answer.status).toBe(413);
  });

  it('unknown-content-type-is-415', async () => {
    const answer = await service.anonymous.post('/api/auth/sign-in/email', {
      yaml: '<xml/>',
      headers: { 'content-type': 'application/xml' },
    });
    problemIn(answer);
    expect(answer.status).toBe(415);
  });

  it.each(['/api/v1/%', '/%E0%A4%A', '/api/v1/exams/%ff'])('address %s is 400 or 404', async (path) => {
    const response = await fetch(`${service.api.url}${path}`);
    expect([400, 401, 404]).toContain(response.status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const { requestId } = z.object({ requestId: z.uuid() }).parse(await response.json());
    expect(response.headers.get('x-request-id')).toBe(requestId);
  });

  it.each([
    [
      'in-a-body',
      'POST',
      '/api/v1/conflicts',
      { marker: 'a\u0000', student: 'b', reason: 'c' },
      422,
      'marker',
    ],
    ['in-a-query', 'GET', '/api/v1/exams/nothing/marking-queue?part=%00', undefined, 400, 'part'],
  ] as const)(
    'what-is-no-character-%s-is-refused-and-named',
    async (_name, method, path, json, status, at) => {
      const examiner = await service.as('examiner');
      const answer = await examiner.ask(method, path, json === undefined ? {} : { json });
      problemIn(answer);
      expect(answer.status).toBe(status);
      expect(answer.text).toContain(`"path":"${at}`);
    },
  );

  it('too-many-requests-are-429', async () => {
    const strict = await startService({ limits: { requestsPerMinute: 5 } });
    try {
      const statuses = [];
      for (let tries = 0; tries < 8; tries += 1) statuses.push(await strict.anonymous.get('/health/live'));
      const held = statuses.find(({ status }) => status === 429);
      if (held === undefined) throw new Error('nothing was held up');
      problemIn(held);
      expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await strict.close();
    }
  });

  it('fault-of-ours-tells-nothing-but-its-request-id', async () => {
    const broken = await startService();
    try {
      const student = await broken.as('student');
      await broken.database.query('ALTER TABLE exams RENAME TO exams_gone');
      const answer = await student.get('/api/v1/exams');
      const problem = problemIn(answer);
      expect(answer.status).toBe(500);
      expect(problem.type).toBe('urn:tensormark:problem:fault');
      expect(answer.text).not.toContain('exams_gone');
    } finally {
      await broken.close();
    }
  });
});

describe('health', () => {
  it('live-and-ready', async () => {
    expect((await service.anonymous.get('/health/live')).json).toEqual({ status: 'live' });
    expect((await service.anonymous.get('/health/ready')).json).toEqual({ status: 'ready', queue: 'open' });
  });

  it('not-ready-without-a-database-and-live-all-the-same', async () => {
    const lost = await startService();
    await lost.database.drop();
    try {
      const answer = await lost.anonymous.get('/health/ready');
      problemIn(answer);
      expect(answer.status).toBe(503);
      expect((await lost.anonymous.get('/health/live')).status).toBe(200);
    } finally {
      await lost.api.close();
    }
  });
});

describe('headers', () => {
  it.each(['/health/live', '/api/v1/nothing', '/api/v1/me'])('%s-is-guarded', async (path) => {
    const { headers } = await service.anonymous.get(path);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('openapi-document-is-open-to-anyone', async () => {
    expect((await service.anonymous.get('/docs/json')).json).toMatchObject({ openapi: '3.1.0' });
  });

  it('nothing-of-the-interface-is-cached', async () => {
    const student = await service.as('student');
    expect((await student.get('/api/v1/me')).headers.get('cache-control')).toContain('no-store');
  });
});
