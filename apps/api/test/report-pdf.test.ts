import { beforeAll, describe, expect, it } from '@jest/globals';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { inOneLine } from '../src/reports/pdf/formula.js';
import type { CohortReport } from '../src/reports/pdf/cohort-report.js';
import { reflowed } from '../src/reports/pdf/marked-up.js';
import { print } from '../src/reports/pdf/print.js';
import type { StudentReport } from '../src/reports/pdf/student-report.js';
import type { ReportPart } from '../src/reports/reports.contract.js';

const SHA = 'ab'.repeat(32);
const numeric =
  'Parameters: $(3 \\times 7 \\times 7) \\times 512 = 75{,}264$\nPer group: 64 * 3 * 3 * 64 = 36000\nTotal: 36000 * 8 = 288000';
const at = (words: string) => ({ start: numeric.indexOf(words), end: numeric.indexOf(words) + words.length });

/** A report with a part in each state, and work of each kind. */
const REPORT: StudentReport = {
  exam: 'Neural Networks and Deep Learning, demonstration paper',
  candidate: 'Łukasz Ćwiękała-Παπαδόπουλος Иванова 王',
  studentNumber: '20990017',
  attempt: 2,
  receipt: { code: 'R-7F3A-K2QD', receivedAt: '2026-11-23T20:08:32.000Z', sha256: SHA },
  releasedAt: '2026-11-25T09:00:00.000Z',
  erased: false,
  zone: 'Europe/Berlin',
  report: {
    state: 'released',
    total: { marks: '7.5', counts: '6.5', available: '16', complete: true },
    late: {
      seconds: 5400,
      deduction: '1',
      says: 'Handed in 2 hours after the deadline. Taken off for it: 1 of the marks.',
    },
    parts: [
      {
        key: '1.a',
        choices: null,
        title: 'Why depth helps',
        state: 'marked',
        marks: '0',
        available: '4',
        reason: 'Nothing of this is an argument: 0 is the mark, and ∀x ∈ ℝ: ‖∇f(x)‖ ≤ ½ is beside the point.',
        items: [
          {
            item: 'a',
            says: 'Layers build on each other',
            available: '4',
            marks: '0',
            reason: 'Not said.',
            feedback: 'Think of edges, textures and parts.',
          },
          {
            item: 'b',
            says: 'Contradicts itself',
            available: '-1',
            marks: null,
            reason: null,
            feedback: null,
          },
        ],
        evidence: [],
        derivation: null,
        text: '',
      },
      {
        key: '2',
        choices: null,
        title: 'Parameters of the network',
        state: 'marked',
        marks: '3.5',
        available: '6',
        reason: 'The method is right; one slip in the second line.',
        items: [],
        evidence: [
          {
            kind: 'equation',
            span: at('(3 \\times 7 \\times 7) \\times 512 = 75{,}264'),
            verdict: 'true',
            says: 'The equation holds.',
          },
          {
            kind: 'equation',
            span: at('64 * 3 * 3 * 64 = 36000'),
            verdict: 'false',
            says: 'The left side is 36864.',
          },
          {
            kind: 'equation',
            span: at('36000 * 8 = 288000'),
            verdict: 'true',
            says: 'The two sides are equal.',
          },
          {
            kind: 'quantity',
            asked: 'second block',
            verdict: 'wrong',
            expected: '294912',
            found: '288000',
            formula: 'g*c*c*k*k',
            latex: 'g \\cdot \\frac{c}{1} \\cdot k^{2}',
            says: 'The value differs.',
          },
          { kind: 'mention', span: at('Parameters'), item: 'a', says: 'Speaks of parameters.' },
          { kind: 'mention', span: at('Total'), item: 'a', says: 'Speaks of a total.' },
          { kind: 'caution', says: 'The unit is not written.' },
        ],
        derivation:
          'Counted with biases:\n\n- First block: $3 \\cdot 7^{2} \\cdot 512 = 75\\,264$\n- Classifier: $512 \\cdot 30 + 30 = 15\\,390$',
        text: numeric,
      },
      {
        key: '3',
        choices: null,
        title: 'Code',
        state: 'marked',
        marks: '4',
        available: '6',
        reason: 'Reads well.',
        items: [],
        evidence: [
          {
            kind: 'finding',
            check: 'softmax-before-cross-entropy',
            severity: 'error',
            place: { line: 5, column: 9 },
            says: 'Softmax is applied twice.',
            why: 'CrossEntropyLoss applies log-softmax itself.',
          },
        ],
        derivation: null,
        text: `Here it is:\n\n\`\`\`python\nimport torch\nx = torch.nn.Linear(3, 4)  # ${'long '.repeat(60)}\n${'y = 1\n'.repeat(90)}\`\`\``,
      },
      ...(['absent', 'pending', 'failed', 'needs-person', 'proposed'] as const).map((state, number) => ({
        key: `4.${number}`,
        choices: null,
        title: null,
        state,
        marks: null,
        available: '1',
        reason: null,
        items: [],
        evidence: [],
        derivation: null,
        text: '',
      })),
    ],
  },
};

