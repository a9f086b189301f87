import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { tensormark } from './tensormark.js';
import { docx, paragraph } from '../../libs/documents/test/writing/docx.js';
import { pdf, put } from '../../libs/documents/test/writing/pdf.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EXAM = join(ROOT, 'examples/demonstration/exam.yaml');
const ANSWERS = join(ROOT, 'examples/demonstration/answers.md');

const VERBS = [
  'grade',
  'lint',
  'review',
  'count',
  'start',
  'api',
  'worker',
  'migrate',
  'backup',
  'restore',
] as const;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensormark-command-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('the tensormark command', () => {
  it('says-what-it-can-do', async () => {
    const { code, output } = await tensormark(['--help']);
    expect(code).toBe(0);
    for (const verb of VERBS) expect(output).toContain(verb);
  });

  it.each(VERBS)('%s-has-help', async (verb) => {
    const { code, output } = await tensormark([verb, '--help']);
    expect(code).toBe(0);
    expect(output).toMatch(new RegExp(`^usage: tensormark ${verb}`));
  });

  it.each([
    [['nonsense'], /no verb "nonsense"/],
    [['grade', EXAM], /one exam and one document/],
    [['grade', '--loud', EXAM, ANSWERS], /--loud/],
    [['lint'], /give one exam/],
    [['count'], /give a file/],
    [['count', 'x.py', '--input', 'three'], /is no shape/],
    [['start', '--port', '70000'], /is no port/],
  ])('%j-is-wrong-usage', async (args, message) => {
    const { code, errors } = await tensormark(args);
    expect(code).toBe(2);
    expect(errors).toMatch(message);
  });

  it('settings-that-cannot-be-used-are-named-without-their-value', async () => {
    const { code, errors } = await tensormark(['migrate'], { DATABASE_URL: 'mysql://secret' });
    expect(code).toBe(1);
    expect(errors).toMatch(/DATABASE_URL/);
    expect(errors).not.toMatch(/secret/);
  });

  it('a-port-that-is-taken-is-said', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, errors } = await tensormark([
      'start',
      '--port',
      String(port),
      '--data',
      join(folder, 'data'),
    ]);
    server.close();
    expect(code).toBe(1);
    expect(errors).toMatch(/cannot listen on 127\.0\.0\.1:\d+: another program is using it/);
  });
});

describe('tensormark grade', () => {
  it('grades-the-demonstration-paper', async () => {
    const { code, output } = await tensormark(['grade', EXAM, ANSWERS]);
    expect(code).toBe(0);
    expect(output).toMatch(/^2 +8 of 8 proposed/m);
    expect(output).toMatch(/^1\.a +needs a person/m);
    expect(output).not.toContain('\u001b[');
  });

  it('gives-one-json-object', async () => {
    const { code, output } = await tensormark(['grade', EXAM, ANSWERS, '--json']);
    expect(code).toBe(0);
    const parts = z
      .object({
        parts: z.array(z.object({ key: z.string(), state: z.string(), marks: z.string().nullable() })),
      })
      .parse(JSON.parse(output)).parts;
    expect(parts.map(({ key, marks }) => [key, marks])).toContainEqual(['2', '8']);
    expect(parts).toHaveLength(7);
  });

  it('grades-a-word-document-and-a-notebook-as-it-does-text', async () => {
    const lines = readFileSync(ANSWERS, 'utf8').split('\n');
    const notebook = {
      cells: [{ cell_type: 'markdown', metadata: {}, source: lines.map((line) => `${line}\n`) }],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    };
    const word = docx(lines.map((line) => (line === '' ? '<w:p/>' : paragraph(line, ''))).join(''));
    for (const [name, content] of [
      ['a.ipynb', JSON.stringify(notebook)],
      ['a.docx', word],
    ] as const) {
      const { code, output } = await tensormark(['grade', EXAM, file(name, content)]);
      expect([name, code]).toEqual([name, 0]);
      expect(output).toMatch(/^2 +8 of 8 proposed/m);
    }
  });

  it('sends-to-a-person-what-a-pdf-shows-otherwise-than-it-says', async () => {
    const hidden = pdf([
      `${put(72, 700, 'Question 2:')}${put(72, 680, 'Total: 385536')}${put(72, 660, 'Hidden 1', { before: '1 1 1 rg' })}`,
    ]);
    const { code, output } = await tensormark(['grade', EXAM, file('a.pdf', hidden), '--json']);
    expect(code).toBe(0);
    const { parts } = z
      .object({
        parts: z.array(z.object({ key: z.string(), state: z.string(), text: z.string().nullable() })),
      })
      .parse(JSON.parse(output));
    const part = parts.find(({ key }) => key === '2');
    expect(part).toMatchObject({ state: 'needs-person' });
    expect(part?.text).not.toContain('Hidden');
  });

  it.each<[string, () => string, RegExp]>([
    ['a-missing-file', () => join(folder, 'nowhere.md'), /there is no such file/],
    ['an-empty-file', () => file('empty.md', ''), /empty/i],
    [
      'a-picture',
      () => file('p.md', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])),
      /PNG/,
    ],
    ['a-folder', () => folder, /it is a folder/],
    ['thirty-megabytes', () => file('big.md', 'a'.repeat(30_000_000)), /at most 20000000/],
  ])('%s-is-refused', async (_case, answers, message) => {
    const { code, errors } = await tensormark(['grade', EXAM, answers()]);
    expect(code).toBe(1);
    expect(errors).toMatch(message);
  });

  it('an-exam-with-mistakes-is-refused-at-their-lines', async () => {
    const exam = file('wrong.yaml', 'format: 1\nexam: x\ntitle: X\nquestions:\n  - id: 1\n    kind: esay\n');
    const { code, errors } = await tensormark(['grade', exam, ANSWERS]);
    expect(code).toBe(1);
    expect(errors).toMatch(/wrong\.yaml:6:\d+: questions\[0\]\.kind/);
  });
});

