import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planImport } from '../src/grade-import/plan-import.js';
import { openFile } from '../src/table-files/open-file.js';
import { readSeparated } from '../src/table-files/separated.js';
import { csv, type Cell } from '../src/reports/grade-formats/cells.js';
import { rowsByPart, type GradeRow } from '../src/reports/grade-formats/columns.js';
import type { GradeReport } from '../src/reports/reports.contract.js';

const STATES = ['absent', 'pending', 'failed', 'needs-person', 'proposed', 'marked', 'released'] as const;

/** Words that break files: quotes, commas, formulas, line breaks, letters of every kind. */
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc
    .array(
      fc.constantFrom('"', ',', '\n', '\r\n', '\t', '=', '+', '-', '@', "'", '＝', ' ', 'é', '王', 'x'),
      {
        maxLength: 8,
      },
    )
    .map((each) => each.join('')),
);
const marks = fc.nat(10_000).map((each) => String(Number((each / 1000).toFixed(3))));

const part = fc.record({
  title: nasty,
  state: fc.constantFrom(...STATES),
  marks: fc.option(marks),
  proposed: fc.option(marks),
  number: fc.integer({ min: 1, max: 9 }),
});
const paper = fc.record({
  id: fc.uuid(),
  name: nasty,
  email: nasty,
  studentNumber: fc.option(nasty),
  handedIn: fc.boolean(),
  state: fc.constantFrom(...STATES),
  parts: fc.tuple(part, part),
});
const reports = fc
  .uniqueArray(paper, { maxLength: 6, selector: ({ id }) => id })
  .map((papers): GradeReport => ({ exam: { id: 'exam', title: '=Exam, "the"' }, rows: papers.map(rowOf) }));

function rowOf(given: typeof paper extends fc.Arbitrary<infer Paper> ? Paper : never): GradeRow {
  const { id, name, email, studentNumber, handedIn, state } = given;
  return {
    student: { id, name, email, studentNumber },
    submission: handedIn
      ? {
          id,
          attempt: 1,
          receivedAt: '2026-11-20T09:00:00.000Z',
          receipt: 'TM-7F3A-K2QD',
          state: 'ready',
          examVersion: 1,
        }
      : null,
    state,
    work: null,
    late: null,
    total: null,
    available: '20',
    parts: given.parts.map((each, at) => ({
      key: at === 0 ? '1.a' : '=2',
      title: each.title,
      state: each.state,
      marks: handedIn ? each.marks : null,
      markNumber: handedIn && each.marks !== null ? each.number : null,
      proposed: each.proposed,
      available: '10',
    })),
  };
}

const exported = (report: GradeReport) => csv(rowsByPart(report));

function reading(file: string | Uint8Array, report: GradeReport) {
  const opened = openFile(typeof file === 'string' ? new TextEncoder().encode(file) : file);
  return opened.kind === 'refused' ? opened : planImport(opened.tables, report);
}
function plan(file: string | Uint8Array, report: GradeReport) {
  const read = reading(file, report);
  if (read.kind === 'refused') throw new Error(read.says);
  return read.plan;
}

describe('a file that was exported', () => {
  it('changes-nothing-when-nobody-edited-it', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const { changes, passedOver, unchanged } = plan(exported(report), report);
        expect({ changes, passedOver }).toEqual({ changes: [], passedOver: [] });
        expect(unchanged).toBe(report.rows.length * 2);
      }),
    );
  });

  it('changes-exactly-what-was-edited', () => {
    fc.assert(
      fc.property(reports, fc.nat(), marks, (report, pick, after) => {
        const handedIn = report.rows.filter(({ submission }) => submission !== null);
        const edited = handedIn[pick % Math.max(1, handedIn.length)];
        fc.pre(edited !== undefined && edited.parts[0]?.marks !== after);
        const rows = report.rows.map((row) =>
          row === edited
            ? { ...row, parts: row.parts.map((each, at) => (at === 0 ? { ...each, marks: after } : each)) }
            : row,
        );
        const { changes, passedOver } = plan(exported({ ...report, rows }), report);
        expect(passedOver).toEqual([]);
        expect(changes).toEqual([
          expect.objectContaining({
            submission: edited?.submission?.id,
            part: '1.a',
            before: edited?.parts[0]?.marks,
            after,
            conflict: false,
          }),
        ]);
      }),
    );
  });
});

describe('values that were written', () => {
  it('are-read-as-they-were-meant', () => {
    const cells = fc.array(fc.array(nasty, { minLength: 2, maxLength: 5 }), { maxLength: 5 });
    fc.assert(
      fc.property(cells, (below) => {
        const rows = [['exam', 'part'], ...below];
        // Numbers are never guarded, so that these leave as they are.
        const written = csv(rows.map((row) => row.map((number): Cell => ({ number }))));
        expect(readSeparated(written)).toEqual({ kind: 'read', rows, decimalComma: false });
      }),
    );
  });

  it.each([
    ['an-open-quote', 'a,"b\n', /never closed/],
    ['words-behind-a-quote', '"a"b,c\n', /behind a closing quote/],
    ['too-many-columns', ','.repeat(500), /more rows or columns/],
    ['one-line-without-end', 'a'.repeat(20_000_000), /a cell has over 32767 characters.*the right file/],
    ['too-many-cells', `${','.repeat(250)}\n`.repeat(10_000), /more rows or columns/],
  ])('are-refused: %s', (_name, text, says) => {
    expect(readSeparated(text)).toMatchObject({ kind: 'refused', says: expect.stringMatching(says) });
  });
});