async function textOf(bytes: Uint8Array): Promise<{ pages: string[]; all: string }> {
  const document = await opened(bytes);
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
  }
  return { pages, all: pages.join('\n').replaceAll(/\s+/g, ' ') };
}

const opened = (bytes: Uint8Array) => getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
const printed = (change: Partial<StudentReport> = {}) =>
  print({ kind: 'student', report: { ...REPORT, ...change } });

/** Whether the words come in this order. */
function inOrder(text: string, words: readonly string[]): string[] {
  let from = 0;
  return words.filter((each) => {
    const found = text.indexOf(each, from);
    if (found >= 0) from = found + each.length;
    return found < 0;
  });
}

describe('a report on one submission', () => {
  let bytes: Uint8Array;
  let all: string;
  let pages: string[];
  beforeAll(async () => {
    bytes = await printed();
    ({ all, pages } = await textOf(bytes));
  });

  it('says-everything-in-reading-order', () => {
    const missing = inOrder(all, [
      'Neural Networks and Deep Learning',
      'Łukasz Ćwiękała-Παπαδόπουλος Иванова',
      '20990017',
      'R-7F3A-K2QD',
      '23 November 2026 at 21:08:32 (Europe/Berlin)',
      SHA,
      'Total',
      '6.5 of 16',
      'Taken off for it: 1',
      'For lateness −1',
      '1.a',
      '0 of 4',
      '∀x ∈ ℝ: ‖∇f(x)‖ ≤ ½',
      'Think of edges',
      '3.5 of 6',
      'The working, equation by equation',
      '✓ The equation holds.',
      '✗ The first slip. The left side is 36864.',
      '✓ The two sides are equal.',
      '· Mentioned: “Parameters”, “Total”',
      'Expected 294912; found 288000.',
      'How it is worked out',
      '3 · 7² · 512 = 75 264',
      '✗ Error: softmax-before-cross-entropy, line 5.',
      'CrossEntropyLoss applies log-softmax itself.',
    ]);
    expect(missing).toEqual([]);
  });

  it('only-the-first-slip-is-called-so', () => {
    expect(all.match(/The first slip/g)).toHaveLength(1);
  });

  it('absent-pending-failed-undecided-and-0-are-different-things', () => {
    for (const says of [
      'No answer was found for this part',
      'still being worked on',
      'A fault of the system kept this part',
      'waits for a person to decide',
      'a proposal of the machine only',
    ])
      expect(all).toContain(says);
    expect(all).toContain('1.a Why depth helps 0 of 4');
    expect(all.match(/no mark(?= No answer| This part| A fault| There is)/g)).toHaveLength(5);
  });

  it('code-has-the-lines-that-findings-name', () => {
    expect(all).toMatch(/5 x = torch\.nn\.Linear\(3, 4\)/);
    expect(all).toMatch(/95 y = 1/);
  });

  it('pages-are-numbered', () => {
    pages.forEach((page, at) => expect(page).toContain(`Page ${at + 1} of ${pages.length}`));
  });

  it('what-no-typeface-has-is-named', () => {
    expect(all).toContain('□ stands for a character that the typefaces of this document lack: U+738B.');
  });

  it.each([
    ['has-one', '20990017', 'Student number 20990017'],
    ['has-none', null, 'Receipt R-7F3A-K2QD'],
  ])('a-name-in-letters-that-no-typeface-has-is-told-by-number: %s', async (_name, studentNumber, says) => {
    const { all: said } = await textOf(await printed({ candidate: '王小明', studentNumber }));
    expect(said).toContain(says);
    expect(said).toContain('stands in the grade report');
    expect(said).not.toContain('□');
  });

  it('is-tagged-with-language-title-and-headings', async () => {
    const document = await opened(bytes);
    expect(await document.getMarkInfo()).toMatchObject({ Marked: true });
    const { info } = await document.getMetadata();
    expect(info).toMatchObject({ Title: expect.stringContaining('Neural Networks'), Language: 'en-GB' });
    const tree = JSON.stringify(await (await document.getPage(1)).getStructTree());
    for (const role of ['H1', 'H2', 'H3', 'Table', 'TR', 'TH', 'TD', 'P'])
      expect(tree).toContain(`"role":"${role}"`);
  });

  it('the-same-report-is-the-same-bytes', async () => {
    expect(Buffer.compare(await printed(), bytes)).toBe(0);
    expect(Buffer.compare(await printed({ attempt: 3 }), bytes)).not.toBe(0);
  });

  it('unfinished-papers-have-no-total', async () => {
    const { all: unfinished } = await textOf(
      await printed({
        releasedAt: null,
        report: { ...REPORT.report, late: null, total: { ...REPORT.report.total, complete: false } },
      }),
    );
    expect(unfinished).toContain('7.5 of 16 so far');
    expect(unfinished).toContain('this is no total yet');
    expect(unfinished).toContain('Not released: the marks as they stand');
  });

  it.each([
    ['no-parts', []],
    ['a-word-wider-than-the-page', [partWith({ text: 'x'.repeat(3000) })]],
    ['control-characters', [partWith({ text: 'a\u0000b\u0007c\u202e\ud800d' })]],
    ['a-fence-that-never-closes', [partWith({ text: '```\nx = 1' })]],
    ['braces-without-partners', [partWith({ text: '$}}\\frac{$ and $\\frac{1}{$ and \\(' })]],
  ])('is-printed-all-the-same: %s', async (_name, parts) => {
    const document = await opened(await printed({ report: { ...REPORT.report, parts } }));
    expect(document.numPages).toBeGreaterThan(0);
  });

  it('an-item-longer-than-a-page-goes-on-in-the-next', async () => {
    const item = { item: 'a', says: `${'word '.repeat(2500)}last`, available: '1', marks: '1', reason: null };
    const part = partWith({ items: [{ ...item, feedback: null }] });
    const { all: long } = await textOf(await printed({ report: { ...REPORT.report, parts: [part] } }));
    expect(long.match(/word/g)).toHaveLength(2500);
    expect(long).toContain('last');
  });

  it('an-answer-without-end-ends', async () => {
    const part = partWith({ text: 'word '.repeat(40_000) });
    const { all: long } = await textOf(await printed({ report: { ...REPORT.report, parts: [part] } }));
    expect(long).toContain('The answer goes on for 140,000 more characters');
  });
});

