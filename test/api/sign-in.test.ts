import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Client, problemIn } from './support/client.js';
import { emailOf, PASSWORD, startService, type Service } from './support/service.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const signIn = (json: unknown, headers: Record<string, string> = {}) =>
  service.anonymous.post('/api/auth/sign-in/email', { json, headers });

describe('signing in', () => {
  it('right-password-gives-a-session-and-no-token-in-the-body', async () => {
    const answer = await signIn({ email: emailOf('student'), password: PASSWORD });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      user: { id: expect.any(String), name: 'Ada Student', email: emailOf('student'), role: 'student' },
    });
    const cookie = answer.headers.getSetCookie().join();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Secure/i);
  });

  it.each([
    ['wrong-password', { email: emailOf('student'), password: 'not-the-password' }],
    ['unknown-address', { email: 'nobody@example.org', password: PASSWORD }],
  ])('%s-is-401-and-says-no-more', async (_name, credentials) => {
    const answer = await signIn(credentials);
    expect(problemIn(answer).detail).toBe('Invalid email or password');
    expect(answer.status).toBe(401);
  });

  it.each([
    ['no-password', { email: emailOf('student') }],
    ['no-object', []],
    ['address-that-is-none', { email: 'student', password: PASSWORD }],
    ['further-fields', { email: emailOf('student'), password: PASSWORD, role: 'examiner' }],
  ])('%s-is-422', async (_name, json) => {
    const answer = await signIn(json);
    expect(problemIn(answer).errors?.length).toBeGreaterThan(0);
    expect(answer.status).toBe(422);
  });

  it.each([
    '/api/auth/sign-up/email',
    '/api/auth/admin/create-user',
    '/api/auth/forget-password',
    '/api/auth/update-user',
  ])('%s-is-not-served', async (path) => {
    const answer = await service.anonymous.post(path, {
      json: { email: 'new@example.org', password: PASSWORD, name: 'New', role: 'examiner' },
    });
    problemIn(answer);
    expect(answer.status).toBe(404);
  });

  it('session-cookie-tells-who-one-is-until-signing-out', async () => {
    const client = await service.anonymous.signIn(emailOf('marker'), PASSWORD);
    expect((await client.get('/api/v1/me')).json).toMatchObject({ name: 'Cleo Marker', role: 'marker' });
    expect((await client.post('/api/auth/sign-out', { json: {} })).status).toBe(200);
    expect((await client.get('/api/v1/me')).status).toBe(401);
  });

  it('changed-password-ends-other-sessions', async () => {
    const first = await service.anonymous.signIn(emailOf('colleague'), PASSWORD);
    const second = await service.anonymous.signIn(emailOf('colleague'), PASSWORD);
    const newPassword = 'another-long-password';
    const wrong = await first.post('/api/auth/change-password', {
      json: { currentPassword: 'wrong', newPassword },
    });
    problemIn(wrong);
    expect(wrong.status).toBe(400);
    const right = await first.post('/api/auth/change-password', {
      json: { currentPassword: PASSWORD, newPassword },
    });
    expect(right.status).toBe(200);
    expect((await second.get('/api/v1/me')).status).toBe(401);
    expect((await signIn({ email: emailOf('colleague'), password: PASSWORD })).status).toBe(401);
  });

  it('too-short-a-new-password-is-refused', async () => {
    const client = await service.as('student');
    const answer = await client.post('/api/auth/change-password', {
      json: { currentPassword: PASSWORD, newPassword: 'short' },
    });
    expect(problemIn(answer).errors?.[0]).toMatchObject({ path: 'newPassword' });
  });

  it('banned-person-is-signed-out', async () => {
    const client = await service.anonymous.signIn(emailOf('rival'), PASSWORD);
    await service.database.query('UPDATE users SET banned = true WHERE email = $1', [emailOf('rival')]);
    expect((await client.get('/api/v1/me')).status).toBe(401);
    expect((await signIn({ email: emailOf('rival'), password: PASSWORD })).status).toBe(403);
    await service.database.query('UPDATE users SET banned = false WHERE email = $1', [emailOf('rival')]);
  });

  it('secure-cookies-where-the-address-is-https', async () => {
    const secure = await startService({ publicUrl: 'https://marking.example.org' });
    try {
      const local = new Client(`http://127.0.0.1:${secure.api.port}`);
      const answer = await local.post('/api/auth/sign-in/email', {
        json: { email: emailOf('student'), password: PASSWORD },
        headers: { origin: 'https://marking.example.org' },
      });
      expect(answer.status).toBe(200);
      expect(answer.headers.getSetCookie().join()).toMatch(/__Secure-.*Secure/i);
      expect(answer.headers.get('strict-transport-security')).toContain('max-age');
    } finally {
      await secure.close();
    }
  });
});

