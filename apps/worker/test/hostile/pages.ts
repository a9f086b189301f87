import { pdf, put } from '../../../../libs/documents/test/writing/pdf.js';
import type { HostileCase } from './case.js';
import { onePage, rawPdf, stream } from './raw-pdf.js';
import type { RunOfBytes } from './run-of-bytes.js';

const SEEN = put(72, 700, 'The total is 1792.');
const PLAINER = /fewer pages|Export it again|smaller|upload only the pages|No text was found/;
const COSTLY = ['too-slow', 'too-much-memory', 'too-large', 'broken'] as const;

const picture = (width: number, height: number, data: Buffer | RunOfBytes, packed: number): Buffer =>
  stream(
    `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8`,
    data,
    packed,
  );
const form = (resources: string, content: string): Buffer =>
  stream(`/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << ${resources} >>`, content);
/** Forms of which each draws the next one so many times, from object 6 on. */
const forms = (depth: number, times: number): readonly Buffer[] => [
  ...Array.from({ length: depth }, (_, at) =>
    form(`/XObject << /X ${at + 7} 0 R >>`, '/X Do '.repeat(times)),
  ),
  form('', '0 0 1 1 re f'),
];

export const PAGES: readonly HostileCase[] = [
  {
    name: 'pdf-of-three-thousand-pages-that-says-it-has-one',
    make: () =>
      pdf(
        Array.from({ length: 3000 }, () => SEEN),
        { count: 1 },
      ),
    comes: { read: /The total is 1792\./ },
  },
  {
    name: 'pdf-of-one-page-that-says-it-has-two-thousand-million',
    make: () => pdf([SEEN], { count: 2_000_000_000 }),
    comes: { read: /The total is 1792\./ },
  },
  {
    name: 'pdf-whose-page-tree-is-a-hundred-thousand-deep',
    make: () =>
      rawPdf([
        '<< /Type /Catalog /Pages 2 0 R >>',
        ...Array.from(
          { length: 100_000 },
          (_, at) => `<< /Type /Pages /Count 1 /Parent ${at + 1} 0 R /Kids [${at + 3} 0 R] >>`,
        ),
        '<< /Type /Page /Parent 100001 0 R /MediaBox [0 0 595 842] >>',
      ]),
    comes: { refused: ['empty', ...COSTLY], says: PLAINER },
  },
  {
    name: 'pdf-with-a-picture-of-nine-hundred-megapixels',
    make: () =>
      onePage({
        content: stream('', `${SEEN} q 595 0 0 842 0 0 cm /Im Do Q`),
        resources: '/XObject << /Im 6 0 R >>',
        further: [picture(30_000, 30_000, { byte: 0, mebibytes: 859 }, 1)],
      }),
    comes: { refused: ['too-large'], says: /30000 × 30000 pixels.*smaller/ },
  },
  {
    name: 'pdf-with-a-picture-far-smaller-than-its-data',
    make: () =>
      onePage({
        content: stream('', `${SEEN} q 100 0 0 100 0 0 cm /Im Do Q`),
        resources: '/XObject << /Im 6 0 R >>',
        further: [picture(10, 10, { byte: 0, mebibytes: 800 }, 1)],
      }),
    comes: { refused: COSTLY, says: PLAINER },
  },
  {
    name: 'pdf-whose-content-is-a-bomb-within-a-bomb',
    make: () => onePage({ content: stream('', { byte: 0x20, mebibytes: 1500 }, 2) }),
    comes: { refused: [...COSTLY, 'empty'], says: PLAINER },
  },
  {
    name: 'pdf-whose-object-stream-is-a-bomb',
    make: () =>
      rawPdf([
        '<< /Type /Catalog /Pages 3 0 R >>',
        stream('/Type /ObjStm /N 1 /First 4', { byte: 0x20, mebibytes: 1500 }, 2),
        '<< /Type /Pages /Count 1 /Kids [4 0 R] >>',
        '<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Contents 2 0 R >>',
      ]),
    comes: { refused: [...COSTLY, 'empty'], says: PLAINER },
  },
  {
    name: 'pdf-whose-forms-draw-one-another-a-thousand-million-times',
    make: () =>
      onePage({
        content: stream('', `${SEEN} /X Do`),
        resources: '/XObject << /X 6 0 R >>',
        further: forms(30, 2),
      }),
    comes: { refused: COSTLY, says: PLAINER },
  },
  {
    name: 'pdf-whose-forms-lie-ten-thousand-deep',
    make: () =>
      onePage({
        content: stream('', `${SEEN} /X Do`),
        resources: '/XObject << /X 6 0 R >>',
        further: forms(10_000, 1),
      }),
    comes: { read: /The total is 1792\./ },
  },
  {
    name: 'pdf-whose-form-draws-itself',
    make: () =>
      onePage({
        content: stream('', `${SEEN} /X Do`),
        resources: '/XObject << /X 6 0 R >>',
        further: [form('/XObject << /X 6 0 R >>', '/X Do')],
      }),
    comes: { read: /The total is 1792\./ },
  },
  {
    name: 'pdf-that-draws-two-million-lines',
    make: () => onePage({ content: stream('', `${SEEN}${'9 9 m 500 800 l S '.repeat(2_000_000)}`, 1) }),
    comes: { refused: COSTLY, says: PLAINER },
  },
  {
    name: 'pdf-with-two-million-letters-one-over-another',
    make: () =>
      onePage({
        content: stream('', `BT /F 300 Tf 72 300 Td ${'(W) Tj -280 0 Td '.repeat(2_000_000)}ET`, 1),
      }),
    comes: { refused: COSTLY, says: /upload only the pages|fewer pages/ },
  },
  {
    name: 'pdf-with-a-line-of-dashes-finer-than-can-be-seen',
    make: () =>
      onePage({
        content: stream('', `${SEEN} [0.00001 0.00001] 0 d ${'0 0 m 595 842 l S '.repeat(200)}`),
      }),
    comes: { read: /The total is 1792\./ },
  },
  {
    name: 'pdf-tiled-finer-than-can-be-seen',
    make: () =>
      onePage({
        content: stream('', `${SEEN} /Pattern cs /P scn 0 0 595 400 re f`),
        resources: '/Pattern << /P 6 0 R >>',
        further: [
          stream(
            '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 500 500] /XStep 0.0001 /YStep 0.0001 /Resources << >>',
            '0 0 1 1 re f',
          ),
        ],
      }),
    comes: { refused: COSTLY, says: PLAINER },
  },
  {
    name: 'pdf-with-a-page-of-a-million-miles',
    make: () => onePage({ content: stream('', SEEN), mediaBox: '0 0 1000000000 1000000000' }),
    comes: { refused: ['empty', ...COSTLY], says: /No text was found/ },
  },
  {
    name: 'pdf-whose-glyph-draws-itself',
    make: () =>
      onePage({
        content: stream('', `${SEEN} BT /T 12 Tf 72 600 Td (a) Tj ET`),
        resources: '/Font << /F 5 0 R /T 6 0 R >>',
        further: [
          '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /a 7 0 R >> /Encoding << /Type /Encoding /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [1000] /Resources << /Font << /T 6 0 R >> >> >>',
          stream('', '1000 0 d0 BT /T 1 Tf (aa) Tj ET'),
        ],
      }),
    comes: { read: /The total is 1792\./ },
  },
  {
    name: 'pdf-whose-tables-of-objects-lead-in-a-circle',
    make: () => {
      const bytes = Buffer.from(rawPdf(['<< /Type /Catalog /Pages 2 0 R >>'], '/Prev 0000000000'));
      const xref = bytes.lastIndexOf('xref\n0');
      bytes.write(String(xref).padStart(10, '0'), bytes.lastIndexOf('/Prev ') + 6);
      return new Uint8Array(bytes);
    },
    comes: { refused: ['broken'], says: /Export it again/ },
  },
  {
    name: 'pdf-of-a-hundred-pages-full-of-lines',
    make: () => pdf(Array.from({ length: 100 }, () => `${SEEN}${'9 9 m 500 800 l S '.repeat(8000)}`)),
    comes: { refused: ['too-large', 'too-slow'], says: /upload only the pages|fewer pages/ },
  },
];
