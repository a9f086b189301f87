import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import writeXlsx from 'write-excel-file/node';
import { openFile } from '../src/table-files/open-file.js';
import { planImport } from '../src/grade-import/plan-import.js';
import type { GradeRow } from '../src/reports/grade-formats/columns.js';
import { FILE_FORMATS, type FileFormat } from '../src/reports/grade-formats/names.js';
import { FORMATS } from '../src/reports/grade-formats/table.js';
import type { GradeReport } from '../src/reports/reports.contract.js';

const GRADEBOOKS = ['canvas', 'moodle', 'blackboard'] as const;

async function written(format: FileFormat, report: GradeReport): Promise<Uint8Array> {
  const file = await FORMATS[format].write(report);
  return typeof file === 'string' ? new TextEncoder().encode(file) : new Uint8Array(file);
}
function read(file: string | Uint8Array, report: GradeReport) {
  const opened = openFile(typeof file === 'string' ? new TextEncoder().encode(file) : file);
  return opened.kind === 'refused' ? opened : planImport(opened.tables, report);
}
function plan(file: string | Uint8Array, report: GradeReport) {
  const reading = read(file, report);
  if (reading.kind === 'refused') throw new Error(reading.says);
  return reading.plan;
}

/** A paper of so many parts of 10 marks each, released. */
function paper(at: number, given: Partial<GradeRow['student']>, marks: readonly (string | null)[]): GradeRow {
  const total = marks.every((each) => each !== null)
    ? String(marks.reduce((sum, each) => sum + Number(each), 0))
    : null;
  return {
    student: {
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      name: 'Ada Lovelace',
      email: `student${at}@example.org`,
      studentNumber: null,
      ...given,
    },
    submission: {
      id: `10000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      attempt: 1,
      receivedAt: '2026-11-20T09:00:00.000Z',
      receipt: 'TM-7F3A-K2QD',
      state: 'ready',
      examVersion: 1,
    },
    state: total === null ? 'marked' : 'released',
    work: total,
    late: null,
    total,
    available: String(10 * marks.length),
    parts: marks.map((each, index) => ({
      key: `${index + 1}`,
      title: '=part "of", it\n',
      state: each === null ? 'proposed' : 'released',
      marks: each,
      markNumber: each === null ? null : 2,
      proposed: null,
      available: '10',
    })),
  };
}
const reportOf = (rows: GradeRow[], title = 'Mid-term'): GradeReport => ({
  exam: { id: 'mid-term', title },
  rows,
});

/** Words that break files: quotes, separators, formulas, line breaks, letters of every kind. */
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        ',',
        ';',
        '\n',
        '\r\n',
        '\t',
        '=',
        '+',
        '-',
        '@',
        "'",
        '＝',
        ' ',
        'é',
        '王',
        '_x000D_',
        '<&',
      ),
      { maxLength: 8 },
    )
    .map((each) => each.join('')),
);
const numbers = fc.option(fc.oneof(nasty, fc.nat().map(String), fc.constantFrom('007', '1,5', '=1+1', '-3')));
const halves = fc.nat(20).map((each) => String(each / 2));

/** Students whose addresses are those of people, and all else is hostile; numbers are told apart as the database tells them. */
const reports = (parts: number) =>
  fc
    .tuple(
      nasty.map((title) => `x${title}y`),
      fc.uniqueArray(
        fc.record({
          name: nasty,
          studentNumber: numbers,
          marks: fc.array(fc.option(halves, { freq: 8 }), { minLength: parts, maxLength: parts }),
        }),
        {
          maxLength: 5,
          selector: ({ studentNumber }) => studentNumber?.replaceAll(/[\s']+/g, '').toLowerCase() ?? {},
        },
      ),
    )
    .map(([title, papers]) =>
      reportOf(
        papers.map(({ name, studentNumber, marks }, at) => paper(at, { name, studentNumber }, marks)),
        title,
      ),
    );

describe('what is exported and comes back unedited', () => {
  it.each(FILE_FORMATS)('changes-nothing: %s', async (format) => {
    await fc.assert(
      fc.asyncProperty(reports(2), async (report) => {
        const { changes, totals, passedOver, unchanged } = plan(await written(format, report), report);
        expect({ changes, totals, passedOver }).toEqual({ changes: [], totals: [], passedOver: [] });
        const perPart = format === 'csv' || format === 'xlsx';
        const released = report.rows.filter(({ state }) => state === 'released').length;
        expect(unchanged).toBe(perPart ? report.rows.length * 2 : released);
      }),
      { numRuns: 40 },
    );
  });
});

describe('one mark that was edited', () => {
  it.each(FILE_FORMATS)('is-the-only-change-with-old-and-new: %s', async (format) => {
    await fc.assert(
      fc.asyncProperty(reports(1), fc.nat(), halves, async (report, pick, after) => {
        const marked = report.rows.filter(({ total }) => total !== null);
        const edited = marked[pick % Math.max(1, marked.length)];
        fc.pre(edited !== undefined && edited.total !== after);
        const rows = report.rows.map((row) =>
          row === edited
            ? {
                ...row,
                total: after,
                work: after,
                parts: row.parts.map((each) => ({ ...each, marks: after })),
              }
            : row,
        );
        const { changes, totals, passedOver } = plan(await written(format, { ...report, rows }), report);
        expect({ totals, passedOver }).toEqual({ totals: [], passedOver: [] });
        expect(changes).toEqual([
          expect.objectContaining({
            submission: edited?.submission?.id,
            part: '1',
            before: edited?.total,
            after,
            conflict: false,
          }),
        ]);
      }),
      { numRuns: 25 },
    );
  });

  it.each(GRADEBOOKS)('of-several-parts-is-shown-and-not-set: %s', async (format) => {
    const report = reportOf([paper(1, {}, ['3', '4'])]);
    const file = new TextDecoder().decode(await written(format, report));
    const { changes, totals } = plan(file.replace(/7(?=\r\n$)/, '7.5'), report);
    expect(changes).toEqual([]);
    expect(totals).toEqual([
      { row: format === 'canvas' ? 3 : 2, student: 'Ada Lovelace', before: '7', after: '7.5' },
    ]);
  });

  it('of-a-late-paper-is-shown-and-not-set', async () => {
    const late = { seconds: 60, deduction: '1', says: '' };
    const report = reportOf([{ ...paper(1, {}, ['4']), late, total: '3' }]);
    const file = new TextDecoder().decode(await written('moodle', report));
    expect(plan(file.replace(/3(?=\r\n$)/, '5'), report)).toMatchObject({
      changes: [],
      totals: [{ before: '3', after: '5' }],
    });
  });
});

describe('gradebooks as the platforms themselves export them', () => {
  const report = reportOf([
    paper(1, { name: 'Ada Lovelace', email: 'ada@example.org', studentNumber: '1001' }, ['7']),
    paper(2, { name: 'Alan Turing', email: 'alan@example.org', studentNumber: '1002' }, ['5']),
  ]);

  it.each([
    [
      'canvas',
      [
        'Student,ID,SIS User ID,SIS Login ID,Section,Homework (11),Mid-term (4711),Current Score',
        '    Points Possible,,,,,10,10,(read only)',
        '"Lovelace, Ada",1,1001,ada@example.org,A,3,8.0,80',
        '"Turing, Alan",2,1002,ALAN@example.org,A,4,5.00,50',
        '"Student, Test",3,,abcdef,A,,,',
      ].join('\n'),
    ],
    [
      'moodle-with-semicolons-and-decimal-commas',
      [
        '"First name";"Last name";"ID number";"Email address";"Assignment: Homework (Real)";"Mid-term (Real)"',
        'Ada;Lovelace;1001;ada@example.org;3,00;8,00',
        'Alan;Turing;;alan@example.org;-;5,00',
      ].join('\r\n'),
    ],
    [
      'blackboard',
      [
        '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Mid-term [Total Pts: 10 Score] |12345"',
        '"Lovelace"\t"Ada"\t"ada"\t"1001"\t"8.00"',
        '"Turing"\t"Alan"\t"alan"\t""\t"5.00"',
      ].join('\n'),
    ],
  ])('are-read: %s', (_name, text) => {
    const bytes = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
    for (const file of [text, bytes]) {
      expect(plan(file, report)).toMatchObject({
        changes: [{ student: 'Ada Lovelace', before: '7', after: '8' }],
        totals: [],
        unchanged: 1,
        passedOver: [],
      });
    }
  });

  const canvas = (rows: string, points = '10', heading = 'Mid-term') =>
    `Student,ID,SIS User ID,SIS Login ID,Section,${heading}\n    Points Possible,,,,,${points}\n${rows}\n`;
  it.each([
    [
      'an-unknown-student',
      canvas('Eve,9,9999,eve@example.org,,3'),
      /Nobody of this exam is known by SIS User ID "9999"/,
    ],
    ['two-students-at-once', canvas('Ada,1,1001,alan@example.org,,3'), /two different ones/],
    ['nobody', canvas('Ada,1,,,,3'), /does not say whose/],
    ['duplicate-rows', canvas('Ada,1,1001,,,7\nAda,1,1001,,,7.0'), /stands in row 3, with the same total/],
    ['words', canvas('Ada,1,1001,,,excellent'), /"excellent" is no mark, and is not taken for 0/],
    ['a-decimal-comma-between-commas', canvas('Ada,1,1001,,,"7,5"'), /written like 7 or 7\.5/],
    ['a-decimal-comma-without-quotes', canvas('Ada,1,1001,,,7,5'), /more fields than there are headings/],
    ['a-percentage', canvas('Ada,1,1001,,,75%'), /is no mark/],
    ['a-formula', canvas('Ada,1,1001,,,=1+1'), /is no mark/],
    ['an-emptied-cell', canvas('Ada,1,1001,,,'), /takes no mark back/],
    ['more-than-there-is', canvas('Ada,1,1001,,,11'), /more than the 10 marks/],
  ])('have-rows-that-are-passed-over: %s', (_name, file, says) => {
    const { changes, passedOver } = plan(file, report);
    expect([changes, passedOver.map(({ says }) => says)]).toEqual([[], [expect.stringMatching(says)]]);
  });

  it.each([
    ['of-another-course', canvas('Ada,1,1001,,,7', '10', 'Finals'), /no column for "Mid-term"/],
    [
      'with-the-column-twice',
      canvas('Ada,1,1001,,,7,7', '10', 'Mid-term,Mid-term (5)'),
      /2 columns for "Mid-term"/,
    ],
    [
      'out-of-other-marks',
      canvas('Ada,1,1001,,,7', '100'),
      /counts 100 marks for "Mid-term", and the exam 10/,
    ],
    [
      'with-two-totals-of-one-student',
      canvas('Ada,1,1001,,,7\nAlan,2,1002,,,5\nAda,1,,ada@example.org,,6\nAlan,2,1002,,,4'),
      /^Rows 3 and 5 say different things of Ada Lovelace: "7" and "6"\. So does 1 more pair\./,
    ],
    [
      'no-grades-at-all',
      'colour,size\nred,3\n',
      /no file of grades that is known here: its first row has "colour", "size"/,
    ],
    [
      'of-another-exam',
      'exam,submission,email,part,marks,mark_number\nfinals,,,,,\n',
      /another exam, "finals"/,
    ],
    ['without-a-column', 'email,part,marks\n', /lacks the column "submission", "mark_number"/],
    ['empty', '', /empty/],
    ['an-old-workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /old Excel workbook/],
    ['a-picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47]), /not in UTF-8/],
  ])('are-the-wrong-file: %s', (_name, file, says) => {
    expect(read(file, report)).toMatchObject({ kind: 'refused', says: expect.stringMatching(says) });
  });
});

describe('a workbook', () => {
  const report = reportOf([paper(1, { email: 'ada@example.org' }, ['7', '2'])]);
  const [row] = report.rows;
  const text = (value: string) => ({ type: String, value });
  const sheetOf = (names: readonly string[], cells: readonly (string | number)[]) => [
    names.map(text),
    cells.map((value) => (typeof value === 'number' ? { type: Number, value } : text(value))),
  ];
  const PARTS = ['submission', 'email', 'part', 'marks', 'mark_number'];
  const PAPERS = ['email', 'state', 'work', 'total', 'available', '1', '2'];
  const ofParts = (marks: string | number) =>
    sheetOf(PARTS, [row?.submission?.id ?? '', 'ada@example.org', '1', marks, 2]);
  const workbook = async (sheets: Parameters<typeof writeXlsx>[0]) =>
    new Uint8Array(await writeXlsx(sheets).toBuffer());

  it.each([
    ['a-number', 7.5, '7.5'],
    ['a-number-as-text', '7.5', '7.5'],
    ['a-sum-that-floats-miss', 0.1 + 0.2, '0.3'],
  ])('gives-marks-as-they-are-seen: %s', async (_name, marks, after) => {
    const file = await workbook([{ sheet: 'Parts', data: ofParts(marks) }]);
    expect(plan(file, report).changes).toMatchObject([{ before: '7', after, conflict: false }]);
  });

  it('edited-on-the-sheet-of-papers-says-where-to-edit', async () => {
    const papers = sheetOf(PAPERS, ['ada@example.org', 'released', 9, 9, 20, 8, 2]);
    const file = await workbook([
      { sheet: 'Papers', data: papers },
      { sheet: 'Parts', data: ofParts(7) },
    ]);
    expect(plan(file, report)).toMatchObject({
      changes: [],
      passedOver: [{ row: 2, says: expect.stringMatching(/Sheet "Papers": 1 is "8" there and "7"/) }],
    });
    expect(read(await workbook([{ sheet: 'Papers', data: papers }]), report)).toMatchObject({
      kind: 'refused',
      says: expect.stringMatching(/Use the sheet "Parts"/),
    });
  });

  it('with-two-sheets-of-parts-is-refused', async () => {
    const file = await workbook([
      { sheet: 'One', data: ofParts(7) },
      { sheet: 'Two', data: ofParts(6) },
    ]);
    expect(read(file, report)).toMatchObject({ says: expect.stringMatching(/"One", "Two" are all grades/) });
  });
});

describe('excused', () => {
  const student = { email: 'ada@example.org', studentNumber: '1001' };
  const excusedFrom = (...keys: string[]): GradeReport => {
    const row = paper(1, student, ['7', '1']);
    const parts = row.parts.map((part) =>
      keys.includes(part.key) ? { ...part, state: 'excused' as const, marks: null } : part,
    );
    const wholly = keys.length === parts.length;
    return reportOf([
      wholly
        ? { ...row, parts, state: 'excused', work: null, total: null }
        : { ...row, parts, work: '7', total: '7', available: '10' },
    ]);
  };
  const wholly = excusedFrom('1', '2');

  it.each([
    ['canvas', wholly, /^"Lovelace, Ada",,1001,ada@example.org,,EX\r\n$/m],
    ['moodle', wholly, /^Ada,Lovelace,1001,ada@example.org,,Excused\r\n$/m],
    ['blackboard', wholly, /^Lovelace\tAda\tada\t1001\t\tExcused\r\n$/m],
    ['csv', wholly, /\n",excused,,10,,excused,,,,,20,2/],
    // 7 of the 10 that count are 14 of all 20.
    ['canvas', excusedFrom('2'), /,14\r\n$/],
    ['moodle', excusedFrom('2'), /,14,Excused from 2: the same share of all marks\.\r\n$/],
  ] as const)('stands-apart-from-0-and-from-absent: %s %#', async (format, report, pattern) => {
    expect(new TextDecoder().decode(await written(format, report))).toMatch(pattern);
  });

  it.each(FILE_FORMATS)('comes-back-unedited-and-changes-nothing: %s', async (format) => {
    for (const report of [wholly, excusedFrom('1'), excusedFrom('2')]) {
      expect(plan(await written(format, report), report)).toMatchObject({
        changes: [],
        totals: [],
        passedOver: [],
      });
    }
  });

  it('is-no-mark-that-a-file-could-set-or-take-away', () => {
    const head = 'Student,ID,SIS User ID,SIS Login ID,Section,Mid-term\n';
    expect(plan(`${head}Ada,1,1001,,,EX\n`, reportOf([paper(1, student, ['7'])]))).toMatchObject({
      changes: [],
      passedOver: [{ says: expect.stringMatching(/the exam here does not/) }],
    });
    expect(plan(`${head}Ada,1,1001,,,5\n`, wholly)).toMatchObject({
      changes: [],
      totals: [],
      passedOver: [{ says: expect.stringMatching(/Take the excusal back/) }],
    });
  });

  it('from-nothing-leaves-files-as-they-were', async () => {
    const file = await written('moodle', reportOf([paper(1, student, ['7'])]));
    expect(new TextDecoder().decode(file)).not.toContain('Feedback');
  });
});