describe('tensormark checks', () => {
  it('lists-them-under-what-they-look-at', async () => {
    const { code, output } = await tensormark(['checks']);
    expect(code).toBe(0);
    expect(output).toMatch(/^losses$[^]*^ {2}softmax-ce +warning +Softmax before cross entropy$/m);
    expect(output).toMatch(/^running$[^]*^ {2}vanishing-gradient /m);
  });

  it('tells-of-one-with-the-line-that-is-found-in-its-examples', async () => {
    const { code, output } = await tensormark(['checks', 'softmax-ce']);
    expect(code).toBe(0);
    expect(output).toMatch(/^warning\[softmax-ce\] Softmax before cross entropy \(losses\)\n\nwhy /);
    expect(output).toMatch(/^Wrong$[^]*^> {9}return F\.softmax\(self\.fc2\(x\), dim=1\)$[^]*^Right$/m);
    expect(output).not.toContain('<--');
  });

  it('knows-which-one-is-meant', async () => {
    expect(await tensormark(['checks', 'sofmax-ce'])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('there is no check "sofmax-ce". Perhaps "softmax-ce" is meant.'),
    });
  });
});

describe('tensormark lint', () => {
  const SQUARE = readFileSync(EXAM, 'utf8').replace(
    'kernel_size: 3, padding: 1, groups: 8',
    'kernel_size: 1, groups: 8',
  );

  it('has-nothing-to-say-of-the-demonstration-exam', async () => {
    expect(await tensormark(['lint', EXAM])).toMatchObject({
      code: 0,
      output: 'Nothing to say of this exam.\n',
    });
  });

  it('places-each-note-in-the-file', async () => {
    const exam = file(
      'essay.yaml',
      'format: 1\nexam: x\ntitle: X\nquestions:\n  - id: 1\n    kind: essay\n    marks: 1\n    prompt: Say\n' +
        '    rubric:\n      - { id: a, says: A, marks: 2, terms: [depth] }\n',
    );
    const { code, output } = await tensormark(['lint', exam]);
    expect(code).toBe(1);
    expect(output).toMatch(
      /essay\.yaml:9:5: 1 marks-over\n {2}The items give 2 marks together and the part 1/,
    );
    expect(output).toMatch(/\n1 note\.\n$/);
  });

  it('gives-one-json-object', async () => {
    const { code, output } = await tensormark(['lint', file('square.yaml', SQUARE), '--json']);
    expect(JSON.parse(output)).toMatchObject({ exam: 'demonstration', notes: expect.any(Array) });
    expect(code).toBe(JSON.parse(output).notes.length === 0 ? 0 : 1);
  });

  it('a-refused-exam-has-its-errors-at-their-lines', async () => {
    const exam = file('wrong.yaml', 'format: 1\nexam: x\ntitle: X\nquestions:\n  - id: 1\n    kind: esay\n');
    const { code, errors } = await tensormark(['lint', exam]);
    expect(code).toBe(1);
    expect(errors).toMatch(/wrong\.yaml:6:\d+: questions\[0\]\.kind/);
  });
});