function partWith(change: Partial<ReportPart>): ReportPart {
  return {
    key: '9',
    choices: null,
    title: 'A part',
    state: 'marked',
    marks: '1',
    available: '1',
    reason: null,
    items: [],
    evidence: [],
    derivation: null,
    text: 'An answer.',
    ...change,
  };
}

describe('a report on the cohort', () => {
  const report: CohortReport = {
    exam: 'Demonstration',
    version: 2,
    at: '2026-11-23T20:08:32.000Z',
    zone: 'UTC',
    states: [
      { says: 'Papers released', papers: 11 },
      { says: 'Absent, or missing a part', papers: 2 },
    ],
    analysis: {
      papers: 11,
      available: 40,
      mean: 22.4,
      standardDeviation: 6.1,
      range: { lowest: 9.5, median: 22, highest: 36 },
      reliability: 0.812,
      standardError: 2.65,
      distribution: [0, 0, 1, 1, 2, 3, 2, 1, 1, 0],
      markers: [],
      parts: [
        {
          part: '2',
          title: 'Parameters',
          available: 6,
          marked: 11,
          mean: 3.2,
          standardDeviation: 1.5,
          range: { lowest: 0, median: 3.5, highest: 6 },
          facility: 0.533,
          discrimination: 0.41,
          distribution: [],
          frequent: [
            { kind: 'misconception', says: 'The bias of each filter is left out.', answers: 7 },
            { kind: 'misconception', says: 'The groups are not divided by.', answers: 3 },
          ],
          machine: { decided: 10, confirmed: 9, meanDifference: 0.1 },
          markers: null,
        },
      ],
    },
  };

  it('says-figures-items-and-frequent-errors', async () => {
    const { all } = await textOf(await print({ kind: 'cohort', report }));
    const missing = inOrder(all, [
      'Demonstration',
      'Papers released',
      '11',
      'Mean',
      '22.4 of 40',
      '9.5, 22.0, 36.0',
      '0.81 (Cronbach’s alpha)',
      '2.6 marks',
      '0–10%',
      'Parameters',
      '3.2 of 6',
      '53%',
      '0.41',
      '9 of 10',
      'The bias of each filter is left out.',
    ]);
    expect(missing).toEqual([]);
    expect(all).toContain('7 answers');
  });

  it('the-chart-is-told-in-words', async () => {
    const document = await opened(await print({ kind: 'cohort', report }));
    const tree = JSON.stringify(await (await document.getPage(1)).getStructTree());
    expect(tree).toContain('50–60%: 3');
  });

  it('without-papers-there-are-no-figures', async () => {
    const analysis = { ...report.analysis, papers: 0, mean: null, parts: [] };
    const { all } = await textOf(await print({ kind: 'cohort', report: { ...report, analysis } }));
    expect(all).toContain('No paper has a mark for every part yet');
  });
});

