import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../database/free-port.mjs';
import { Client } from './support/client.js';
import {
  CLIENT,
  type Claims,
  startIdentityProvider,
  type IdentityProvider,
} from './support/identity-provider.js';
import { emailOf, PASSWORD, startService, type Service } from './support/service.js';

let provider: IdentityProvider;
let service: Service;

beforeAll(async () => {
  provider = await startIdentityProvider();
  service = await startService({
    // The provider sends people back to an address that is fixed before the server listens.
    port: await freePort(),
    singleSignOn: { issuer: provider.issuer, ...CLIENT, name: 'Example University' },
  });
});
afterAll(async () => {
  await service.close();
  await provider.close();
});

const ADA: Claims = { sub: 'u-17', email: emailOf('student'), email_verified: true, name: 'Ada S.' };

interface Visit {
  /** Where the browser ends up. */
  readonly at: string;
  readonly client: Client;
}

/** Goes the way a browser goes: to the provider, back, and on; with the cookies that it is given. */
async function visit(url: string, to = '/exams'): Promise<Visit> {
  const jar = new Map<string, string>();
  const keep = (headers: Headers): string => {
    for (const cookie of headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      if (/max-age=0/i.test(cookie)) jar.delete(name);
      else jar.set(name, pair);
    }
    return [...jar.values()].join('; ');
  };
  const started = await new Client(url).post('/api/auth/sign-in/single-sign-on', {
    json: { to },
    headers: { origin: url },
  });
  expect([started.status, started.text]).toEqual([200, expect.stringContaining('url')]);
  let cookie = keep(started.headers);
  let next = z.object({ url: z.url() }).parse(started.json).url;
  for (let hop = 0; hop < 3; hop += 1) {
    const response = await fetch(next, {
      redirect: 'manual',
      headers: next.startsWith(url) ? { cookie } : {},
    });
    const location = response.headers.get('location');
    if (location === null) break;
    cookie = keep(response.headers);
    if (new URL(location, url).origin === url && !location.includes('/callback/')) {
      return { at: location, client: new Client(url, { cookie, origin: url }) };
    }
    next = location;
  }
  throw new Error(`the visit ended at ${next}`);
}

describe('single sign-on', () => {
  it('the-page-is-told-its-name', async () => {
    expect((await service.anonymous.get('/api/v1/sign-in-ways')).json).toEqual({
      singleSignOn: { name: 'Example University' },
      signedIn: false,
    });
  });

  it('the-page-is-told-whether-there-is-a-session-and-not-whose', async () => {
    const bela = await service.anonymous.signIn(emailOf('rival'), PASSWORD);
    const asked = async (client: Client) => (await client.get('/api/v1/sign-in-ways')).json;
    expect(await asked(bela)).toEqual({ singleSignOn: { name: 'Example University' }, signedIn: true });
    await bela.post('/api/auth/sign-out', { json: {} });
    expect(await asked(bela)).toMatchObject({ signedIn: false });
  });

  it('an-account-is-found-by-its-verified-address-and-keeps-name-and-role', async () => {
    provider.signsIn(ADA);
    const { at, client } = await visit(service.api.url);
    expect(at).toBe('/exams');
    expect((await client.get('/api/v1/me')).json).toMatchObject({ name: 'Ada Student', role: 'student' });
    const entries = await service.database.query(
      "SELECT 1 FROM audit_entries a JOIN users u ON u.id = a.actor_id WHERE a.action = 'signed-in' AND u.email = $1",
      [emailOf('student')],
    );
    expect(entries).toHaveLength(1);
  });

  it('from-then-on-it-is-found-by-the-providers-name-for-the-person', async () => {
    provider.signsIn({ ...ADA, email: 'married@example.org' });
    const { client } = await visit(service.api.url);
    expect((await client.get('/api/v1/me')).json).toMatchObject({ email: emailOf('student') });
  });

  it('an-address-that-nobody-verified-opens-no-account', async () => {
    provider.signsIn({ sub: 'u-18', email: emailOf('examiner'), email_verified: false, name: 'Mallory' });
    const { at, client } = await visit(service.api.url);
    expect(at).toMatch(/^\/sign-in\?.*refused=single-sign-on.*error=/);
    expect((await client.get('/api/v1/me')).status).toBe(401);
  });

  it('somebody-without-an-account-is-not-given-one', async () => {
    provider.signsIn({ sub: 'u-19', email: 'new@example.org', email_verified: true, name: 'New' });
    const { at, client } = await visit(service.api.url);
    expect(at).toMatch(/refused=single-sign-on.*error=signup_disabled/);
    expect((await client.get('/api/v1/me')).status).toBe(401);
    expect(await service.database.query("SELECT 1 FROM users WHERE email = 'new@example.org'")).toEqual([]);
  });

  it('a-token-signed-by-a-stranger-opens-nothing', async () => {
    provider.signsIn(ADA);
    provider.forgeNext();
    const { at, client } = await visit(service.api.url);
    expect(at).toMatch(/refused=single-sign-on/);
    expect((await client.get('/api/v1/me')).status).toBe(401);
  });

  it('who-is-refused-by-the-provider-is-told-so', async () => {
    provider.signsIn(null);
    const { at } = await visit(service.api.url);
    expect(at).toMatch(/refused=single-sign-on.*error=access_denied/);
  });

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'exams'])(
    'nobody-is-sent-on-to-%s',
    async (to) => {
      const answer = await service.anonymous.post('/api/auth/sign-in/single-sign-on', { json: { to } });
      expect(answer.status).toBe(422);
    },
  );

  it('a-code-without-the-visit-that-began-it-opens-nothing', async () => {
    const back = await service.anonymous.get('/api/auth/callback/single-sign-on?code=abc&state=def');
    expect(back.headers.getSetCookie().join()).not.toContain('session_token');
    expect([302, 400, 401]).toContain(back.status);
  });

  it('where-the-examiner-wants-it-new-people-become-students', async () => {
    const open = await startService({
      port: await freePort(),
      singleSignOn: { issuer: provider.issuer, ...CLIENT, name: 'Example University', newStudents: true },
    });
    try {
      provider.signsIn({ sub: 'u-20', email: 'fresh@example.org', email_verified: true, name: 'Fresh' });
      const { client } = await visit(open.api.url);
      expect((await client.get('/api/v1/me')).json).toMatchObject({ name: 'Fresh', role: 'student' });
    } finally {
      await open.close();
    }
  });

  it('a-provider-that-is-away-leaves-passwords', async () => {
    const alone = await startService({
      singleSignOn: { issuer: 'http://127.0.0.1:9', ...CLIENT, name: 'Nowhere' },
    });
    try {
      const answer = await alone.anonymous.post('/api/auth/sign-in/single-sign-on', { json: {} });
      expect([answer.status, answer.text]).toEqual([502, expect.stringContaining('use your password')]);
      expect((await (await alone.as('student')).get('/api/v1/me')).status).toBe(200);
    } finally {
      await alone.close();
    }
  });
});
