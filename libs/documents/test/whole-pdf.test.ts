import { describe, expect, it } from '@jest/globals';
import { isWholePdf } from '../src/index.js';
import { pdf } from './writing/pdf.js';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const OBJECT = '1 0 obj\n<< >>\nendobj\n';
const END = 'xref\n0 1\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n';

describe('whether a PDF has its end', () => {
  it.each([
    ['saved at once', `%PDF-1.7\n${OBJECT}${END}`, true],
    ['changed and saved anew', `%PDF-1.7\n${OBJECT}${END}${OBJECT}${END}`, true],
    ['with something behind it, as mail programs add', `%PDF-1.7\n${OBJECT}${END}${'\0'.repeat(5000)}`, true],
    ['without its last line', `%PDF-1.7\n${OBJECT}${END.replace('%%EOF\n', '')}`, true],
    ['cut off in the first objects', `%PDF-1.7\n${OBJECT}2 0 obj\n<< /Length 99 >>\nstream\nabc`, false],
    ['with its first page for the web alone', `%PDF-1.7\n${OBJECT}${END}${OBJECT}2 0 obj\n<<`, false],
    ['nothing but its head', '%PDF-1.7\n', false],
  ])('%s', (_, text, expected) => expect(isWholePdf(bytes(text))).toBe(expected));

  it('a-page-is-whole-and-loses-that-wherever-it-is-cut-before-its-table', () => {
    const page = pdf(['BT /F 12 Tf (Layers) Tj ET']);
    expect(isWholePdf(page)).toBe(true);
    const table = Buffer.from(page).lastIndexOf('startxref');
    for (const end of [20, Math.floor(table / 2), table])
      expect(isWholePdf(page.subarray(0, end))).toBe(false);
  });
});