describe('prose that was broken at a width', () => {
  const long = 'A line of prose that was broken where the editor of its author breaks lines';
  it.each([
    ['is-one-paragraph', `${long}\nand goes on.`, `${long} and goes on.`],
    ['short-lines-stay', 'x = 1\ny = 2', 'x = 1\ny = 2'],
    ['a-list-stays', `${long}\n- and this`, `${long}\n- and this`],
    ['a-blank-line-stays', `${long}\n\nAnd`, `${long}\n\nAnd`],
  ])('%s', (_name, written, wanted) => {
    expect(reflowed(written)).toBe(wanted);
  });
});

describe('a formula in one line', () => {
  it.each([
    ['a-number-with-a-comma', '75{,}264', '75,264'],
    ['a-product-with-a-power', '3 \\times 7^{2} \\cdot 512', '3 × 7² · 512'],
    ['a-fraction-of-sums', '\\frac{n + 2p - k}{s} + 1', '(n + 2p - k)/s + 1'],
    ['floor', '\\left\\lfloor \\frac{5}{2} \\right\\rfloor', '⌊ 5/2 ⌋'],
    ['subscript-with-no-sign', 'W_{Q}', 'W_Q'],
    ['words', '\\text{params} = 3', 'params = 3'],
    ['an-unknown-command-stays', '\\somethingverylong{x}', '\\somethingverylongx'],
  ])('%s', (_name, latex, line) => {
    expect(inOneLine(latex)).toBe(line);
  });
});
