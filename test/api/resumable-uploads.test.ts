import { createHash } from 'node:crypto';
import { type ClientRequest, request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Upload } from 'tus-js-client';
import { z } from 'zod';
import { freePort } from '../database/free-port.mjs';
import { Client, problemIn } from './support/client.js';
import { run, untilReady, type Running } from './support/process.js';
import {
  demonstrationAnswers,
  demonstrationExam,
  emailOf,
  PASSWORD,
  startService,
  type Service,
} from './support/service.js';

const MIB = 1024 * 1024;
const UPLOADS = '/api/v1/exams/demonstration/uploads';
const Accepted = z.object({
  submission: z.uuid(),
  receipt: z.object({
    code: z.string(),
    attempt: z.int(),
    sha256: z.string(),
    fileName: z.string(),
    receivedAt: z.string(),
  }),
});

let service: Service;
let student: Client;
let now: Date | null = null;
const started: Running[] = [];
beforeAll(async () => {
  service = await startService({
    limits: { uploadBytes: 8 * MIB },
    clock: { now: () => now ?? new Date() },
  });
  student = await service.as('student');
  const examiner = await service.as('examiner');
  await examiner.put('/api/v1/exams/demonstration', { yaml: await demonstrationExam() });
});
beforeEach(() => {
  now = null;
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.kill()));
  await service.close();
});

/** A document of over three megabytes, another one each time. */
async function document(which: string): Promise<Buffer> {
  return Buffer.from(
    `${await demonstrationAnswers()}\n${`${which} and so on.\n`.repeat(Math.ceil((3 * MIB) / 20))}`,
  );
}
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const metadata = (said: Readonly<Record<string, string>>) =>
  Object.entries(said)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');

