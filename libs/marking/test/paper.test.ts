import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { gradeDocument, openMarkingEngine, readExam, type MarkingEngine } from '../src/index.js';
import type { ExamDefinition } from '../src/index.js';

const FOLDER = new URL('../../../examples/demonstration/', import.meta.url);
const ANSWERS = readFileSync(new URL('answers.md', FOLDER), 'utf8');

let engine: MarkingEngine;
let exam: ExamDefinition;

beforeAll(async () => {
  engine = await openMarkingEngine();
  const reading = readExam(readFileSync(new URL('exam.yaml', FOLDER), 'utf8'));
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.errors));
  exam = reading.definition;
});

function grade(document: string) {
  const graded = gradeDocument(exam, document, engine);
  if (graded.kind === 'refused') throw new Error(graded.message);
  return graded;
}

const marksOf = (document: string) =>
  Object.fromEntries(
    grade(document).parts.map(({ part, proposal }) => [part.key, proposal.marks ?? proposal.outcome]),
  );

const FULL = {
  '1.a': 'needs-person',
  '1.b': 'needs-person',
  '2': '8',
  '3': 'needs-person',
  '4.a': 'needs-person',
  '4.b': 'needs-person',
  '5': '8',
};

describe('the demonstration paper, end to end', () => {
  it('the-answers-as-they-come', () => {
    expect(marksOf(ANSWERS)).toEqual(FULL);
  });

  it.each<[string, (text: string) => string]>([
    [
      'numbered-q1-and-brackets',
      (text) => text.replaceAll(/^Question (\d):/gm, 'Q$1.').replaceAll(/^- ([ab])\. /gm, '($1) '),
    ],
    [
      'markdown-headings',
      (text) =>
        text.replaceAll(/^Question (\d):/gm, '## Question $1').replaceAll(/^- ([ab])\. /gm, '**$1.** '),
    ],
    ['windows-line-ends', (text) => text.replaceAll('\n', '\r\n')],
    ['asterisks-as-times', (text) => text.replaceAll('\\times', '*').replaceAll('\\cdot', '*')],
    [
      'no-latex',
      (text) =>
        text
          .replaceAll(/\\mathbf\{(\d+)\}/g, '$1')
          .replaceAll('$', '')
          .replaceAll('{,}', ','),
    ],
  ])('%s-changes-nothing', (_case, change) => {
    const changed = change(ANSWERS);
    expect(changed).not.toBe(ANSWERS);
    expect(marksOf(changed)).toEqual(FULL);
  });

  it('a-wrong-total-loses-its-mark-alone', () => {
    const { parts } = grade(ANSWERS.replace('\\mathbf{385536}', '\\mathbf{385546}'));
    const items = parts.find(({ part }) => part.key === '2')?.proposal.items ?? [];
    expect(items.map(({ item, outcome }) => [item, outcome])).toEqual([
      ['block1', 'met'],
      ['block2', 'met'],
      ['classifier', 'met'],
      ['total', 'undecided'],
    ]);
  });

  it('a-missing-part-is-absent-and-no-zero', () => {
    const graded = grade(ANSWERS.slice(0, ANSWERS.indexOf('Question 5:')));
    expect(graded.total.absent).toEqual(['5']);
    expect(graded.parts.at(-1)?.proposal).toMatchObject({ outcome: 'absent', marks: null });
  });

  it('what-stands-under-a-question-without-the-letters-of-its-parts-is-for-a-person', () => {
    const { total, parts } = grade(
      ANSWERS.replace('\na) I would start', '\nI would start').replace('\nb) It must', '\nIt must'),
    );
    expect(total.absent).toEqual([]);
    const [first] = parts.filter(({ part }) => part.key === '4.a');
    expect(first?.proposal).toMatchObject({ outcome: 'needs-person', marks: null });
  });

  it('questions-out-of-order', () => {
    const at = (n: number) => ANSWERS.indexOf(`Question ${n}:`);
    const swapped =
      ANSWERS.slice(0, at(2)) +
      ANSWERS.slice(at(3), at(4)) +
      ANSWERS.slice(at(2), at(3)) +
      ANSWERS.slice(at(4));
    expect(marksOf(swapped)).toEqual(FULL);
  });

  it('the-same-answers-give-the-same-evidence', () => {
    const proposals = () => JSON.stringify(grade(ANSWERS).parts.map(({ proposal }) => proposal));
    expect(proposals()).toBe(proposals());
  });

  it('every-span-of-evidence-lies-within-the-answer', () => {
    for (const { text = '', proposal } of grade(ANSWERS).parts) {
      for (const evidence of [...proposal.evidence, ...proposal.items.flatMap((item) => item.evidence)]) {
        if (!('span' in evidence) || evidence.span === undefined) continue;
        expect(text.slice(evidence.span.start, evidence.span.end).trim()).not.toBe('');
      }
    }
  });

  it('evidence-names-the-formula', () => {
    const items = grade(ANSWERS).parts.find(({ part }) => part.key === '2')?.proposal.items ?? [];
    expect(items.flatMap(({ evidence }) => evidence)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'quantity', formula: '512 · (3·7·7) = 75,264' }),
        expect.objectContaining({ kind: 'quantity', formula: '512 · (512/8) · 3 · 3 = 294,912' }),
      ]),
    );
  });

  it('code-that-breaks-in-its-forward-pass', () => {
    const broken = ANSWERS.replace('nn.Linear(64, num_classes)', 'nn.Linear(60, num_classes)');
    const part = grade(broken).parts.at(-1);
    expect(part?.proposal.items[0]).toMatchObject({ item: 'reads', outcome: 'not-met', proposed: '0' });
    expect(part?.proposal.items[0]?.reason).toMatch(
      /mat1 and mat2 shapes cannot be multiplied \(1x64 and 60x10\)/,
    );
  });

  it('code-that-ends-in-a-softmax-where-logits-are-asked-for', () => {
    const squashed = ANSWERS.replace('.flatten(1))\n', '.flatten(1)).softmax(dim=1)\n');
    expect(squashed).not.toBe(ANSWERS);
    const items = grade(squashed).parts.at(-1)?.proposal.items ?? [];
    expect(items.map(({ item, outcome }) => [item, outcome]).slice(0, 3)).toEqual([
      ['reads', 'met'],
      ['classes', 'met'],
      ['logits', 'not-met'],
    ]);
  });

  it('code-without-a-residual-connection', () => {
    const plain = ANSWERS.replace('return self.relu(x + self.body(x))', 'return self.relu(self.body(x))');
    const items = grade(plain).parts.at(-1)?.proposal.items ?? [];
    expect(items.map(({ item, outcome }) => [item, outcome])).toEqual([
      ['reads', 'met'],
      ['classes', 'met'],
      ['logits', 'met'],
      ['budget', 'met'],
      ['residual', 'not-met'],
      ['findings', 'met'],
    ]);
  });
});
