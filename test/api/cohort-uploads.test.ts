import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startApi, type RunningApi } from '../../apps/api/src/index.js';
import { zip } from '../../libs/documents/test/writing/zip.js';
import { Client, problemIn } from './support/client.js';
import {
  demonstrationAnswers,
  demonstrationExam,
  emailOf,
  PASSWORD,
  startService,
  type Service,
} from './support/service.js';

const MIB = 1024 * 1024;
const UPLOADS = '/api/v1/exams/demonstration/cohort-uploads';
const View = z.object({
  id: z.uuid(),
  fileName: z.string(),
  sha256: z.string(),
  rows: z.array(z.looseObject({ key: z.string(), files: z.array(z.string()) })),
  leftOver: z.array(z.string()),
});

let service: Service;
let examiner: Client;
let other: RunningApi;
let elsewhere: Client;
let archive: Buffer;

beforeAll(async () => {
  service = await startService({ limits: { cohortBytes: 6 * MIB } });
  examiner = await service.as('examiner');
  await examiner.put('/api/v1/exams/demonstration', { yaml: await demonstrationExam() });
  // Another process of the API over the same database, as behind a balancer.
  other = await startApi({
    databaseUrl: service.database.databaseUrl,
    host: '127.0.0.1',
    port: 0,
    secret: 'a secret for tests alone, of sufficient length',
    device: { kind: 'none', passedOver: [] },
    logLevel: 'silent',
    docsPages: false,
  });
  elsewhere = await new Client(other.url).signIn(emailOf('examiner'), PASSWORD);
  archive = Buffer.from(
    zip([
      { name: 'Ada Student_11_assignsubmission_file_/answers.md', data: await demonstrationAnswers() },
      { name: 'Bela Rival_12_assignsubmission_file_/answers\u202edm.md', data: 'Question 1: 1792' },
      { name: 'data\u202e.bin', data: randomBytes(4 * MIB), stored: true },
    ]),
  );
});
afterAll(async () => {
  await other.close();
  await service.close();
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function speak(
  who: Client,
  method: 'POST' | 'HEAD' | 'PATCH' | 'DELETE',
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: Buffer,
) {
  const response = await fetch(`${who.url}${path}`, {
    method,
    headers: { ...who.credentials, 'tus-resumable': '1.0.0', ...headers },
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function begin(bytes: Buffer, sum = sha256(bytes)): Promise<string> {
  const said = { filename: 'submissions.zip', sha256: sum };
  const begun = await speak(examiner, 'POST', UPLOADS, {
    'upload-length': String(bytes.length),
    'upload-metadata': Object.entries(said)
      .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
      .join(','),
  });
  expect([begun.status, begun.text]).toEqual([201, '']);
  return begun.headers.get('location') ?? '';
}

const send = (who: Client, path: string, bytes: Buffer, from: number, to = bytes.length) =>
  speak(
    who,
    'PATCH',
    path,
    { 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' },
    bytes.subarray(from, to),
  );

describe('an archive of a cohort that comes in pieces', () => {
  it('cut-off-half-way-goes-on-with-another-process-and-is-looked-at-as-one-that-came-at-once', async () => {
    const path = await begin(archive);
    const sending = httpRequest(`${examiner.url}${path}`, {
      method: 'PATCH',
      headers: {
        ...examiner.credentials,
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'content-length': String(archive.length),
      },
    });
    sending.on('error', () => undefined);
    sending.write(archive.subarray(0, 2 * MIB));
    const id = path.slice(path.lastIndexOf('/') + 1);
    const kept = async () =>
      Number(
        (await service.database.query('SELECT arrived FROM uploads WHERE id = $1', [id]))[0]?.['arrived'],
      );
    while ((await kept()) === 0) await pause(20);
    sending.destroy();
    const early = await examiner.post(`${path}/finish`);
    expect([early.status, problemIn(early).type]).toEqual([409, expect.stringContaining('upload-not-whole')]);

    const head = await speak(elsewhere, 'HEAD', path);
    const offset = Number(head.headers.get('upload-offset'));
    expect(head.status).toBe(200);
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThan(archive.length);
    const rest = await send(elsewhere, path, archive, offset);
    expect([rest.status, rest.headers.get('upload-offset')]).toEqual([204, String(archive.length)]);

    const whole = await elsewhere.post(`${path}/finish`);
    expect([whole.status, whole.text.slice(0, 200)]).toEqual([200, expect.anything()]);
    const view = View.parse(whole.json);
    expect(view).toMatchObject({ id, fileName: 'submissions.zip', sha256: sha256(archive) });
    expect(view.rows.map(({ files }) => files)).toEqual([['answers.md'], ['answers\ufffddm.md']]);
    expect(view.leftOver).toEqual(['data\ufffd.bin']);
    // The same however often, and as any other archive from then on.
    expect((await examiner.post(`${path}/finish`)).json).toEqual(whole.json);
    expect((await examiner.get(`/api/v1/exams/demonstration/cohorts/${id}`)).json).toEqual(whole.json);
  });

  it('is-there-for-its-examiner-alone-and-no-upload-of-a-student', async () => {
    const path = await begin(archive);
    const student = await service.as('student');
    expect((await speak(student, 'HEAD', path)).status).toBe(403);
    const asDocument = path.replace('cohort-uploads', 'uploads');
    expect((await speak(student, 'HEAD', asDocument)).status).toBe(404);
    expect((await speak(examiner, 'DELETE', path)).status).toBe(204);
    expect((await speak(examiner, 'HEAD', path)).status).toBe(404);
  });

  it.each<[string, () => Buffer, string | undefined, RegExp]>([
    ['another-sum-than-was-said', () => archive, 'a'.repeat(64), /Send the archive again/],
    ['no-archive', () => Buffer.from('Question 1: text'), undefined, /archive/],
  ])('%s-is-refused-and-removed', async (_name, bytes, sum, says) => {
    const path = await begin(bytes(), sum);
    expect((await send(examiner, path, bytes(), 0)).status).toBe(204);
    const refused = await examiner.post(`${path}/finish`);
    expect([refused.status, problemIn(refused).detail]).toEqual([422, expect.stringMatching(says)]);
    expect((await examiner.post(`${path}/finish`)).status).toBe(404);
  });

  it('larger-than-an-archive-may-be-is-refused-before-its-first-byte', async () => {
    const begun = await speak(examiner, 'POST', UPLOADS, { 'upload-length': String(7 * MIB) });
    expect(begun.status).toBe(413);
  });
});
