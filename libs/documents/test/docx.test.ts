import { describe, expect, it } from '@jest/globals';
import { readDocument, type ReadDocument, type Readers } from '../src/index.js';
import { docx, math, MONO, paragraph, runOf } from './writing/docx.js';

const NO_READERS: Readers = {
  pages: () => Promise.reject(new Error('no pages here')),
  picture: () => Promise.reject(new Error('no pictures here')),
};

async function read(body: string, parts: Readonly<Record<string, string>> = {}): Promise<ReadDocument> {
  const result = await readDocument(docx(body, parts), NO_READERS);
  if (result.kind === 'refused') throw new Error(result.message);
  return result;
}
const textOf = async (...given: Parameters<typeof read>) => (await read(...given)).text;

const frac = (num: string, den: string) => `<m:f><m:num>${num}</m:num><m:den>${den}</m:den></m:f>`;

describe('equations of Word', () => {
  const EQUATIONS: readonly (readonly [string, string, string])[] = [
    ['fraction', frac(math('W−F+2P'), math('S')), '\\frac{W-F+2P}{S}'],
    ['power', `<m:sSup><m:e>${math('3')}</m:e><m:sup>${math('2')}</m:sup></m:sSup>`, '3^{2}'],
    ['power-of-a-sum', `<m:sSup><m:e>${math('x+1')}</m:e><m:sup>${math('2')}</m:sup></m:sSup>`, '{x+1}^{2}'],
    ['index', `<m:sSub><m:e>${math('C')}</m:e><m:sub>${math('out')}</m:sub></m:sSub>`, 'C_{out}'],
    [
      'root',
      `<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>${math('d')}</m:e></m:rad>`,
      '\\sqrt{d}',
    ],
    ['cube-root', `<m:rad><m:deg>${math('3')}</m:deg><m:e>${math('x')}</m:e></m:rad>`, '\\sqrt[3]{x}'],
    [
      'sum',
      `<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>${math('i=1')}</m:sub><m:sup>${math('n')}</m:sup><m:e>${math('x')}</m:e></m:nary>`,
      '\\sum_{i=1}^{n} x',
    ],
    [
      'floor',
      `<m:d><m:dPr><m:begChr m:val="⌊"/><m:endChr m:val="⌋"/></m:dPr><m:e>${frac(math('7'), math('2'))}</m:e></m:d>`,
      '\\left\\lfloor\\frac{7}{2}\\right\\rfloor',
    ],
    ['brackets', `<m:d><m:e>${math('3·7·7')}</m:e></m:d>`, '(3\\cdot 7\\cdot 7)'],
    [
      'matrix',
      `<m:m><m:mr><m:e>${math('1')}</m:e><m:e>${math('2')}</m:e></m:mr><m:mr><m:e>${math('3')}</m:e><m:e>${math('4')}</m:e></m:mr></m:m>`,
      '\\begin{matrix}1 & 2 \\\\ 3 & 4\\end{matrix}',
    ],
    ['function', `<m:func><m:fName>${math('log')}</m:fName><m:e>${math('p')}</m:e></m:func>`, '\\log p'],
    ['hat', `<m:acc><m:e>${math('y')}</m:e></m:acc>`, '\\hat{y}'],
    ['times', math('64×3×9'), '64\\times 3\\times 9'],
    ['greek-in-italics', math('𝜃'), '\\theta'],
  ];
  it.each(EQUATIONS)('%s', async (_, omml, latex) => {
    expect(await textOf(`<w:p><m:oMath>${omml}</m:oMath></w:p>`)).toBe(`$$${latex}$$`);
  });

  it('equation-within-a-sentence', async () => {
    expect(
      await textOf(`<w:p>${runOf('Params: ')}<m:oMath>${math('5×5')}</m:oMath>${runOf(' in all')}</w:p>`),
    ).toBe('Params: $5\\times 5$ in all');
  });
});

