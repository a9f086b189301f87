import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GradeImport } from '../../apps/api/src/grade-import/grade-import.contract.js';
import type { Sent } from './support/client.js';
import { markedSubmission, type MarkedSubmission } from './support/marked-submission.js';
import { startService, type Service } from './support/service.js';

const EXAM = '/api/v1/exams/demonstration';

let service: Service;
let theirs: MarkedSubmission;
beforeAll(async () => {
  service = await startService();
  theirs = await markedSubmission(service);
});
afterAll(() => service.close());

const csv = (text: string, headers: Sent['headers'] = {}): Sent => ({
  yaml: text,
  headers: { ...headers, 'content-type': 'text/csv' },
});
const exported = async () =>
  (await (await service.as('examiner')).get(`${EXAM}/grade-report?format=csv`)).text;
const preview = async (text: string) =>
  GradeImport.parse(
    (await (await service.as('examiner')).post(`${EXAM}/grade-import/preview`, csv(text))).json,
  );
const apply = async (text: string, version: string, query = '') =>
  (await service.as('examiner')).post(
    `${EXAM}/grade-import?why=Corrected%20by%20hand.${query}`,
    csv(text, { 'if-match': `"${version}"` }),
  );
/** The file with the mark of a part replaced. */
function edited(text: string, part: string, marks: string): string {
  const [head = '', ...rows] = text.split('\r\n');
  const names = head.split(',');
  return [
    head,
    ...rows.map((row) => {
      const cells = row.split(',');
      if (cells[names.indexOf('part')] === part) cells[names.indexOf('marks')] = marks;
      return cells.join(',');
    }),
  ].join('\r\n');
}

describe('a grade report that comes back', () => {
  it('unedited-changes-nothing', async () => {
    expect(await preview(await exported())).toMatchObject({ changes: [], passedOver: [], unchanged: 7 });
  });

  it('edited-sets-what-the-preview-showed-as-one-change', async () => {
    const file = edited(await exported(), '1.a', '2.5');
    const shown = await preview(file);
    expect(shown.changes).toEqual([
      { row: 2, student: 'Ada Student', part: '1.a', before: null, after: '2.5', conflict: false },
    ]);
    const applied = await apply(file, shown.version);
    expect([applied.status, applied.json]).toEqual([200, { set: 1 }]);
    const marks = await service.database.query(
      `SELECT trim_scale(marks)::text AS marks, why, origin FROM marks WHERE answer_id = '${theirs.answer}'`,
    );
    expect(marks).toEqual([{ marks: '2.5', why: 'Corrected by hand.', origin: 'set' }]);
    const audited = await service.database.query(
      `SELECT details->>'why' AS why FROM audit_entries WHERE action = 'grades-imported'`,
    );
    expect(audited).toEqual([{ why: 'Corrected by hand.' }]);
  });

  it('comes-back-as-a-workbook-too', async () => {
    const { credentials } = await service.as('examiner');
    const file = await fetch(`${service.api.url}${EXAM}/grade-report?format=xlsx`, { headers: credentials });
    const type = file.headers.get('content-type') ?? '';
    const shown = await fetch(`${service.api.url}${EXAM}/grade-import/preview`, {
      method: 'POST',
      headers: { ...credentials, 'content-type': type },
      body: await file.arrayBuffer(),
    });
    expect(GradeImport.parse(await shown.json())).toMatchObject({
      layout: 'Grade report, a row for each student and part',
      changes: [],
      passedOver: [],
      unchanged: 7,
    });
  });

  it('after-another-change-the-preview-no-longer-holds', async () => {
    const file = edited(await exported(), '1.a', '3');
    const { version } = await preview(file);
    expect((await apply(edited(await exported(), '1.b', '1'), version)).status).toBe(200);
    expect((await apply(file, version)).status).toBe(412);
  });

  it('a-mark-changed-since-the-export-is-kept-unless-overwriting-is-asked-for', async () => {
    const old = await exported();
    const first = edited(old, '1.a', '4');
    await apply(first, (await preview(first)).version);
    const stale = edited(old, '1.a', '1');
    const shown = await preview(stale);
    expect(shown.changes).toEqual([expect.objectContaining({ before: '4', after: '1', conflict: true })]);
    expect((await apply(stale, shown.version)).json).toEqual({ set: 0 });
    expect((await apply(stale, shown.version, '&conflicts=overwrite')).json).toEqual({ set: 1 });
  });

  it('another-import-undoes-one', async () => {
    const before = await exported();
    const file = edited(before, '1.a', '0');
    await apply(file, (await preview(file)).version);
    const { version } = await preview(before);
    expect((await apply(before, version, '&conflicts=overwrite')).json).toEqual({ set: 1 });
    const [mark] = await service.database.query(
      `SELECT trim_scale(marks)::text AS marks FROM marks WHERE answer_id = '${theirs.answer}' ORDER BY number DESC`,
    );
    expect(mark).toEqual({ marks: '1' });
  });

  it.each([
    ['without-a-reason', '', 400],
    ['without-a-version', '?why=Because.', 412],
  ])('is-refused: %s', async (_name, query, status) => {
    const refused = await (
      await service.as('examiner')
    ).post(`${EXAM}/grade-import${query}`, csv(await exported()));
    expect(refused.status).toBe(status);
  });

  it('that-is-not-utf-8-is-refused', async () => {
    const { credentials } = await service.as('examiner');
    const answer = await fetch(`${service.api.url}${EXAM}/grade-import/preview`, {
      method: 'POST',
      headers: { ...credentials, 'content-type': 'text/csv' },
      body: new Uint8Array([0xff, 0xfe, 0x00]),
    });
    expect(answer.status).toBe(422);
  });
});