describe('requests from other sites', () => {
  const foreign = { origin: 'https://evil.example' };

  it('change-with-a-foreign-origin-is-403', async () => {
    const client = await service.as('student');
    const answer = await client.post('/api/v1/tokens', {
      json: { name: 'x', scopes: ['read'] },
      headers: foreign,
    });
    expect(problemIn(answer).type).toBe('urn:tensormark:problem:cross-site-request');
    expect(answer.status).toBe(403);
  });

  it('change-that-the-browser-calls-cross-site-is-403', async () => {
    const client = await service.as('student');
    const answer = await client.post('/api/v1/tokens', {
      json: { name: 'x', scopes: ['read'] },
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(answer.status).toBe(403);
  });

  it('sign-in-from-a-foreign-page-is-403', async () => {
    expect((await signIn({ email: emailOf('student'), password: PASSWORD }, foreign)).status).toBe(403);
  });

  it('looking-with-a-foreign-origin-gets-no-permission-to-read', async () => {
    const client = await service.as('student');
    const answer = await client.get('/api/v1/me', { headers: foreign });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('API tokens', () => {
  const Created = z.object({ id: z.string(), secret: z.string(), scopes: z.array(z.string()) });

  async function token(scopes: string[]) {
    const client = await service.as('student');
    const answer = await client.post('/api/v1/tokens', { json: { name: 'script', scopes } });
    expect(answer.status).toBe(201);
    return Created.parse(answer.json);
  }

  it('secret-is-shown-once-and-stored-as-a-hash', async () => {
    const { id, secret } = await token(['read']);
    expect(Buffer.from(secret.replace(/^tm_/, ''), 'base64url').length).toBeGreaterThanOrEqual(32);
    const client = await service.as('student');
    const list = await client.get('/api/v1/tokens');
    expect(list.text).toContain(id);
    expect(list.text).not.toContain(secret);
    const rows = await service.database.query('SELECT * FROM api_tokens');
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('token-may-do-what-its-scopes-say', async () => {
    const { secret } = await token(['submit']);
    const script = service.anonymous.withToken(secret);
    expect((await script.get('/api/v1/me')).status).toBe(403);
    expect((await script.hand('nowhere', 'text')).status).toBe(404);
  });

  it('token-makes-no-tokens', async () => {
    const { secret } = await token(['read', 'submit', 'mark', 'manage']);
    const script = service.anonymous.withToken(secret);
    expect((await script.get('/api/v1/me')).status).toBe(200);
    expect((await script.post('/api/v1/tokens', { json: { name: 'more', scopes: ['read'] } })).status).toBe(
      403,
    );
    expect((await script.put('/api/v1/exams/demonstration', { yaml: '' })).status).toBe(403);
  });

  it('revoked-token-is-nobody', async () => {
    const { id, secret } = await token(['read']);
    const client = await service.as('student');
    expect((await client.delete(`/api/v1/tokens/${id}`)).status).toBe(204);
    expect((await service.anonymous.withToken(secret).get('/api/v1/me')).status).toBe(401);
    expect((await client.delete(`/api/v1/tokens/00000000-0000-4000-8000-000000000000`)).status).toBe(404);
  });

  it('another-persons-token-cannot-be-revoked', async () => {
    const { id, secret } = await token(['read']);
    const rival = await service.as('marker');
    expect((await rival.delete(`/api/v1/tokens/${id}`)).status).toBe(404);
    expect((await service.anonymous.withToken(secret).get('/api/v1/me')).status).toBe(200);
  });

  it('expired-token-is-nobody', async () => {
    const { id, secret } = await token(['read']);
    await service.database.query(
      "UPDATE api_tokens SET expires_at = now() - interval '1 second' WHERE id = $1",
      [id],
    );
    expect((await service.anonymous.withToken(secret).get('/api/v1/me')).status).toBe(401);
  });

  it.each([
    ['made-up', 'made-up'],
    ['empty', ''],
    ['overlong', 'x'.repeat(600)],
    ['sql', "' OR 1=1 --"],
  ])('%s-token-is-nobody', async (_name, secret) => {
    const answer = await service.anonymous.withToken(secret).get('/api/v1/me');
    problemIn(answer);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('bad-token-is-not-helped-by-a-good-cookie', async () => {
    const client = await service.as('student');
    expect((await client.get('/api/v1/me', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
  });
});

describe('too many attempts', () => {
  it('one-account-is-held-up-and-others-are-not', async () => {
    const strict = await startService({ limits: { signInsPerAccount: 3 } });
    try {
      const attempt = (email: string) =>
        strict.anonymous.post('/api/auth/sign-in/email', { json: { email, password: 'not-the-password' } });
      for (let tries = 0; tries < 3; tries += 1) expect((await attempt(emailOf('student'))).status).toBe(401);
      const held = await attempt(emailOf('student').toUpperCase());
      problemIn(held);
      expect(held.status).toBe(429);
      expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await attempt(emailOf('marker'))).status).toBe(401);
    } finally {
      await strict.close();
    }
  });

  it('one-address-is-held-up-by-better-auth', async () => {
    const strict = await startService({ limits: { signInsPerAddress: 2 } });
    try {
      const statuses: number[] = [];
      for (const who of ['student', 'rival', 'marker', 'examiner'] as const) {
        const answer = await strict.anonymous.post('/api/auth/sign-in/email', {
          json: { email: emailOf(who), password: PASSWORD },
          headers: { 'x-forwarded-for': `10.0.0.${statuses.length}` },
        });
        statuses.push(answer.status);
      }
      expect(statuses).toEqual([200, 200, 429, 429]);
    } finally {
      await strict.close();
    }
  });
});
