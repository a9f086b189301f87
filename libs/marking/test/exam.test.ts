import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readExam } from '../src/exam/read.js';
import { examJsonSchema } from '../src/exam/json-schema.js';
import { outlineOf, partsOf, totalMarks } from '../src/exam/parts.js';
import { USUAL_POLICY } from '../src/exam/marking-policy.js';
import { formatMarks } from '../src/marks.js';
import { processorTime } from '../../../test/time/processor-time.js';

const SMALL = `
format: 1
exam: small
title: A small paper
questions:
  - id: 1
    title: Essays
    parts:
      - id: a
        kind: essay
        marks: 2.5
        prompt: Say something of depth.
        rubric:
          - { id: depth, says: Says something, marks: 2.5, terms: [depth] }
  - id: 2
    kind: choice
    marks: 1
    prompt: Which?
    options: [{ id: a, says: This }, { id: b, says: That }]
    correct: [b]
`;

function errorsOf(yaml: string) {
  const reading = readExam(yaml);
  return reading.kind === 'refused' ? reading.errors : [];
}

describe('reading an exam', () => {
  it('reads-questions-with-and-without-parts', () => {
    const reading = readExam(SMALL);
    if (reading.kind !== 'exam') throw new Error(JSON.stringify(reading.errors));
    expect(partsOf(reading.definition).map(({ key }) => key)).toEqual(['1.a', '2']);
    expect(formatMarks(totalMarks(reading.definition))).toBe('3.5');
    expect(outlineOf(reading.definition).questions.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('a-wrong-kind-is-named-at-its-line', () => {
    const [error, ...more] = errorsOf(SMALL.replace('kind: essay', 'kind: esay'));
    expect(more).toEqual([]);
    expect(error).toMatchObject({ line: 10, column: 9, path: 'questions[0].parts[0].kind' });
    expect(error?.message).toMatch(/essay, numeric, critique, code or choice/);
  });

  it('an-unknown-field-is-named-where-it-stands', () => {
    expect(errorsOf(SMALL.replace('marks: 1\n', 'marks: 1\n    markz: 2\n'))).toMatchObject([
      { line: 18, column: 5, path: 'questions[1].markz', message: 'unknown field "markz"' },
    ]);
  });

  it('marks-that-cannot-be-reached-are-refused', () => {
    const [error] = errorsOf(SMALL.replace('marks: 2.5, terms', 'marks: 1, terms'));
    expect(error?.message).toMatch(/give 1 mark together.*2\.5.*give the items more/);
  });

  it('an-option-that-is-not-there-is-refused', () => {
    expect(errorsOf(SMALL.replace('correct: [b]', 'correct: [c]'))).toMatchObject([
      { path: 'questions[1].correct[0]', message: 'there is no option "c"' },
    ]);
  });

  it.each([
    ['negative', '-1'],
    ['words', 'two'],
    ['too-fine', '0.0001'],
    ['infinite', '.inf'],
  ])('%s-marks-are-refused', (_case, marks) => {
    expect(errorsOf(SMALL.replace('marks: 1\n', `marks: ${marks}\n`))[0]).toMatchObject({
      line: 17,
      path: 'questions[1].marks',
    });
  });

  it.each([
    ['broken-yaml', 'exam: [1, 2\ntitle: }'],
    ['a-duplicate-key', `${SMALL}\ntitle: again\n`],
    ['a-list', '- 1\n- 2\n'],
    ['nothing', ''],
    ['a-number', '42'],
  ])('%s-is-refused-with-a-place', (_case, yaml) => {
    const errors = errorsOf(yaml);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.every(({ line, column, message }) => line > 0 && column > 0 && message !== '')).toBe(true);
  });

  it('what-is-no-character-is-refused-where-it-stands', () => {
    const [error] = errorsOf(SMALL.replace('says: This', 'says: "Th\\0is"'));
    expect(error).toMatchObject({ path: 'questions[1].options[0].says', line: 19 });
    expect(error?.message).toMatch(/U\+0000/);
    const [raw] = errorsOf(SMALL.replace('exam: small', 'exam: small # so \u0000 it is'));
    expect(raw).toMatchObject({ line: 3, column: 18, message: error?.message });
  });

  it('aliases-that-multiply-are-refused-at-once', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const inner = level === 0 ? '"lol"' : Array.from({ length: 10 }, () => `*l${level - 1}`).join(', ');
      return `l${level}: &l${level} [${inner}]`;
    });
    const before = processorTime();
    const [error] = errorsOf(levels.join('\n'));
    expect(error?.message).toMatch(/alias/i);
    expect(processorTime() - before).toBeLessThan(1000);
  });

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(50_000)],
    ['dashes', '- '.repeat(100_000)],
    ['indentation', Array.from({ length: 900 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['size', 'a'.repeat(2_000_000)],
  ])('a-file-made-to-exhaust-by-%s-is-refused-at-once', (_case, yaml) => {
    const before = processorTime();
    expect(errorsOf(yaml).length).toBeGreaterThan(0);
    expect(processorTime() - before).toBeLessThan(2000);
  });

  it('how-marking-is-organised-has-usual-answers-and-shares-are-exact', () => {
    const policyOf = (marking: string) => {
      const reading = readExam(
        `format: 1\nexam: x\ntitle: X\n${marking}questions: [{ id: 1, kind: essay, marks: 1, prompt: Why?, rubric: [{ id: a, says: A, marks: 1 }] }]`,
      );
      return reading.kind === 'exam' ? reading.definition.marking : reading.errors[0]?.message;
    };
    expect(policyOf('')).toBeUndefined();
    expect(policyOf('marking: {}\n')).toEqual(USUAL_POLICY);
    expect(USUAL_POLICY).toEqual({ order: 'most-doubtful-first', hiddenProposals: 0, step: 500n });
    expect(policyOf('marking: { hiddenProposals: 2.5% }\n')).toMatchObject({ hiddenProposals: 250 });
    expect(policyOf('marking: { hiddenProposals: 100% }\n')).toMatchObject({ hiddenProposals: 10_000 });
    for (const wrong of ['101%', '0.1', '-5%', 'ten', '100.01%'])
      expect(policyOf(`marking: { hiddenProposals: ${wrong} }\n`)).toMatch(/expected a share/);
    expect(policyOf('marking: { order: by-name }\n')).toMatch(/most-doubtful-first/);
  });

  it('the-published-schema-is-current', () => {
    const published: unknown = JSON.parse(
      readFileSync(new URL('../../../docs/exam.schema.json', import.meta.url), 'utf8'),
    );
    expect(published).toEqual(JSON.parse(JSON.stringify(examJsonSchema())));
  });

  it('every-field-is-explained-to-whoever-writes-an-exam', () => {
    const fields = fieldsIn(examJsonSchema());
    expect(fields.length).toBeGreaterThan(100);
    expect(fields.filter(({ says }) => says.length < 10).map(({ path }) => path)).toEqual([]);
  });

  it('the-schema-for-editors-names-every-kind', () => {
    const schema = JSON.stringify(examJsonSchema());
    for (const kind of ['essay', 'numeric', 'critique', 'code', 'choice'])
      expect(schema).toContain(`"const":"${kind}"`);
  });
});

