import { describe, expect, it } from '@jest/globals';
import { readWorkbook } from '../src/index.js';
import { DEFAULT_WORKBOOK_BUDGETS } from '../src/workbook/budgets.js';
import { zip } from './writing/zip.js';

const WORKBOOK =
  '<?xml version="1.0"?><workbook xmlns:r="r"><sheets><sheet name="Marks" sheetId="1" r:id="rId7"/></sheets></workbook>';
const RELATIONS = '<Relationships><Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>';

/** A workbook of one sheet with these rows. */
function workbook(rows: string, strings = ''): Uint8Array {
  return zip([
    { name: 'xl/workbook.xml', data: WORKBOOK },
    { name: 'xl/_rels/workbook.xml.rels', data: RELATIONS },
    { name: 'xl/sharedStrings.xml', data: `<sst>${strings}</sst>` },
    { name: 'xl/worksheets/sheet1.xml', data: `<worksheet><sheetData>${rows}</sheetData></worksheet>` },
  ]);
}
function rowsOf(rows: string, strings = '') {
  const read = readWorkbook(workbook(rows, strings));
  if (read.kind === 'refused') throw new Error(read.message);
  return read.sheets[0]?.rows;
}
const row = (cells: string) => `<row r="1">${cells}</row>`;

describe('cells', () => {
  it.each([
    ['a-number', '<c r="A1"><v>7.5</v></c>', '7.5'],
    ['a-number-as-floats-have-it', '<c r="A1"><v>0.30000000000000004</v></c>', '0.3'],
    ['a-power', '<c r="A1"><v>1E-3</v></c>', '0.001'],
    ['a-formula-with-its-value', '<c r="A1"><f>SUM(B1:B2)</f><v>4</v></c>', '4'],
    ['a-formula-that-nothing-worked-out', '<c r="A1"><f>SUM(B1:B2)</f></c>', '#N/A'],
    ['a-formula-of-text', '<c r="A1" t="str"><f>"a"</f><v>a</v></c>', 'a'],
    ['an-error', '<c r="A1" t="e"><v>#DIV/0!</v></c>', '#DIV/0!'],
    ['true', '<c r="A1" t="b"><v>1</v></c>', 'TRUE'],
    ['inline-text', '<c r="A1" t="inlineStr"><is><t>one </t></is></c>', 'one '],
    ['a-string-that-is-missing', '<c r="A1" t="s"><v>99</v></c>', '#REF!'],
    ['cdata', '<c r="A1" t="str"><v><![CDATA[<a>]]></v></c>', '<a>'],
  ])('are-read: %s', (_name, cell, value) => {
    expect(rowsOf(row(cell))).toEqual([[value]]);
  });

  it.each([
    ['runs-of-rich-text', '<si><r><t>Ada </t></r><r><rPr/><t>L.</t></r></si>', 'Ada L.'],
    [
      'without-how-it-is-read-aloud',
      '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>',
      '東京',
    ],
    ['escaped-characters', '<si><t>a_x000A_b_x005F_x000A_</t></si>', 'a\nb_x000A_'],
    ['entities', '<si><t>&lt;&amp;&#x738b;</t></si>', '<&王'],
  ])('have-texts: %s', (_name, strings, value) => {
    expect(rowsOf(row('<c r="A1" t="s"><v>0</v></c>'), strings)).toEqual([[value]]);
  });

  it('keep-their-places-where-cells-and-rows-are-left-out', () => {
    expect(
      rowsOf('<row r="2"><c r="C2"><v>1</v></c></row><row><c><v>2</v></c><c><v>3</v></c></row>'),
    ).toEqual([[], ['', '', '1'], ['2', '3']]);
  });

  it('that-are-only-formatted-are-nothing-however-far-out', () => {
    expect(
      rowsOf(`${row('<c r="A1"><v>1</v></c>')}<row r="1048576"><c r="XFD1048576" s="1"/></row>`),
    ).toEqual([['1']]);
  });
});

describe('a workbook that is refused', () => {
  const cell = (at: string) => `<row r="${at.replace(/\D/g, '')}"><c r="${at}"><v>1</v></c></row>`;
  it.each([
    ['no-workbook', zip([{ name: 'a.txt', data: 'a' }]), 'unknown-format', /no Excel workbook/],
    ['far-row', workbook(cell('A1048576')), 'too-large', /over 200000 rows/],
    ['far-column', workbook(cell('XFD1')), 'too-large', /over 300 columns/],
    ['no-place', workbook('<c><v>1</v></c>'), 'broken', /where it stands/],
    ['a-wild-place', workbook('<row r="1"><c r="A99999999"><v>1</v></c></row>'), 'broken', /where it stands/],
    ['entities', workbook('<!DOCTYPE a [<!ENTITY b "c">]>'), 'unsafe-markup', /entities/],
    ['deep', workbook('<row>'.repeat(80)), 'unsafe-markup', /50 deep/],
    ['a-missing-sheet', zip([{ name: 'xl/workbook.xml', data: WORKBOOK }]), 'broken', /“Marks” is missing/],
    [
      'a-text-that-very-many-cells-point-at',
      workbook(
        Array.from({ length: 2000 }, () => `<row>${'<c t="s"><v>0</v></c>'.repeat(250)}</row>`).join(''),
        `<si><t>${Array.from({ length: 8000 }, (_, at) => `${at} `)
          .join('')
          .slice(0, 32_000)}</t></si>`,
      ),
      'too-large',
      /over 40000000 characters|times its packed size/,
    ],
    [
      'a-part-twice-by-case',
      zip([
        { name: 'xl/workbook.xml', data: WORKBOOK },
        { name: 'XL/Workbook.xml', data: WORKBOOK },
      ]),
      'unsafe-archive',
      /twice, in large and small letters/,
    ],
    ['a-bomb', workbook(`<!--${' '.repeat(30_000_000)}-->`), 'too-large', /times its packed size/],
  ])('says-why: %s', (_name, bytes, reason, message) => {
    expect(readWorkbook(bytes)).toMatchObject({
      kind: 'refused',
      reason,
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['bytes', { bytes: 10 }, /at most/],
    ['sheets', { sheets: 0 }, /has 1 sheets/],
    ['cells', { cells: 1 }, /over 1 cells/],
    ['characters', { characters: 1 }, /over 1 characters/],
    ['xmlNodes', { xmlNodes: 4 }, /pieces of markup/],
  ])('is-past-its-budget: %s', (_name, budget, message) => {
    const bytes = workbook(row('<c r="A1"><v>1</v></c><c r="B1"><v>1</v></c>'));
    expect(readWorkbook(bytes, { ...DEFAULT_WORKBOOK_BUDGETS, ...budget })).toMatchObject({
      kind: 'refused',
      reason: 'too-large',
      message: expect.stringMatching(message),
    });
  });

  it('is-cut-off-anywhere', () => {
    const whole = workbook(row('<c r="A1" t="s"><v>0</v></c>'), '<si><t>Ada</t></si>');
    for (let end = 0; end < whole.length; end += 7) {
      expect(readWorkbook(whole.slice(0, end)).kind).toBe('refused');
    }
  });
});
