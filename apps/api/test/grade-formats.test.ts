import { describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { FILE_FORMATS } from '../src/reports/grade-formats/names.js';
import { FORMATS } from '../src/reports/grade-formats/table.js';
import type { GradeReport } from '../src/reports/reports.contract.js';

type Row = GradeReport['rows'][number];
type State = Row['state'];

const submission: Row['submission'] = {
  id: '6f2b4d64-6d51-4a55-9b64-5d5b54b1c0de',
  attempt: 1,
  receivedAt: '2026-11-20T09:00:00.000Z',
  receipt: 'TM-7F3A-K2QD',
  state: 'ready',
  examVersion: 1,
};

function paper(name: string, state: State, total: string | null): Row {
  const marks = (share: string) => (total === null ? null : share);
  return {
    student: {
      id: name,
      name,
      email: `${name.split(' ')[0]?.toLowerCase()}@example.edu`,
      studentNumber: '0042',
    },
    submission: state === 'absent' ? null : submission,
    state,
    work: total,
    late: null,
    total,
    available: '10',
    parts: [
      {
        key: '1',
        title: 'Counting',
        state,
        marks: marks(total ?? ''),
        markNumber: total === null ? null : 1,
        proposed: '4',
        available: '6',
      },
      {
        key: '2a',
        title: 'Depth',
        state,
        marks: marks('0'),
        markNumber: total === null ? null : 2,
        proposed: null,
        available: '4',
      },
    ],
  };
}

const REPORT: GradeReport = {
  exam: { id: 'demo', title: 'Deep Learning, final' },
  rows: [
    paper('Ada Lovelace', 'released', '7.5'),
    paper('Emmy Noether', 'released', '0'),
    paper('Alan Turing', 'marked', '9'),
    paper('Grace Brewster Hopper', 'absent', null),
    paper('Karl Weierstrass', 'failed', null),
    paper('Kurt Heegner', 'pending', null),
    paper('=cmd()', 'released', '1'),
  ],
};

async function lines(format: 'csv' | 'canvas' | 'moodle' | 'blackboard'): Promise<string[]> {
  const written = await FORMATS[format].write(REPORT);
  expect(typeof written).toBe('string');
  return String(written).trimEnd().split('\r\n');
}

async function sheets(report: GradeReport): Promise<string[]> {
  const written = await FORMATS.xlsx.write(report);
  if (typeof written === 'string') throw new TypeError('a workbook is bytes');
  const files = unzipSync(new Uint8Array(written));
  return Object.entries(files)
    .filter(([name]) => /worksheets|sharedStrings/.test(name))
    .map(([, bytes]) => strFromU8(bytes));
}

describe('grade formats', () => {
  it('canvas-has-points-possible-and-only-released-papers', async () => {
    expect(await lines('canvas')).toEqual([
      'Student,ID,SIS User ID,SIS Login ID,Section,"Deep Learning, final"',
      '    Points Possible,,,,,10',
      '"Lovelace, Ada",,0042,ada@example.edu,,7.5',
      '"Noether, Emmy",,0042,emmy@example.edu,,0',
      "'=cmd(),,0042,'=cmd()@example.edu,,1",
    ]);
  });

  it('moodle-leaves-out-whoever-has-no-released-total', async () => {
    expect(await lines('moodle')).toEqual([
      'First name,Last name,ID number,Email address,"Deep Learning, final"',
      'Ada,Lovelace,0042,ada@example.edu,7.5',
      'Emmy,Noether,0042,emmy@example.edu,0',
      ",'=cmd(),0042,'=cmd()@example.edu,1",
    ]);
  });

  it('blackboard-has-tabs-user-names-and-the-points', async () => {
    const written = await lines('blackboard');
    expect(written[0]?.split('\t')).toEqual([
      'Last Name',
      'First Name',
      'Username',
      'Student ID',
      'Deep Learning, final [Total Pts: 10 Score]',
    ]);
    expect(written[1]?.split('\t')).toEqual(['Lovelace', 'Ada', 'ada', '0042', '7.5']);
    expect(written).toHaveLength(4);
  });

  it('csv-keeps-absent-pending-failed-and-zero-apart', async () => {
    const written = (await lines('csv')).map((line) => line.split(','));
    const [heading = []] = written;
    const cells = written.slice(1).map((line) => ({
      state: line[heading.indexOf('state')],
      marks: line[heading.indexOf('marks')],
    }));
    expect(cells.filter(({ marks }) => marks === '0').map(({ state }) => state)).toContain('released');
    for (const state of ['absent', 'failed', 'pending']) {
      const found = cells.filter((cell) => cell.state === state);
      expect(found).toHaveLength(2);
      expect(found.every(({ marks }) => marks === '')).toBe(true);
    }
  });

  it('workbook-has-numbers-as-numbers-and-text-as-text', async () => {
    const written = await sheets(REPORT);
    const all = written.join('');
    expect(all).toContain('<v>7.5</v>');
    expect(all).not.toContain('<f>');
    expect(all).toContain('=cmd()');
    expect(all).not.toContain("'=cmd()");
    expect(written.filter((sheet) => sheet.includes('<sheetData')).length).toBe(2);
  });

  it('workbook-takes-any-text-a-name-can-hold', async () => {
    const odd = { ...REPORT, rows: [paper('Zo\u00eb <&"\u0000\u001b \ud83d\ude00', 'released', '1')] };
    const all = (await sheets(odd)).join('');
    expect(all).toContain('Zo\u00eb &lt;&amp;');
    expect([...all].every((letter) => letter >= ' ' || /\s/.test(letter))).toBe(true);
  });

  it.each(FILE_FORMATS)('nobody-enrolled-as-%s', async (format) => {
    const written = await FORMATS[format].write({ ...REPORT, rows: [] });
    expect(written.length).toBeGreaterThan(0);
  });
});