describe('a row that nothing can be done with', () => {
  const id = '6f2b4d64-6d51-4a55-9b64-5d5b54b1c0de';
  const report: GradeReport = {
    exam: { id: 'exam', title: 'Exam' },
    rows: [
      rowOf({
        id,
        name: 'Ada',
        email: 'ada@example.org',
        studentNumber: null,
        handedIn: true,
        state: 'marked',
        parts: [
          { title: '', state: 'marked', marks: '3', proposed: null, number: 2 },
          { title: '', state: 'proposed', marks: null, proposed: '1', number: 1 },
        ],
      }),
    ],
  };
  const file = (given: string) => `submission,email,part,marks,mark_number\n${given}\n`;

  it.each([
    [
      'excused-is-not-0',
      `${id},ada@example.org,1.a,excused,2`,
      /the exam here does not\. Excuse them in the pages/,
    ],
    ['absent-is-not-0', `${id},ada@example.org,1.a,absent,2`, /is no mark/],
    ['a-decimal-comma', `${id},ada@example.org,1.a,"3,5",2`, /written like 7 or 7\.5/],
    ['negative', `${id},ada@example.org,1.a,-1,2`, /is no mark/],
    ['an-emptied-cell-takes-nothing-back', `${id},ada@example.org,1.a,,2`, /takes no mark back/],
    ['more-than-there-is', `${id},ada@example.org,1.a,10.001,2`, /more than the 10 marks/],
    ['another-student', `${id},eve@example.org,1.a,4,2`, /not that of the student/],
    ['an-unknown-submission', `${id.replace('6', '7')},ada@example.org,1.a,4,2`, /another attempt may count/],
    ['an-unknown-part', `${id},ada@example.org,9,4,2`, /no part "9"/],
    ['nothing-handed-in', `,ada@example.org,1.a,4,`, /Nothing was handed in/],
  ])('says-why: %s', (_name, row, says) => {
    expect(plan(file(row), report)).toMatchObject({
      changes: [],
      passedOver: [{ row: 2, says: expect.stringMatching(says) }],
    });
  });

  it('is-of-an-answer-whose-mark-does-not-stand', () => {
    const [paper] = report.rows;
    const rows =
      paper === undefined
        ? []
        : [{ ...paper, parts: paper.parts.map((each) => ({ ...each, marks: null, markNumber: 2 })) }];
    expect(plan(file(`${id},ada@example.org,1.a,4,2`), { ...report, rows })).toMatchObject({
      changes: [],
      passedOver: [{ row: 2, says: expect.stringMatching(/another person is still to mark it/) }],
    });
  });

  it('is-one-that-says-the-same-twice', () => {
    const row = `${id},ada@example.org,1.a,4,2`;
    const { changes, passedOver } = plan(file(`${row}\n${row}`), report);
    expect([changes.length, passedOver]).toEqual([
      1,
      [{ row: 3, says: expect.stringMatching(/stand in row 2, with the same mark/) }],
    ]);
  });

  it.each([
    ['another-mark', '5,2'],
    ['no-mark', ',2'],
    ['words', 'excused,2'],
  ])('is-in-a-file-that-is-refused-where-another-says-something-else: %s', (_name, other) => {
    const rows = [`${id},ada@example.org,1.a,4,2`, `${id},ada@example.org,=2,1,1`];
    expect(reading(file([...rows, `${id},ada@example.org,1.a,${other}`].join('\n')), report)).toEqual({
      kind: 'refused',
      says: expect.stringMatching(/^Rows 2 and 4 say different things of Ada, part 1\.a: "4" and "/),
    });
  });

  it('says-the-same-however-the-mark-and-the-part-are-written', () => {
    const rows = [`${id},ada@example.org,=2,4,1`, `${id},ada@example.org,'=2,4.00,1`];
    expect(plan(file(rows.join('\n')), report)).toMatchObject({
      passedOver: [{ row: 3, says: expect.stringMatching(/stand in row 2/) }],
    });
  });

  it('a-mark-that-changed-since-the-export-is-a-conflict', () => {
    const { changes } = plan(file(`${id},ada@example.org,1.a,4,1`), report);
    expect(changes).toEqual([expect.objectContaining({ before: '3', after: '4', conflict: true })]);
  });

  it('the-same-mark-written-otherwise-is-the-same', () => {
    expect(plan(file(`${id},ada@example.org,1.a,3.00,1`), report)).toMatchObject({
      changes: [],
      unchanged: 1,
    });
  });
});
