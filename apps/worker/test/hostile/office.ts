import { docx, math, paragraph } from '../../../../libs/documents/test/writing/docx.js';
import { zip } from '../../../../libs/documents/test/writing/zip.js';
import { type HostileCase } from './case.js';

const SEEN = paragraph('The total is 1792.');
/** Not packed, so that its packing gives nothing away of what is in it. */
const stored = (body: string, footnotes?: string): Uint8Array =>
  zip([
    { name: '[Content_Types].xml', data: '<Types/>', stored: true },
    {
      name: 'word/document.xml',
      data: `<w:document xmlns:w="w" xmlns:m="m"><w:body>${body}</w:body></w:document>`,
      stored: true,
    },
    ...(footnotes === undefined ? [] : [{ name: 'word/footnotes.xml', data: footnotes, stored: true }]),
  ]);
const SAVE = /save it again|Upload only|plainer form|Leave/i;
const nested = (open: string, close: string, depth: number, within: string): string =>
  open.repeat(depth) + within + close.repeat(depth);

export const OFFICE: readonly HostileCase[] = [
  {
    name: 'docx-whose-tables-lie-ten-thousand-deep',
    make: () => docx(nested('<w:tbl><w:tr><w:tc>', '</w:tc></w:tr></w:tbl>', 10_000, paragraph('Deep.'))),
    comes: { refused: ['unsafe-markup'], says: /deep.*save it again/ },
  },
  {
    name: 'docx-whose-tables-lie-sixty-deep',
    make: () =>
      docx(SEEN + nested('<w:tbl><w:tr><w:tc>', '</w:tc></w:tr></w:tbl>', 60, paragraph('Deep down.'))),
    comes: { refused: ['unsafe-markup'], says: /deep/ },
  },
  {
    name: 'docx-with-a-table-of-two-hundred-thousand-rows',
    make: () => stored(SEEN + `<w:tbl>${'<w:tr><w:tc/><w:tc/></w:tr>'.repeat(200_000)}</w:tbl>`),
    comes: { refused: ['too-large'], says: SAVE },
  },
  {
    name: 'docx-with-a-table-as-wide-as-long',
    make: () =>
      stored(
        `${SEEN}<w:tbl><w:tr>${'<w:tc/>'.repeat(100_000)}</w:tr>${'<w:tr><w:tc/></w:tr>'.repeat(100_000)}</w:tbl>`,
      ),
    comes: { refused: ['too-large'], says: SAVE },
  },
  {
    name: 'docx-whose-one-footnote-is-named-a-hundred-thousand-times',
    make: () =>
      stored(
        `${SEEN}<w:p>${'<w:r><w:footnoteReference w:id="1"/></w:r>'.repeat(100_000)}</w:p>`,
        `<w:footnotes><w:footnote w:id="1"><w:t>${'So. '.repeat(250_000)}</w:t></w:footnote></w:footnotes>`,
      ),
    comes: { refused: ['too-large'], says: SAVE },
  },
  {
    name: 'docx-with-an-equation-of-a-hundred-thousand-fractions',
    make: () => {
      const half = `<m:f><m:num>${math('1')}</m:num><m:den>${math('2')}</m:den></m:f>`;
      return stored(`${SEEN}<w:p><m:oMath>${half.repeat(50_000)}</m:oMath></w:p>`);
    },
    comes: { read: /The total is 1792\.[^]*\\frac\{1\}\{2\}/ },
  },
  {
    name: 'docx-with-fractions-fifty-deep',
    make: () =>
      docx(
        `${SEEN}<w:p><m:oMath>${nested('<m:f><m:num>', `</m:num><m:den>${math('2')}</m:den></m:f>`, 50, math('1'))}</m:oMath></w:p>`,
      ),
    comes: { read: /The total is 1792\./ },
  },
  {
    name: 'docx-with-a-tag-of-a-million-letters',
    make: () => stored(`${SEEN}<w:p ${'x'.repeat(1_000_000)}></w:p>`),
    comes: { read: /The total is 1792\./ },
  },
  {
    name: 'docx-with-a-million-attributes',
    make: () => stored(`${SEEN}<w:p ${'a="" '.repeat(1_000_000)}></w:p>`),
    comes: { read: /The total is 1792\./ },
  },
  {
    // Of nine hundred thousand it is a matter of when garbage is collected whether they fit.
    name: 'docx-of-six-hundred-thousand-paragraphs',
    make: () => stored(SEEN + '<w:p/>'.repeat(600_000)),
    comes: { read: /The total is 1792\./ },
  },
  {
    name: 'docx-of-two-million-elements',
    make: () => stored(SEEN + '<w:p/>'.repeat(2_000_000)),
    comes: { refused: ['too-large', 'too-much-memory'], says: SAVE },
  },
  {
    name: 'docx-whose-styles-stand-on-one-another-in-a-circle',
    make: () =>
      docx(paragraph('The total is 1792.', '', '<w:pStyle w:val="A"/>'), {
        'styles.xml':
          '<w:styles><w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>',
      }),
    comes: { read: /The total is 1792\./ },
  },
  {
    name: 'docx-with-a-thousand-million-laughs',
    make: () => {
      const laughs = Array.from(
        { length: 9 },
        (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`,
      ).join('');
      return docx(SEEN, {
        'footnotes.xml': `<!DOCTYPE l [<!ENTITY l0 "ha">${laughs}]><w:footnotes>&l9;</w:footnotes>`,
      });
    },
    comes: { refused: ['unsafe-markup'], says: /entities/ },
  },
];