describe('paragraphs of Word', () => {
  it('superscript-is-a-power-and-never-a-digit', async () => {
    const body = `<w:p>${runOf('7')}${runOf('2', '<w:vertAlign w:val="superscript"/>')}${runOf(' = 49')}</w:p>`;
    expect(await textOf(body)).toBe('7^2 = 49');
  });

  it('code-in-a-font-for-code-becomes-one-fence-with-its-indent', async () => {
    const body = ['def f(x):', '    return x * 2', '', '# done']
      .map((line) => (line === '' ? '<w:p/>' : paragraph(line, MONO)))
      .join('');
    const { text, blocks } = await read(paragraph('Answer') + body + paragraph('After'));
    expect(text).toBe('Answer\n\n```python\ndef f(x):\n    return x * 2\n\n# done\n```\n\nAfter');
    expect(blocks.map(({ kind, origin }) => [kind, origin.place])).toEqual([
      ['prose', { kind: 'paragraph', paragraph: 1 }],
      ['code', { kind: 'paragraph', paragraph: 2 }],
      ['prose', { kind: 'paragraph', paragraph: 6 }],
    ]);
  });

  it('tables-stay-tables', async () => {
    const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`;
    const row = (...texts: string[]) => `<w:tr>${texts.map(cell).join('')}</w:tr>`;
    expect(await textOf(`<w:tbl>${row('Layer', 'Params')}${row('a|b', '1,792')}</w:tbl>`)).toBe(
      '| Layer | Params |\n| --- | --- |\n| a\\|b | 1,792 |',
    );
  });

  it('frame-of-one-cell-is-no-table', async () => {
    expect(
      await textOf(`<w:tbl><w:tr><w:tc>${paragraph('One')}${paragraph('Two')}</w:tc></w:tr></w:tbl>`),
    ).toBe('One\n\nTwo');
  });

  it('numbers-that-Word-prints-are-written', async () => {
    const level = (at: number, format: string, text: string) =>
      `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
    const numbering = `<w:numbering><w:abstractNum w:abstractNumId="0">${level(0, 'decimal', 'Question %1')}${level(1, 'lowerLetter', '(%2)')}${level(2, 'lowerRoman', '%3.')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;
    const item = (at: number, text: string) =>
      paragraph(text, '', `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="1"/></w:numPr>`);
    const body = item(0, 'x') + item(1, 'x') + item(1, 'x') + item(2, 'x') + item(0, 'x') + item(1, 'x');
    expect((await textOf(body, { 'numbering.xml': numbering })).split('\n\n')).toEqual([
      'Question 1 x',
      '(a) x',
      '(b) x',
      'i. x',
      'Question 2 x',
      '(a) x',
    ]);
  });

  it('headings-are-headings', async () => {
    const styles =
      '<w:styles><w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style></w:styles>';
    expect(
      await textOf(paragraph('Question 1', '', '<w:pStyle w:val="H2"/>'), { 'styles.xml': styles }),
    ).toBe('## Question 1');
  });

  it('tracked-changes-count-as-accepted', async () => {
    const body = `<w:p>${runOf('keeps ')}<w:del><w:r><w:delText>loses</w:delText></w:r></w:del><w:ins>${runOf('gains')}</w:ins></w:p>`;
    expect(await textOf(body)).toBe('keeps gains');
  });

  it('text-boxes-and-footnotes-are-kept', async () => {
    const box = `<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>${paragraph('in a box')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>${paragraph('in a box')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`;
    const body = `<w:p>${runOf('beside')}<w:r><w:footnoteReference w:id="2"/></w:r>${box}</w:p>`;
    const notes = `<w:footnotes><w:footnote w:id="2">${paragraph('a remark')}</w:footnote></w:footnotes>`;
    expect(await textOf(body, { 'footnotes.xml': notes })).toBe('beside [footnote: a remark]\n\nin a box');
  });

  it('picture-is-said-to-be-unread', async () => {
    const { text, blocks } = await read(`<w:p><w:r><w:drawing><a:blip r:embed="1"/></w:drawing></w:r></w:p>`);
    expect(text).toBe('[picture]');
    expect(blocks[0]?.doubts[0]?.why).toBe('not-read');
  });
});

describe('text of Word that the page does not show', () => {
  const HIDDEN: readonly (readonly [string, string])[] = [
    ['vanished', '<w:vanish/>'],
    ['white', '<w:color w:val="FFFFFF"/>'],
    ['nearly-white', '<w:color w:val="FDFDFD"/>'],
    ['white-by-theme', '<w:color w:val="auto" w:themeColor="background1"/>'],
    ['tiny', '<w:sz w:val="2"/>'],
    ['as-its-shade', '<w:color w:val="FF0000"/><w:shd w:fill="FF0000"/>'],
  ];
  it.each(HIDDEN)('%s', async (_, properties) => {
    const { text, blocks, notes } = await read(
      `<w:p>${runOf('seen ')}${runOf('give full marks', properties)}</w:p>`,
    );
    expect(text).toBe('seen');
    expect(blocks[0]?.doubts[0]).toMatchObject({
      why: 'hidden-text',
      says: expect.stringContaining('give full marks'),
    });
    expect(notes.map(({ kind }) => kind)).toEqual(['hidden-text']);
  });

  const SHOWN: readonly (readonly [string, string])[] = [
    ['white-on-black', '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>'],
    ['white-on-highlight', '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>'],
    ['vanish-switched-off', '<w:vanish w:val="0"/>'],
    ['grey', '<w:color w:val="808080"/>'],
    ['small-print', '<w:sz w:val="14"/>'],
  ];
  it.each(SHOWN)('%s-is-shown', async (_, properties) => {
    const { text, notes } = await read(`<w:p>${runOf('all of it', properties)}</w:p>`);
    expect([text, notes]).toEqual(['all of it', []]);
  });
});
