import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemIn, type Client } from './support/client.js';
import { demonstrationExam, startService, type Service } from './support/service.js';

const ADDRESS = '/api/v1/exams/demonstration';
let service: Service;
let examiner: Client;
let yaml: string;
beforeAll(async () => {
  service = await startService({ limits: { examBytes: 256 * 1024 } });
  examiner = await service.as('examiner');
  yaml = await demonstrationExam();
}, 60_000);
afterAll(() => service.close());

describe('putting an exam', () => {
  it('checking-stores-nothing', async () => {
    const answer = await examiner.post(`${ADDRESS}/check`, { yaml });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ id: 'demonstration', version: 1 });
    expect((await examiner.get(ADDRESS)).status).toBe(404);
  });

  it('first-put-is-201-the-same-again-200-a-changed-one-version-2', async () => {
    const first = await examiner.put(ADDRESS, { yaml });
    expect(first.status).toBe(201);
    expect(first.json).toMatchObject({ id: 'demonstration', version: 1 });
    const again = await examiner.put(ADDRESS, { yaml });
    expect(again.status).toBe(200);
    expect(again.json).toMatchObject({ version: 1 });
    const changed = yaml.replace(/^title: .*$/m, 'title: Another title');
    const second = await examiner.put(ADDRESS, { yaml: changed });
    expect(second.status).toBe(201);
    expect(second.json).toMatchObject({ version: 2, title: 'Another title' });

    const versions = await examiner.get(`${ADDRESS}/versions`);
    expect(versions.json).toHaveLength(2);
    expect(versions.json).toContainEqual(
      expect.objectContaining({
        version: 1,
        createdBy: 'Emil Examiner',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      }),
    );
    const current = await examiner.get(`${ADDRESS}/definition`);
    expect(current.headers.get('content-type')).toBe('application/yaml; charset=utf-8');
    expect(current.text).toBe(changed);
    expect((await examiner.get(`${ADDRESS}/definition?version=1`)).text).toBe(yaml);
    expect((await examiner.get(`${ADDRESS}/definition?version=3`)).status).toBe(404);
    expect((await examiner.get(`${ADDRESS}/definition?version=first`)).status).toBe(400);
  });

  it('change-is-in-the-audit-trail', async () => {
    const rows = await service.database.query("SELECT * FROM audit_entries WHERE action LIKE 'exam-%'");
    expect(rows.length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['no-yaml', 'questions: [', 1],
    [
      'unknown-kind',
      'format: 1\nexam: demonstration\ntitle: T\nquestions:\n  - id: 1\n    kind: riddle\n',
      6,
    ],
    [
      'marks-that-are-none',
      'format: 1\nexam: demonstration\ntitle: T\nquestions:\n  - id: 1\n    kind: essay\n    marks: many\n    prompt: P\n    rubric: [{id: a, says: S, marks: 1}]\n',
      7,
    ],
  ])('%s-is-422-at-its-line', async (_name, wrong, line) => {
    for (const answer of [
      await examiner.put(ADDRESS, { yaml: wrong }),
      await examiner.post(`${ADDRESS}/check`, { yaml: wrong }),
    ]) {
      const { errors = [] } = problemIn(answer);
      expect(answer.status).toBe(422);
      expect(errors.map((error) => error.line)).toContain(line);
      expect(errors.every(({ column }) => (column ?? 0) >= 1)).toBe(true);
    }
  });

  it('name-in-the-address-must-be-the-name-in-the-file', async () => {
    const answer = await examiner.put('/api/v1/exams/other', { yaml });
    expect(problemIn(answer).detail).toContain('"demonstration"');
    expect(answer.status).toBe(422);
  });

  it('alias-bomb-is-refused-at-once', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(',')}]`,
    );
    const started = performance.now();
    const answer = await examiner.put(ADDRESS, { yaml: `a0: &a0 [x]\n${levels.join('\n')}\n` });
    problemIn(answer);
    expect([413, 422]).toContain(answer.status);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('deep-nesting-is-refused', async () => {
    const answer = await examiner.put(ADDRESS, { yaml: `a: ${'['.repeat(5000)}` });
    problemIn(answer);
    expect(answer.status).toBe(422);
  });

  it('too-large-a-definition-is-413', async () => {
    const answer = await examiner.put(ADDRESS, { yaml: `# ${'x'.repeat(300 * 1024)}` });
    problemIn(answer);
    expect(answer.status).toBe(413);
  });

  it('latin-1-is-422', async () => {
    const response = await fetch(`${service.api.url}${ADDRESS}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/yaml', ...examiner.credentials },
      body: new Uint8Array([0x74, 0xe9, 0x3a]),
    });
    expect(response.status).toBe(422);
  });

  it.each([
    ['json', { json: { exam: 'demonstration' } }],
    ['plain-text', { yaml: 'x', headers: { 'content-type': 'text/plain' } }],
    ['unknown-type', { yaml: 'x', headers: { 'content-type': 'application/x-tar' } }],
  ])('%s-is-415', async (_name, sent) => {
    const answer = await examiner.put(ADDRESS, sent);
    problemIn(answer);
    expect(answer.status).toBe(415);
  });
});

describe('what others see of an exam', () => {
  it('paper-has-questions-and-nothing-of-the-scheme', async () => {
    await examiner.put(ADDRESS, { yaml });
    const student = await service.as('student');
    const { text, json } = await student.get(ADDRESS);
    expect(json).toMatchObject({ id: 'demonstration', parts: expect.arrayContaining([]) });
    expect(text).toContain('Explain why networks with several hidden layers');
    for (const secret of [
      'rubric',
      'terms',
      'hierarch',
      'expects',
      '"correct"',
      'network',
      '"says":"Later layers',
    ]) {
      expect(text.replaceAll(/networks?/gi, (word) => (secret === 'network' ? '' : word))).not.toContain(
        secret,
      );
    }
  });

  it('list-tells-students-of-themselves-and-staff-of-progress', async () => {
    const [mine] = (await (await service.as('student')).get('/api/v1/exams')).json as {
      mySubmissions?: unknown;
    }[];
    expect(mine).toMatchObject({ id: 'demonstration', mySubmissions: [] });
    expect(mine).not.toHaveProperty('progress');
    const [theirs] = (await (await service.as('marker')).get('/api/v1/exams')).json as unknown[];
    expect(theirs).toMatchObject({ progress: { submissions: 0, released: 0 } });
    expect(theirs).not.toHaveProperty('mySubmissions');
  });

  it('json-schema-is-open-to-anyone', async () => {
    const answer = await service.anonymous.get('/api/v1/exam-schema');
    expect(answer.json).toMatchObject({ title: 'Tensormark exam', type: 'object' });
  });
});
