import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csv, type Cell } from '../src/reports/grade-formats/cells.js';

const text = (value: string): Cell => ({ text: value });
const number = (value: string): Cell => ({ number: value });

describe('comma-separated values', () => {
  it.each([
    ['plain', 'Ada', 'Ada'],
    ['comma', 'Lovelace, Ada', '"Lovelace, Ada"'],
    ['quote', 'the "first"', '"the ""first"""'],
    ['line-feed', 'two\nlines', '"two\nlines"'],
    ['carriage-return', 'two\rlines', '"two\rlines"'],
    ['empty', '', ''],
    ['formula', '=1+1', "'=1+1"],
    ['formula-with-comma', '=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
    ['plus', '+49 30', "'+49 30"],
    ['minus', '-1', "'-1"],
    ['at', '@SUM(A1)', "'@SUM(A1)"],
    ['tab', '\t=1', "'\t=1"],
    ['blank-before-formula', '  =1', "'  =1"],
    ['full-width-equals', '\uFF1D1+1', "'\uFF1D1+1"],
    ['equals-inside', 'a=b', 'a=b'],
  ])('text-%s', (_name, value, written) => {
    expect(csv([[text(value)]])).toBe(`${written}\r\n`);
  });

  it('numbers-are-left-alone', () => {
    expect(csv([[number('-1.5'), number('0'), number('')]])).toBe('-1.5,0,\r\n');
  });

  it('what-is-written-reads-back', () => {
    const cell = fc.string({ unit: 'binary' }).filter((value) => !/^\s*[=+\-@\t\r＝＋－＠]/.test(value));
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(rows, (values) => {
        expect(read(csv(values.map((row) => row.map(text))))).toEqual(values);
      }),
    );
  });
});

/** RFC 4180, letter by letter. */
function read(written: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let quoted = false;
  for (let at = 0; at < written.length; at += 1) {
    const letter = written.charAt(at);
    if (quoted) {
      if (letter !== '"') value += letter;
      else if (written.charAt(at + 1) === '"') {
        value += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ',') {
      row.push(value);
      value = '';
    } else if (letter === '\r') {
      at += 1;
      rows.push([...row, value]);
      row = [];
      value = '';
    } else value += letter;
  }
  return rows;
}