/** Each property of each object in a JSON Schema, with its description. */
function fieldsIn(schema: unknown, path = ''): { readonly path: string; readonly says: string }[] {
  if (Array.isArray(schema)) return schema.flatMap((each) => fieldsIn(each, path));
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    if (key !== 'properties' || typeof value !== 'object' || value === null) return fieldsIn(value, path);
    return Object.entries(value).flatMap(([name, field]: [string, unknown]) => {
      const said =
        typeof field === 'object' && field !== null && 'description' in field ? field.description : '';
      const here = `${path}.${name}`;
      return [{ path: here, says: typeof said === 'string' ? said : '' }, ...fieldsIn(field, here)];
    });
  });
}

describe('what is wrong is said in words of the file', () => {
  const said = (yaml: string) =>
    errorsOf(yaml).map(({ line, path, message }) => `${line} ${path}: ${message}`);

  it('a-misspelled-field-is-one-error-with-the-field-that-was-meant', () => {
    expect(said(SMALL.replace('marks: 1\n', 'mark: 1\n'))).toEqual([
      '17 questions[1].mark: unknown field "mark"; did you mean "marks"?',
    ]);
  });

  it('a-field-that-is-left-out-is-called-missing', () => {
    expect(said(SMALL.replace('    marks: 1\n', ''))).toEqual([
      '15 questions[1].marks: the field "marks" is missing: expected marks, such as 2 or 1.5',
    ]);
    expect(said(SMALL.replace('    prompt: Which?\n', ''))).toEqual([
      '15 questions[1].prompt: the field "prompt" is missing: expected text',
    ]);
  });

  it('a-value-of-another-kind-is-told-with-what-stands-there', () => {
    expect(said(SMALL.replace('correct: [b]', 'correct: b'))).toEqual([
      '20 questions[1].correct: expected a list, found "b": write [b]',
    ]);
    expect(said(SMALL.replace('title: A small paper', 'title: [1]'))).toEqual([
      '4 title: expected text, found a list',
    ]);
  });

  it('of-many-values-the-nearest-is-named', () => {
    const asked = (quantity: string) =>
      said(
        `format: 1\nexam: x\ntitle: X\nquestions:\n  - { id: 1, kind: numeric, marks: 1, prompt: How many?, network: { input: [1], layers: [{ Linear: 2 }] }, ask: [{ id: a, says: A, marks: 1, quantity: ${quantity} }] }`,
      );
    expect(asked('parameters')).toEqual([]);
    expect(asked('paramters')).toEqual([
      expect.stringMatching(
        /expected one of parameters, .* more, found "paramters"; did you mean parameters\?$/,
      ),
    ]);
  });

  it.each([
    ['nothing', '', /^1 : there is no exam here/],
    ['words', 'hello world', /^1 : an exam is fields, .* and not text$/],
    [
      'a-line-indented-too-little',
      SMALL.replace('    marks: 1', '   marks: 1'),
      /^17 : .*indented otherwise/,
    ],
    ['a-tab', SMALL.replace('    marks: 1', '\tmarks: 1'), /^17 : .*spaces/],
    ['a-colon-in-a-text', SMALL.replace('Which?', 'Which: this?'), /^18 : .*in quotes/],
    ['a-field-twice', SMALL.replace('    marks: 1\n', '    marks: 1\n    marks: 2\n'), /^18 : .*twice/],
  ])('%s-is-one-error-that-says-what-to-do', (_case, yaml, expected) => {
    expect(said(yaml)).toEqual([expect.stringMatching(expected)]);
  });

  it.each([
    [
      'what-is-in-what-it-stands-for',
      SMALL.replace('questions:\n', 'questions: &all\n  - *all\n'),
      /^6 : .*no end to it/,
    ],
    [
      'layers-of-themselves',
      SMALL.replace('options: [', 'options: &o [*o, *o, '),
      /^19 : \*o stands within &o.*write out what is meant/,
    ],
    [
      'fields-of-themselves',
      SMALL.replace('  - id: 2\n', '  - &two\n    id: 2\n').replace('Which?', '*two'),
      /^19 : .*no end to it/,
    ],
  ])('an-exam-of-%s-is-refused-with-its-place-at-once', (_case, yaml, expected) => {
    const before = processorTime();
    expect(said(yaml)).toEqual([expect.stringMatching(expected)]);
    expect(processorTime() - before).toBeLessThan(500);
  });

  it('aliases-that-end-are-followed', () => {
    const twice = SMALL.replace('says: This }', 'says: &this This }').replace('says: That', 'says: *this');
    expect(said(twice)).toEqual([]);
  });

  it.each([
    ['emphasis', '*Explain* why'],
    ['a-bracket', '[3, 128] is the input'],
    ['a-brace', '{a} is what?'],
    ['a-quotation', '"Attention" is what?'],
    ['an-ampersand', '& why'],
    ['a-dash', '- why?'],
    ['a-bar', '|why?'],
    ['an-arrow', '> why?'],
  ])('a-question-that-begins-with-%s-is-to-be-put-in-quotes', (_case, prompt) => {
    expect(said(SMALL.replace('Which?', prompt))).toEqual([
      expect.stringMatching(/^18 : .*quotes, or behind \|/),
    ]);
    expect(said(SMALL.replace('Which?', `'${prompt}'`))).toEqual([]);
  });

  it('an-alias-of-nothing-and-an-escape-that-is-none-say-what-to-do', () => {
    expect(said(SMALL.replace('Which?', '*why'))).toEqual([
      expect.stringMatching(/^18 : \*why .*in quotes$/),
    ]);
    expect(said(SMALL.replace('Which?', '"$\\sum$"'))).toEqual([
      expect.stringMatching(/^18 : .*single quotes/),
    ]);
  });

  it('fields-and-kinds-by-the-names-that-others-have-for-them-are-told-ours', () => {
    expect(said(SMALL.replace('    marks: 1\n', '    points: 1\n'))).toEqual([
      '17 questions[1].points: unknown field "points"; did you mean "marks"?',
    ]);
    expect(said(SMALL.replace('prompt: Which?', 'question: Which?'))).toEqual([
      '18 questions[1].question: unknown field "question"; did you mean "prompt"?',
    ]);
    expect(said(SMALL.replace('kind: choice', 'type: choice'))).toEqual([
      expect.stringMatching(/"kind" is missing: .*; what is written as "type" may be it$/),
    ]);
    expect(said(SMALL.replace('kind: choice', 'kind: multiple-choice'))).toEqual([
      expect.stringMatching(/found "multiple-choice"; did you mean choice\?$/),
    ]);
    expect(said(SMALL.replace('kind: choice', 'kind: riddle'))).toEqual([
      expect.stringMatching(/essay, numeric, critique, code or choice, found "riddle"$/),
    ]);
  });

  it('values-of-another-kind-are-told-with-what-to-write', () => {
    expect(said(SMALL.replace('{ id: a, says: This }', 'This'))).toEqual([
      '19 questions[1].options[0]: expected fields (id, says …), each on a line of its own, found "This"',
    ]);
    expect(said(SMALL.replace('Which?', '42'))).toEqual([
      '18 questions[1].prompt: expected text, found 42: put it in quotes',
    ]);
    expect(said(SMALL.replace('    marks: 1\n', '    marks: 1\n    parts: [{ id: a }]\n'))[0]).toMatch(
      /either a kind or parts/,
    );
    expect(said(SMALL.replace('exam: small', 'exam: 試験'))).toEqual([expect.stringMatching(/from a to z/)]);
  });
});