interface Spoken {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** One request of the protocol. */
async function speak(
  who: Client,
  method: 'POST' | 'HEAD' | 'PATCH' | 'DELETE',
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: Uint8Array<ArrayBuffer>,
): Promise<Spoken> {
  const response = await fetch(`${who.url}${path}`, {
    method,
    headers: { ...who.credentials, 'tus-resumable': '1.0.0', ...headers },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function begin(
  who: Client,
  bytes: Buffer,
  said: Readonly<Record<string, string>> = {},
): Promise<string> {
  const begun = await speak(who, 'POST', UPLOADS, {
    'upload-length': String(bytes.length),
    'upload-metadata': metadata({ filename: 'answers.md', ...said }),
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
    new Uint8Array(bytes.subarray(from, to)),
  );
const arrived = async (who: Client, path: string): Promise<number> => {
  const { status, headers } = await speak(who, 'HEAD', path);
  expect(status).toBe(200);
  return Number(headers.get('upload-offset'));
};
const finish = async (who: Client, path: string) => {
  const answer = await who.post(`${path}/finish`);
  expect([answer.status, answer.text.slice(0, 200)]).toEqual([200, expect.anything()]);
  return Accepted.parse(answer.json);
};
const submissions = async () =>
  Number((await service.database.query('SELECT count(*)::int AS count FROM submissions'))[0]?.['count']);

/** Says it sends everything and stops after `to` bytes; given once some of them are kept, to be cut off. */
async function sendSome(
  who: Client,
  path: string,
  bytes: Buffer,
  from: number,
  to: number,
): Promise<ClientRequest> {
  const sending = httpRequest(`${who.url}${path}`, {
    method: 'PATCH',
    headers: {
      ...who.credentials,
      'tus-resumable': '1.0.0',
      'upload-offset': String(from),
      'content-type': 'application/offset+octet-stream',
      'content-length': String(bytes.length - from),
    },
  });
  sending.on('error', () => undefined);
  sending.write(bytes.subarray(from, to));
  const kept = async () => {
    const id = path.slice(path.lastIndexOf('/') + 1);
    const [upload] = await service.database.query('SELECT arrived FROM uploads WHERE id = $1', [id]);
    return Number(upload?.['arrived']);
  };
  while ((await kept()) <= from) await pause(20);
  return sending;
}

describe('an upload that goes on where it broke off', () => {
  it('by-a-client-of-the-protocol-becomes-a-submission-with-its-receipt', async () => {
    const bytes = await document('client');
    const before = await submissions();
    let sent = 0;
    const url = await new Promise<string | null>((resolve, reject) => {
      const upload = new Upload(bytes, {
        endpoint: `${service.api.url}${UPLOADS}`,
        chunkSize: MIB,
        headers: { ...student.credentials },
        metadata: { filename: 'my answers.md', sha256: sha256(bytes) },
        onProgress: (so) => {
          sent = so;
        },
        onError: reject,
        onSuccess: () => resolve(upload.url),
      });
      upload.start();
    });
    expect(sent).toBe(bytes.length);
    expect(await submissions()).toBe(before + 1);
    const { receipt, submission } = await finish(student, new URL(url ?? '').pathname);
    expect(receipt).toMatchObject({ sha256: sha256(bytes), fileName: 'my answers.md' });
    const [row] = await service.database.query(
      `SELECT encode(sha256(f.bytes), 'hex') AS hash, o.id IS NOT NULL AS ordered,
         (SELECT count(*)::int FROM upload_pieces) AS left_over
       FROM submission_files f LEFT JOIN outbox_jobs o USING (submission_id) WHERE submission_id = $1`,
      [submission],
    );
    expect(row).toEqual({ hash: sha256(bytes), ordered: true, left_over: 0 });
  });

  it('cut-off-in-the-middle-keeps-what-came-and-two-students-do-not-meet', async () => {
    const rival = await service.as('rival');
    const [mine, theirs] = [await document('mine'), await document('theirs')];
    const [here, there] = [await begin(student, mine), await begin(rival, theirs)];
    const sending = await Promise.all([
      sendSome(student, here, mine, 0, 2 * MIB),
      sendSome(rival, there, theirs, 0, MIB),
    ]);
    for (const each of sending) each.destroy();
    for (const [who, path, bytes] of [
      [student, here, mine],
      [rival, there, theirs],
    ] as const) {
      const offset = await arrived(who, path);
      expect(offset).toBeGreaterThan(0);
      expect(offset).toBeLessThan(bytes.length);
      const rest = await send(who, path, bytes, offset);
      expect([rest.status, rest.headers.get('upload-offset')]).toEqual([204, String(bytes.length)]);
      const { receipt, submission } = await finish(who, path);
      expect(receipt.sha256).toBe(sha256(bytes));
      expect(rest.headers.get('tensormark-submission')).toBe(submission);
    }
    for (const method of ['HEAD', 'DELETE'] as const)
      expect((await speak(student, method, there)).status).toBe(404);
    expect((await send(student, there, theirs, 0, 10)).status).toBe(404);
    expect((await student.post(`${there}/finish`)).status).toBe(404);
  });

  it('finished-many-times-at-once-is-one-submission', async () => {
    const bytes = await document('twice');
    const path = await begin(student, bytes);
    await send(student, path, bytes, 0, MIB);
    const before = await submissions();
    const outcomes = await Promise.all([
      send(student, path, bytes, MIB),
      ...Array.from({ length: 4 }, () => pause(150).then(() => student.post(`${path}/finish`))),
    ]);
    expect(outcomes.every(({ status }) => [204, 200, 409].includes(status))).toBe(true);
    const [one, two] = [await finish(student, path), await finish(student, path)];
    expect(one).toEqual(two);
    expect(await submissions()).toBe(before + 1);
  });

  it('kill-9-of-the-api-in-the-middle-and-after-the-last-byte-and-the-next-one-goes-on', async () => {
    const start = async () => {
      const port = await freePort();
      const running = run('apps/api/src/main.js', {
        DATABASE_URL: service.database.databaseUrl,
        TENSORMARK_SECRET: 'a secret for tests alone, of sufficient length',
        TENSORMARK_LOG: 'error',
        PORT: String(port),
      });
      started.push(running);
      const url = `http://127.0.0.1:${port}`;
      await untilReady(url, running);
      return { running, client: await new Client(url).signIn(emailOf('student'), PASSWORD) };
    };
    const [bytes, left] = [await document('killed'), await document('left')];
    const first = await start();
    const [path, whole] = [await begin(first.client, bytes), await begin(first.client, left)];
    await send(first.client, path, bytes, 0, MIB);
    await send(first.client, whole, left, 0, MIB);
    const sending = await sendSome(first.client, path, bytes, MIB, 2 * MIB);
    await first.running.kill();
    sending.destroy();
    // As a process leaves it that ends right after the last byte.
    const id = whole.slice(whole.lastIndexOf('/') + 1);
    await service.database.query('INSERT INTO upload_pieces (upload_id, start, bytes) VALUES ($1, $2, $3)', [
      id,
      MIB,
      left.subarray(MIB),
    ]);
    await service.database.query(
      "UPDATE uploads SET arrived = size, whole_at = now() - interval '2 minutes' WHERE id = $1",
      [id],
    );

    const second = await start();
    const offset = await arrived(second.client, path);
    expect(offset).toBeGreaterThan(MIB);
    expect((await send(second.client, path, bytes, offset)).status).toBe(204);
    expect((await finish(second.client, path)).receipt.sha256).toBe(sha256(bytes));

    const handedIn = async () =>
      service.database.query('SELECT id FROM submissions WHERE sha256 = $1', [sha256(left)]);
    while ((await handedIn()).length === 0) await pause(100);
    expect((await finish(second.client, whole)).receipt.sha256).toBe(sha256(left));
    expect(await handedIn()).toHaveLength(1);
  });
});

describe('what is not taken', () => {
  it.each<[string, Readonly<Record<string, string>>, number]>([
    ['larger-than-an-upload-may-be', { 'upload-length': String(9 * MIB) }, 413],
    ['of-no-length', {}, 400],
    ['of-a-length-to-come', { 'upload-defer-length': '1' }, 400],
    ['without-the-protocol', { 'upload-length': '10', 'tus-resumable': '' }, 412],
    ['of-another-version', { 'upload-length': '10', 'tus-resumable': '0.2.0' }, 400],
  ])('%s', async (_, headers, status) => {
    const answer = await speak(student, 'POST', UPLOADS, headers);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining('"detail"')]);
  });

  it('bytes-at-another-place-and-more-than-were-said', async () => {
    const bytes = await document('places');
    const path = await begin(student, bytes);
    expect((await send(student, path, bytes, 100, 200)).status).toBe(409);
    await send(student, path, bytes, 0, 1000);
    expect((await send(student, path, bytes, 0, 1000)).status).toBe(409);
    expect(await arrived(student, path)).toBe(1000);
    const more = Buffer.concat([bytes, bytes]);
    expect((await send(student, path, more, 1000)).status).toBe(413);
    expect((await speak(student, 'DELETE', path)).status).toBe(204);
    expect((await speak(student, 'HEAD', path)).status).toBe(404);
  });

  it('another-sum-than-was-said-and-no-document-hand-nothing-in', async () => {
    const before = await submissions();
    const bytes = await document('sum');
    const other = await begin(student, bytes, { sha256: sha256(Buffer.from('other')) });
    const answer = await send(student, other, bytes, 0);
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('checksum-mismatch')]);
    const program = Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0', 'latin1');
    expect((await send(student, await begin(student, program), program, 0)).status).toBe(415);
    expect(await submissions()).toBe(before);
  });

  it('a-sixth-at-once-lets-the-oldest-go', async () => {
    const bytes = await document('many');
    const paths: string[] = [];
    for (let at = 0; at < 6; at += 1) paths.push(await begin(student, bytes));
    expect((await speak(student, 'HEAD', paths[0] ?? '')).status).toBe(404);
    expect((await speak(student, 'HEAD', paths[1] ?? '')).status).toBe(200);
  });

  it('after-a-day-it-is-gone-with-its-bytes', async () => {
    const bytes = await document('old');
    const path = await begin(student, bytes);
    await send(student, path, bytes, 0, MIB);
    now = new Date(Date.now() + 25 * 3_600_000);
    expect((await speak(student, 'HEAD', path)).status).toBe(404);
    await begin(student, bytes);
    const [left] = await service.database.query('SELECT count(*)::int AS count FROM upload_pieces');
    expect(left).toEqual({ count: 0 });
  });
});

describe('the deadline', () => {
  it('is-kept-by-the-time-of-the-last-byte', async () => {
    const examiner = await service.as('examiner');
    const deadline = new Date(Date.now() + 3_600_000);
    const schedule = { opens: null, graceSeconds: 0, late: { kind: 'refused' }, counts: 'last' };
    await examiner.put('/api/v1/exams/demonstration/schedule', {
      json: { ...schedule, deadline: deadline.toISOString() },
    });
    const [early, late] = [await document('early'), await document('late')];
    const [one, two] = [await begin(student, early), await begin(student, late)];
    now = new Date(deadline.getTime() - 1000);
    await send(student, one, early, 0);
    await send(student, two, late, 0, MIB);
    now = new Date(deadline.getTime() + 1000);
    // Asked for after the deadline, and here before it.
    expect((await finish(student, one)).receipt.receivedAt).toBe(
      new Date(deadline.getTime() - 1000).toISOString(),
    );
    const refused = await send(student, two, late, MIB);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('deadline-passed')]);
    const begun = await student.post(UPLOADS, {
      headers: { 'tus-resumable': '1.0.0', 'upload-length': '10' },
    });
    expect(begun.status).toBe(403);
    problemIn(begun);
  });
});
