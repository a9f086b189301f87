import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';
import { formWith, problemIn, type Client } from './support/client.js';
import { demonstrationAnswers, demonstrationExam, startService, type Service } from './support/service.js';

const Accepted = z.object({
  submission: z.uuid(),
  receipt: z.object({
    code: z.string().min(8),
    receivedAt: z.iso.datetime(),
    sha256: z.string(),
    size: z.number(),
    fileName: z.string(),
    attempt: z.number(),
  }),
});

let service: Service;
let student: Client;
let answers: string;
beforeAll(async () => {
  service = await startService({ limits: { uploadBytes: 20 * 1024 * 1024 } });
  student = await service.as('student');
  answers = await demonstrationAnswers();
  await (
    await service.as('examiner')
  ).put('/api/v1/exams/demonstration', { yaml: await demonstrationExam() });
});
afterAll(() => service.close());

const submissions = async () =>
  (await service.database.query('SELECT count(*)::int AS count FROM submissions'))[0]?.['count'];

describe('handing in', () => {
  it('receipt-tells-time-hash-and-attempt-and-the-bytes-are-stored', async () => {
    const answer = await student.hand('demonstration', answers);
    expect(answer.status).toBe(202);
    const { submission, receipt } = Accepted.parse(answer.json);
    const sha256 = createHash('sha256').update(answers).digest('hex');
    expect(receipt).toMatchObject({
      sha256,
      size: Buffer.byteLength(answers),
      fileName: 'answers.md',
      attempt: 1,
    });
    expect(answer.headers.get('location')).toBe(`/api/v1/submissions/${submission}`);
    const [row] = await service.database.query(
      "SELECT encode(sha256(bytes), 'hex') AS hash FROM submission_files WHERE submission_id = $1",
      [submission],
    );
    expect(row).toEqual({ hash: sha256 });
  });

  it('second-upload-is-a-further-attempt', async () => {
    const { receipt } = Accepted.parse((await student.hand('demonstration', `${answers}\nMore.`)).json);
    expect(receipt.attempt).toBe(2);
  });

  it('same-idempotency-key-gives-the-same-receipt', async () => {
    const key = { 'idempotency-key': 'upload-1' };
    const first = await student.hand('demonstration', answers, key);
    const before = await submissions();
    const second = await student.hand('demonstration', answers, key);
    expect(second.status).toBe(202);
    expect(second.json).toEqual(first.json);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await submissions()).toBe(before);
  });

  it('same-key-at-the-same-moment-is-one-submission', async () => {
    const key = { 'idempotency-key': 'upload-2' };
    const before = Number(await submissions());
    const both = await Promise.all(
      Array.from({ length: 6 }, () => student.hand('demonstration', answers, key)),
    );
    expect(new Set(both.map(({ json }) => Accepted.parse(json).submission)).size).toBe(1);
    expect(await submissions()).toBe(before + 1);
  });

  it('same-key-with-another-file-is-422', async () => {
    const key = { 'idempotency-key': 'upload-1' };
    const answer = await student.hand('demonstration', 'Question 1: something else', key);
    expect(problemIn(answer).type).toContain('idempotency-key-reused');
    expect(answer.status).toBe(422);
  });

  it('same-key-of-another-student-is-another-upload', async () => {
    const rival = await service.as('rival');
    const answer = await rival.hand('demonstration', answers, { 'idempotency-key': 'upload-1' });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('idempotent-replayed')).toBeNull();
  });

  it('overlong-idempotency-key-is-400', async () => {
    const answer = await student.hand('demonstration', answers, { 'idempotency-key': 'k'.repeat(201) });
    problemIn(answer);
    expect(answer.status).toBe(400);
  });

  it.each([
    ['path', '../../etc/passwd', 'passwd'],
    ['windows-path', 'C:\\Users\\me\\answers.md', 'answers.md'],
    ['right-to-left-override', 'answers\u202egnp.md', 'answersgnp.md'],
    ['controls', 'a\u0007b.md', 'ab.md'],
  ])('file-name-with-%s-is-made-plain', async (_name, given, kept) => {
    const answer = await student.post('/api/v1/exams/demonstration/submissions', {
      form: formWith(answers, given),
    });
    expect(Accepted.parse(answer.json).receipt.fileName).toBe(kept);
  });
});

