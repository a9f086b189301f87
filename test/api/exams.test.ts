import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHECKS, JUDGEMENTS } from '@tensormark/code-review';
import { processFile } from '../../apps/worker/src/reading/process-file.js';
import { readApart } from '../../apps/worker/src/reading/read-apart.js';
import { formWith, problemIn, type Client } from './support/client.js';
import { demonstrationExam, emailOf, startService, type Service } from './support/service.js';

const ADDRESS = '/api/v1/exams/demonstration';
let service: Service;
let examiner: Client;
let yaml: string;
beforeAll(async () => {
  service = await startService({
    limits: { examBytes: 256 * 1024 },
    readDocument: (bytes) => readApart(bytes, processFile()),
  });
  examiner = await service.as('examiner');
  yaml = await demonstrationExam();
});
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

  it('where-the-service-says-so-a-new-exam-is-there-for-its-maker-alone', async () => {
    const other = await startService({ newExams: 'team' });
    try {
      const [maker, marker] = [await other.as('examiner'), await other.as('marker')];
      expect((await maker.put(ADDRESS, { yaml })).status).toBe(201);
      expect((await marker.get(ADDRESS)).status).toBe(404);
      expect((await maker.get(`${ADDRESS}/team`)).json).toMatchObject({
        members: [{ role: 'examiner', yours: true }],
      });
      await maker.post(`${ADDRESS}/team`, { json: { email: emailOf('marker'), role: 'marker' } });
      expect((await marker.get(ADDRESS)).status).toBe(200);
    } finally {
      await other.close();
    }
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
    const answer = await examiner.put(ADDRESS, { yaml: `# ${'x'.repeat(600 * 1024)}` });
    expect(problemIn(answer)).toMatchObject({
      title: 'The exam definition is too large',
      detail: expect.stringMatching(
        /at most 0\.3 MB are taken and this has 0\.6 MB\. Take out .*, or make two/,
      ),
    });
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

describe('two examiners at one exam', () => {
  const changedTo = (title: string) => yaml.replace(/^title: .*$/m, `title: ${title}`);

  it('a-version-made-from-an-older-one-is-412-and-nothing-is-stored', async () => {
    await examiner.put(ADDRESS, { yaml });
    const { headers } = await examiner.get(`${ADDRESS}/definition`);
    const etag = headers.get('etag') ?? '';
    expect(etag).toMatch(/^"\d+"$/);
    const first = await examiner.put(ADDRESS, {
      yaml: changedTo('The first to save'),
      headers: { 'if-match': etag },
    });
    expect(first.status).toBe(201);
    const second = await examiner.put(ADDRESS, {
      yaml: changedTo('The second'),
      headers: { 'if-match': etag },
    });
    expect(second.status).toBe(412);
    expect(second.json).toMatchObject({ currentVersion: Number(etag.slice(1, -1)) + 1 });
    expect((await examiner.get(`${ADDRESS}/definition`)).text).toContain('The first to save');
    const again = await examiner.put(ADDRESS, {
      yaml: changedTo('The first to save'),
      headers: { 'if-match': etag },
    });
    expect(again.status).toBe(200);
  });

  it('a-new-exam-never-becomes-a-version-of-one-that-is-there', async () => {
    const asNew = { 'if-none-match': '*' };
    const taken = await examiner.put(ADDRESS, { yaml: changedTo('A new one'), headers: asNew });
    expect(taken.status).toBe(412);
    const fresh = yaml.replace(/^exam: .*$/m, 'exam: fresh');
    expect((await examiner.put('/api/v1/exams/fresh', { yaml: fresh, headers: asNew })).status).toBe(201);
    const other = yaml.replace(/^exam: .*$/m, 'exam: other');
    const changed = { yaml: other, headers: { 'if-match': '"3"' } };
    expect((await examiner.put('/api/v1/exams/other', changed)).status).toBe(412);
    expect((await examiner.get('/api/v1/exams/other')).status).toBe(404);
  });

  it('a-new-exam-opens-to-students-at-the-time-it-was-put-with', async () => {
    const student = await service.as('student');
    const soon = yaml.replace(/^exam: .*$/m, 'exam: soon');
    const put = (query: string, headers = {}) =>
      examiner.put(`/api/v1/exams/soon?${query}`, { yaml: soon, headers });
    expect((await put('opens=tomorrow')).status).toBe(400);
    expect((await put('opens=2099-01-31T09:00:00%2B01:00', { 'if-none-match': '*' })).status).toBe(201);
    expect((await examiner.get('/api/v1/exams/soon/schedule')).json).toMatchObject({
      opens: '2099-01-31T08:00:00.000Z',
      deadline: null,
    });
    const refused = await student.get('/api/v1/exams/soon');
    expect(refused.status).toBe(403);
    expect(refused.text).not.toContain('hidden layers');
    // Of an exam that is there already it says where that is changed, and of one made meanwhile that there is one.
    const again = await put('opens=2099-02-01T09:00:00Z');
    expect(again.status).toBe(422);
    expect(problemIn(again).detail).toMatch(/soon\/schedule/);
    const other = soon.replace(/^title: .*$/m, 'title: Other');
    const taken = await examiner.put('/api/v1/exams/soon?opens=2099-02-01T09:00:00Z', {
      yaml: other,
      headers: { 'if-none-match': '*' },
    });
    expect(taken.status).toBe(412);
  });

  it('if-match-that-names-no-version-is-400', async () => {
    expect((await examiner.put(ADDRESS, { yaml, headers: { 'if-match': '"latest"' } })).status).toBe(400);
  });
});

describe('an exam while it is written', () => {
  const CHECK = '/api/v1/exam-drafts/check';
  const TRY = '/api/v1/exam-drafts/answers';

  it('paper-and-advice-at-its-line-of-what-is-sound', async () => {
    const unwise = yaml.replace(/^instructions: .*$/m, 'instructions: There are 1000 marks in all.');
    const at = unwise.split('\n').findIndex((line) => line.startsWith('instructions:')) + 1;
    const answer = await examiner.post(CHECK, { yaml: unwise });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      paper: { instructions: expect.stringContaining('There are 1000 marks in all.') },
      remarks: expect.arrayContaining([
        expect.objectContaining({ severity: 'advice', line: at, path: 'instructions' }),
      ]),
    });
    expect(answer.text).not.toContain('hierarch');
  });

  it('errors-at-their-lines-of-what-is-not', async () => {
    const answer = await examiner.post(CHECK, { yaml: 'format: 1\nexam: x\ntitle: T\nquestions: []\n' });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      paper: null,
      remarks: [{ severity: 'error', line: 4, path: 'questions' }],
    });
  });

  it('an-answer-tried-is-marked-as-one-handed-in-and-nothing-is-stored', async () => {
    const definition = `format: 1
exam: tried
title: T
questions:
  - id: 1
    kind: numeric
    marks: 2
    prompt: How many parameters?
    network: { input: [3, 32, 32], layers: [Conv2d: [3, 8, 3]] }
    ask: [{ id: conv, says: Parameters, quantity: parameters, marks: 2 }]
`;
    // 8 filters of 3 x 3 x 3 weights and a bias each, as torch.nn.Conv2d(3, 8, 3) has.
    for (const [part, written] of [
      ['1', '3*3*3*8 + 8 = 224'],
      [null, '# Question 1\n\n3*3*3*8 + 8 = 224\n'],
    ]) {
      const answer = await examiner.post(TRY, { json: { definition, part, answer: written } });
      expect(answer.status).toBe(200);
      expect(answer.json).toMatchObject({
        parts: [{ key: '1', unrun: false, proposal: { outcome: 'proposed', marks: '2' } }],
      });
    }
    const wrong = await examiner.post(TRY, { json: { definition, part: '1', answer: '216' } });
    expect(wrong.json).toMatchObject({ parts: [{ proposal: { marks: '0' } }] });
    expect((await examiner.get('/api/v1/exams/tried')).status).toBe(404);
    expect((await examiner.post(TRY, { json: { definition, part: '7', answer: 'x' } })).status).toBe(404);
    const broken = await examiner.post(TRY, { json: { definition: 'x', part: '1', answer: 'x' } });
    expect(problemIn(broken).errors).not.toHaveLength(0);
  });

  it('a-document-to-try-is-read-as-one-handed-in-and-refused-as-one', async () => {
    const DOCUMENTS = '/api/v1/exam-drafts/documents';
    const notebook = JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [{ cell_type: 'markdown', metadata: {}, source: ['# Question 2'] }],
    });
    const read = await examiner.post(DOCUMENTS, { form: formWith(notebook, 'answers.ipynb') });
    expect(read.status).toBe(200);
    expect(read.json).toMatchObject({ format: 'notebook', text: expect.stringContaining('Question 2') });
    const broken = await examiner.post(DOCUMENTS, {
      form: formWith('PK\u0003\u0004 broken', 'answers.docx'),
    });
    expect(problemIn(broken).title).toBe('This file cannot be taken');
    expect(broken.status).toBeGreaterThanOrEqual(415);
  });

  it('more-than-an-answer-can-be-is-refused', async () => {
    const long = { definition: yaml, part: '1.a', answer: 'x'.repeat(200_001) };
    expect((await examiner.post(TRY, { json: long })).status).toBe(422);
  });

  it('layers-have-the-arguments-of-pytorch', async () => {
    const { json } = await service.anonymous.get('/api/v1/exam-schema/layers');
    expect(json).toContainEqual({
      name: 'Linear',
      arguments: [
        { name: 'in_features', expects: 'int', default: null },
        { name: 'out_features', expects: 'int', default: null },
        { name: 'bias', expects: 'bool', default: 'True' },
      ],
    });
  });
});

describe('what a review of code looks for', () => {
  it('is-every-check-and-every-judgement-of-a-run', async () => {
    const { json } = await examiner.get('/api/v1/checks');
    expect(json).toHaveLength(CHECKS.length + JUDGEMENTS.length);
    const { id, title, severity } = CHECKS[0] ?? {};
    expect(json).toContainEqual({ id, group: 'shapes', severity, title });
  });

  it('is-told-of-one-with-its-examples', async () => {
    const { json } = await examiner.get('/api/v1/checks/softmax-ce');
    expect(json).toMatchObject({
      group: 'losses',
      wrong: expect.arrayContaining([expect.stringMatching(/softmax.*# <--$/m)]),
      right: expect.not.arrayContaining([expect.stringContaining('# <--')]),
    });
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
    const listed = (await (await service.as('student')).get('/api/v1/exams')).json as { id: string }[];

    const mine = listed.find(({ id }) => id === 'demonstration');
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
