import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../database/free-port.mjs';
import { createTestDatabase, type TestDatabase } from '../database/test-database.js';
import { Client, problemIn } from './support/client.js';
import { run, untilReady, type Running } from './support/process.js';

/** In a process of its own: what serves files cannot be loaded into Jest. */
let database: TestDatabase;
let api: Running;
let client: Client;
let webRoot: string;
beforeAll(async () => {
  database = await createTestDatabase();
  webRoot = await mkdtemp(join(tmpdir(), 'tensormark-pages-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>Tensormark</title>');
  await writeFile(join(webRoot, 'assets', 'main-1a2b3c.js'), 'export {};');
  await writeFile(join(webRoot, 'assets', 'main-1a2b3c.js.gz'), gzipSync('export {};'));
  const port = await freePort();
  api = run('apps/api/src/main.js', {
    DATABASE_URL: database.databaseUrl,
    TENSORMARK_SECRET: 'a secret for tests alone, of sufficient length',
    TENSORMARK_WEB_ROOT: webRoot,
    PORT: String(port),
  });
  client = new Client(`http://127.0.0.1:${port}`);
  await untilReady(client.url, api);
});
afterAll(async () => {
  await api.kill();
  await database.drop();
  await rm(webRoot, { recursive: true });
});

const HTML = { headers: { accept: 'text/html,*/*' } };

describe('pages', () => {
  it.each(['/', '/submissions/abc', '/exams/demonstration/marking?part=1'])(
    '%s-is-the-application',
    async (path) => {
      const answer = await client.get(path, HTML);
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('<title>Tensormark</title>');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    },
  );

  it('assets-never-change', async () => {
    const answer = await client.get('/assets/main-1a2b3c.js');
    expect(answer.headers.get('content-type')).toContain('javascript');
    expect(answer.headers.get('cache-control')).toContain('immutable');
  });

  it('assets-built-since-the-start-are-served-and-what-is-gone-is-404', async () => {
    await writeFile(join(webRoot, 'assets', 'main-4d5e6f.js'), 'export const built = 2;');
    const built = await client.get('/assets/main-4d5e6f.js');
    expect([built.status, built.text]).toEqual([200, 'export const built = 2;']);
    expect(built.headers.get('cache-control')).toContain('immutable');
    await rm(join(webRoot, 'assets', 'main-4d5e6f.js'));
    expect((await client.get('/assets/main-4d5e6f.js')).status).toBe(404);
  });

  it.each([
    ['gzip, br', 'gzip'],
    ['identity', null],
  ])('assets-are-compressed-for-whoever-takes-it: %s', async (accepted, encoding) => {
    const answer = await client.get('/assets/main-1a2b3c.js', { headers: { 'accept-encoding': accepted } });
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('export {};');
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('content-type')).toContain('javascript');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(answer.headers.get('vary')?.toLowerCase()).toContain('accept-encoding');
  });

  it.each([
    ['unknown-address-of-the-interface', '/api/v1/nothing', HTML],
    ['unknown-file', '/assets/gone-9z.js', {}],
    ['file-outside', '/..%2f..%2fpackage.json', {}],
    ['unknown-health', '/health/nothing', HTML],
  ])('%s-is-404', async (_name, path, sent) => {
    const answer = await client.get(path, sent);
    expect(answer.status).toBe(404);
    problemIn(answer);
  });

  it('reader-of-the-openapi-document-works-under-its-policy', async () => {
    const page = await client.get('/docs', HTML);
    expect(page.status).toBe(200);
    expect(page.text).toContain('swagger-ui');
    // No script stands in the page itself: the policy would not run it.
    expect(page.text).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
    const scripts = [...page.text.matchAll(/<script[^>]*\bsrc="([^"]+)"/g)].map(
      ([, src]) => new URL(src ?? '', `${client.url}/docs`).pathname,
    );
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect((await client.get(script)).status).toBe(200);
  });
});

describe('log', () => {
  it('has-requests-by-route-and-nobody-by-name', async () => {
    const signedIn = await client.post('/api/auth/sign-in/email', {
      json: { email: 'ada.secret@example.org', password: 'hunter2hunter2' },
    });
    expect(signedIn.status).toBe(401);
    await client.get('/api/v1/submissions/00000000-0000-4000-8000-000000000000');
    // Written after the answer is on its way.
    while (!api.said().includes('"route":"/api/v1/submissions/:submission"')) await setTimeout(50);
    const said = api.said();
    for (const secret of ['ada.secret', 'hunter2', 'user-agent', 'remoteAddress']) {
      expect(
        said
          .split('\n')
          .filter((line) => line.startsWith('{'))
          .join('\n'),
      ).not.toContain(secret);
    }
  });

  it('stops-cleanly-when-asked', async () => {
    expect(await api.stop()).toBe(0);
  });
});