describe('what is refused', () => {
  it('30-mb-are-413-and-the-limit-is-said', async () => {
    const before = await submissions();
    const answer = await student.hand('demonstration', new Uint8Array(30 * 1024 * 1024).fill(0x61));
    expect(problemIn(answer).detail).toContain('20 MB');
    expect(answer.status).toBe(413);
    expect(await submissions()).toBe(before);
  });

  it('30-mb-without-a-length-are-413-too', async () => {
    const boundary = 'x-boundary-x';
    const chunk = new Uint8Array(1024 * 1024).fill(0x61);
    async function* body() {
      yield Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.md"\r\n\r\n`,
      );
      for (let sent = 0; sent < 30; sent += 1) yield chunk;
      yield Buffer.from(`\r\n--${boundary}--\r\n`);
    }
    const response = await fetch(`${service.api.url}/api/v1/exams/demonstration/submissions`, {
      method: 'POST',
      headers: { ...student.credentials, 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: ReadableStream.from(body()),
      duplex: 'half',
    });
    expect(response.status).toBe(413);
    expect(await response.text()).toContain('20 MB');
  });

  it.each<[string, number, Uint8Array<ArrayBuffer> | string, RegExp]>([
    ['empty-file', 422, '', /empty/],
    ['blank-file', 422, ' \n\t\n', /blank/],
    ['gif', 415, 'GIF89a\x01\0\x01\0', /GIF/],
    ['zip-cut-off', 422, new Uint8Array([0x50, 0x4b, 0x03, 0x04, 20, 0, 0, 0]), /its end is missing/],
    ['archive-of-a-program', 422, zipSync({ 'virus.exe': strToU8('MZ') }), /no file with answers/],
    ['noise', 415, Uint8Array.from({ length: 4096 }, (_, at) => (at * 7919 + 13) % 251), /binary|not text/i],
    ['text-beyond-what-is-read', 413, 'Question 1: a\n'.repeat(800_000), /MB/],
  ])('%s-is-%p', async (_name, status, content, says) => {
    const answer = await student.hand('demonstration', content);
    expect(problemIn(answer).detail).toMatch(says);
    expect(answer.status).toBe(status);
  });

  it('form-without-a-file-is-422', async () => {
    const form = new FormData();
    form.set('note', 'no file here');
    const answer = await student.post('/api/v1/exams/demonstration/submissions', { form });
    expect(problemIn(answer).type).toContain('no-file');
    expect(answer.status).toBe(422);
  });

  it('file-in-another-field-is-422', async () => {
    const form = new FormData();
    form.set('attachment', new Blob([answers]), 'answers.md');
    expect((await student.post('/api/v1/exams/demonstration/submissions', { form })).status).toBe(422);
  });

  it('two-files-are-413', async () => {
    const form = formWith(answers);
    form.append('file', new Blob([answers]), 'more.md');
    const answer = await student.post('/api/v1/exams/demonstration/submissions', { form });
    expect(problemIn(answer).detail).toContain('One file');
    expect(answer.status).toBe(413);
  });

  it('json-in-place-of-a-form-is-415', async () => {
    const answer = await student.post('/api/v1/exams/demonstration/submissions', { json: { file: answers } });
    problemIn(answer);
    expect(answer.status).toBe(415);
  });

  it.each([
    ['no-boundary', 'multipart/form-data', 'x'],
    [
      'broken-off',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nhal',
    ],
    ['no-parts', 'multipart/form-data; boundary=b', 'nothing of the kind'],
  ])('malformed-form-%s-is-refused', async (_name, type, body) => {
    const response = await fetch(`${service.api.url}/api/v1/exams/demonstration/submissions`, {
      method: 'POST',
      headers: { ...student.credentials, 'content-type': type },
      body,
    });
    expect([400, 415, 422]).toContain(response.status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it.each([
    ['pdf', '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n2 0 obj\n<< /Len', /PDF is broken off/],
    ['docx', `PK\u0003\u0004${'\0'.repeat(26)}[Content_Types].xml`, /broken: its end is missing/],
  ])('a-%s-that-is-broken-off-is-refused-while-it-can-be-replaced', async (kind, bytes, says) => {
    const before = await submissions();
    const form = new FormData();
    form.set('file', new Blob([bytes]), `answers.${kind}`);
    const answer = await student.post('/api/v1/exams/demonstration/submissions', { form });
    expect(answer.status).toBe(422);
    expect(problemIn(answer).detail).toMatch(says);
    expect(await submissions()).toBe(before);
  });

  it('unknown-exam-is-404', async () => {
    expect((await student.hand('unknown', answers)).status).toBe(404);
  });

  it('too-many-uploads-are-429-for-the-person-and-not-for-others', async () => {
    const strict = await startService({ limits: { uploadsPerMinute: 2 } });
    try {
      await (
        await strict.as('examiner')
      ).put('/api/v1/exams/demonstration', { yaml: await demonstrationExam() });
      const ada = await strict.as('student');
      const statuses = [];
      for (let tries = 0; tries < 3; tries += 1)
        statuses.push((await ada.hand('demonstration', answers)).status);
      expect(statuses).toEqual([202, 202, 429]);
      expect((await (await strict.as('rival')).hand('demonstration', answers)).status).toBe(202);
    } finally {
      await strict.close();
    }
  });
});

describe('a document as it was read', () => {
  it('is-served-so-that-no-browser-runs-it', async () => {
    const { submission } = Accepted.parse(
      (await student.hand('demonstration', '<script>alert(1)</script> Question 1: x')).json,
    );
    const answer = await student.get(`/api/v1/submissions/${submission}/document`);
    expect(answer.text).toContain('<script>');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  it('markers-see-no-name-and-no-number-and-their-looking-is-noted', async () => {
    const { submission } = Accepted.parse((await student.hand('demonstration', answers)).json);
    const marker = await service.as('marker');
    const masked = await marker.get(`/api/v1/submissions/${submission}/document`);
    expect(masked.text).toHaveLength(answers.length);
    expect(masked.text).not.toContain('Robin Example');
    expect(masked.text).not.toContain('20990017');
    const examiner = await service.as('examiner');
    expect((await examiner.get(`/api/v1/submissions/${submission}/document`)).text).toBe(answers);
    const views = await service.database.query(
      "SELECT actor_id FROM audit_entries WHERE action = 'script-viewed' AND object_id = $1",
      [submission],
    );
    expect(views).toHaveLength(2);
  });
});
