import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { unzipSync } from 'fflate';
import { markedSubmission, type MarkedSubmission } from './support/marked-submission.js';
import { startService, type Service } from './support/service.js';

let service: Service;
let theirs: MarkedSubmission;
beforeAll(async () => {
  service = await startService();
  theirs = await markedSubmission(service);
});
afterAll(() => service.close());

const report = () => `/api/v1/submissions/${theirs.submission}/report.pdf`;

async function file(who: 'student' | 'examiner', path: string) {
  const client = await service.as(who);
  const answer = await fetch(`${service.api.url}${path}`, { headers: client.credentials });
  return {
    status: answer.status,
    headers: answer.headers,
    bytes: new Uint8Array(await answer.arrayBuffer()),
  };
}

async function textOf(bytes: Uint8Array): Promise<string> {
  const document = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  let text = '';
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    text += items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? ' ' : ''}` : '')).join('');
  }
  return text;
}

async function release(): Promise<void> {
  const examiner = await service.as('examiner');
  const queue = await examiner.get('/api/v1/exams/demonstration/marking-queue?state=all&limit=200');
  for (const { answer } of queue.json as { answer: string }[]) {
    const marked = await examiner.post(`/api/v1/answers/${answer}/marks`, {
      json: { action: 'change', marks: '1', reason: 'Ein guter Anfang: ∑xᵢ ≤ ½.', expectedCurrent: null },
    });
    expect([marked.status, marked.text]).toEqual([201, expect.anything()]);
  }
  const released = await examiner.post('/api/v1/exams/demonstration/release', { json: {} });
  expect(released.json).toMatchObject({ released: [theirs.submission] });
}

describe('reports as PDF', () => {
  it('examiners-see-what-stands-before-release-and-students-nothing', async () => {
    expect((await file('student', report())).status).toBe(409);
    const { status, headers, bytes } = await file('examiner', `${report()}?zone=Asia%2FTokyo`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="report-[\w-]+\.pdf"$/);
    expect(headers.get('cache-control')).toContain('no-store');
    const text = await textOf(bytes);
    expect(text).toContain('Ada Student');
    expect(text).toContain('(Asia/Tokyo)');
    expect(text).toContain('Not released: the marks as they stand');
  });

  it('an-unknown-zone-is-refused', async () => {
    expect((await file('examiner', `${report()}?zone=Mars%2FOlympus`)).status).toBe(400);
  });

  it('an-archive-before-release-has-only-the-list-of-who-is-without', async () => {
    const { bytes } = await file('examiner', '/api/v1/exams/demonstration/reports.zip');
    const entries = unzipSync(bytes);
    expect(Object.keys(entries)).toEqual(['without-a-report.csv']);
    expect(Buffer.from(entries['without-a-report.csv'] ?? []).toString()).toContain('Ada Student');
  });

  it('after-release-the-student-has-it-and-it-is-the-same-in-the-archive', async () => {
    await release();
    const { status, bytes } = await file('student', report());
    expect(status).toBe(200);
    const text = await textOf(bytes);
    expect(text).toContain('Ein guter Anfang: ∑xᵢ ≤ ½.');
    const { bytes: archive } = await file('examiner', '/api/v1/exams/demonstration/reports.zip');
    const [[name, inArchive] = ['', new Uint8Array()]] = Object.entries(unzipSync(archive));
    expect(name).toMatch(/^[A-Za-z0-9_-]+\.pdf$/);
    expect(Buffer.compare(inArchive, bytes)).toBe(0);
  });

  it('the-cohort-names-nobody', async () => {
    const text = await textOf(
      (await file('examiner', '/api/v1/exams/demonstration/cohort-report.pdf')).bytes,
    );
    expect(text).toContain('Papers released');
    for (const secret of ['Ada', 'student@example.org']) expect(text).not.toContain(secret);
  });

  it('each-look-at-a-script-is-written-down', async () => {
    const rows = await service.database.query(
      `SELECT 1 FROM audit_entries WHERE action = 'script-viewed' AND object_id = '${theirs.submission}'`,
    );
    // The examiner's report, and the archive.
    expect(rows.length).toBeGreaterThanOrEqual(2);
  });
});
