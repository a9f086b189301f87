import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDocument, recognise, type ReadResult, type Readers } from '../src/index.js';
import { docx, MONO, paragraph } from './writing/docx.js';
import { zip } from './writing/zip.js';

const NO_READERS: Readers = {
  pages: () => Promise.reject(new Error('no pages here')),
  picture: () => Promise.reject(new Error('no pictures here')),
};
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (bytes: Uint8Array): Promise<ReadResult> => readDocument(bytes, NO_READERS);
async function textOf(bytes: Uint8Array): Promise<string> {
  const result = await read(bytes);
  return result.kind === 'read' ? result.text : result.message;
}

describe('formats by content', () => {
  const KNOWN: readonly (readonly [string, Uint8Array, string])[] = [
    ['prose', utf8('Question 1: because it is.'), 'text'],
    ['markdown', utf8('# Question 1\n\nBecause.'), 'markdown'],
    ['latex', utf8('\\documentclass{article}\n\\begin{document}\nx\n\\end{document}'), 'latex'],
    ['python', utf8('import torch\nfrom torch import nn\n\nclass Net(nn.Module):\n    pass\n'), 'python'],
    [
      'python-with-comments-like-headings',
      utf8('# Question 1\nimport torch\ndef f(x):\n    return x\n'),
      'python',
    ],
    ['notebook', utf8('{"cells": [], "metadata": {}, "nbformat": 4}'), 'notebook'],
    ['notebook-behind-a-mark', utf8('\ufeff {"nbformat": 4, "cells": []}'), 'notebook'],
    ['json-is-text', utf8('{"a": 1}'), 'text'],
    ['pdf', utf8('%PDF-1.7\n'), 'pdf'],
    ['pdf-behind-other-matter', utf8(`${'\n'.repeat(100)}%PDF-1.4\n`), 'pdf'],
    ['docx', docx(paragraph('x')), 'docx'],
    ['zip', zip([{ name: 'a.md', data: 'x' }]), 'zip'],
    ['utf-16', new Uint8Array([0xff, 0xfe, 0x51, 0, 0x31, 0]), 'text'],
  ];
  it.each(KNOWN)('%s', (_, bytes, format) => {
    expect(recognise(bytes)).toEqual({ kind: 'known', format });
  });

  const REFUSED: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['excel', zip([{ name: '[Content_Types].xml' }, { name: 'xl/workbook.xml' }]), /Excel/],
    ['powerpoint', zip([{ name: '[Content_Types].xml' }, { name: 'ppt/presentation.xml' }]), /PowerPoint/],
    ['open-document', zip([{ name: 'mimetype' }, { name: 'content.xml' }]), /OpenDocument/],
    ['weights', zip([{ name: 'archive/data.pkl' }]), /PyTorch checkpoint/],
    ['gif', utf8('GIF89a\u0001\0'), /GIF/],
    ['archive-of-nothing', zip([]), /holds no file with answers: it is empty/],
    ['archive-of-empty-files', zip([{ name: 'a.md', data: '' }]), /holds no file with answers/],
    ['archive-of-a-program', zip([{ name: 'a/virus.EXE', data: 'MZ' }]), /holds no file with answers/],
  ];
  it.each(REFUSED)('%s-is-refused-by-its-name', (_, bytes, says) => {
    expect(recognise(bytes)).toMatchObject({ kind: 'refused', message: expect.stringMatching(says) });
  });
});

describe('notebooks', () => {
  const notebook = (...cells: readonly object[]) =>
    utf8(JSON.stringify({ cells, metadata: {}, nbformat: 4 }));

  it('text-code-and-output-stay-apart-and-in-order', async () => {
    const result = await read(
      notebook(
        { cell_type: 'markdown', source: ['# Question 1\n', 'Because.'] },
        {
          cell_type: 'code',
          source: 'print(1)',
          outputs: [
            { output_type: 'stream', text: ['1\n'] },
            { output_type: 'error', traceback: ['\u001b[31mValueError\u001b[0m'] },
            { output_type: 'display_data', data: { 'image/png': 'AAAA' } },
          ],
        },
        { cell_type: 'markdown', source: '![a](attachment:a.png)' },
      ),
    );
    if (result.kind !== 'read') throw new Error(result.message);
    expect(result.text).toBe(
      '# Question 1\nBecause.\n\n```python\nprint(1)\n```\n\n```output\n1\n```\n\n```output\nValueError\n```\n\n![a](attachment:a.png)',
    );
    expect(result.blocks.map(({ kind, origin, doubts }) => [kind, origin.place, doubts.length])).toEqual([
      ['prose', { kind: 'cell', cell: 1 }, 0],
      ['code', { kind: 'cell', cell: 2 }, 0],
      ['output', { kind: 'cell', cell: 2 }, 0],
      ['output', { kind: 'cell', cell: 2 }, 0],
      ['prose', { kind: 'cell', cell: 3 }, 1],
    ]);
    expect(result.notes.map(({ kind }) => kind)).toEqual(['left-out', 'not-read']);
  });

  it('ticks-in-code-do-not-end-its-fence', async () => {
    expect(await textOf(notebook({ cell_type: 'code', source: 's = """\n```\n"""' }))).toBe(
      '````python\ns = """\n```\n"""\n````',
    );
  });
});

describe('archives of several files', () => {
  it('files-follow-in-natural-order-under-the-question-that-their-name-says', async () => {
    const result = await read(
      zip([
        { name: 'work/q10.md', data: 'Question 10\nTen.' },
        { name: 'work/q2.py', data: 'import a\nimport b\n' },
        { name: '.DS_Store', data: 'x' },
      ]),
    );
    if (result.kind !== 'read') throw new Error(result.message);
    expect(result.text).toBe('# Question 2\n\n```python\nimport a\nimport b\n```\n\f\nQuestion 10\nTen.');
    expect(
      result.blocks.map(({ span, origin }) => [origin.file, result.text.slice(span.start, span.end)]),
    ).toEqual([
      ['work/q2.py', 'import a\nimport b\n'],
      ['work/q10.md', 'Question 10\nTen.'],
    ]);
  });

  it('file-that-cannot-be-read-leaves-every-answer-in-doubt', async () => {
    const result = await read(
      zip([
        { name: 'a.md', data: 'One.' },
        { name: 'b.bin', data: new Uint8Array(100) },
      ]),
    );
    if (result.kind !== 'read') throw new Error(result.message);
    expect(result.text).toBe('One.');
    expect(result.blocks[0]?.doubts[0]?.says).toContain('b.bin');
  });
});

describe('an archive with a program', () => {
  it('has-it-left-out-however-much-like-text-it-is', async () => {
    const result = await read(
      zip([
        { name: 'a.md', data: 'One.' },
        { name: 'virus.exe', data: 'MZ' },
      ]),
    );
    if (result.kind !== 'read') throw new Error(result.message);
    expect(result.text).toBe('One.');
    expect(result.notes.map(({ says }) => says)).toEqual([
      '“virus.exe” was not read: it is called a program, as no answer is.',
    ]);
  });
});

describe('what always holds', () => {
  // Characters that XML can carry, and no line ends: a paragraph is one line.
  const line = fc
    .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
    .filter(
      (text) => text.trim() === text && text !== '' && !/[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/u.test(text),
    );

  it('every-paragraph-of-word-survives-letter-by-letter-at-its-span', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ text: line, code: fc.boolean() }), { minLength: 1, maxLength: 12 }),
        async (paragraphs) => {
          const result = await read(
            docx(paragraphs.map(({ text, code }) => paragraph(text, code ? MONO : '')).join('')),
          );
          if (result.kind !== 'read') throw new Error(result.message);
          const { text, blocks } = result;
          let at = 0;
          for (const each of paragraphs) {
            const found = text.indexOf(each.text, at);
            expect(found).toBeGreaterThanOrEqual(at);
            at = found + each.text.length;
          }
          // The blocks are in order, and between them stands white space alone.
          let end = 0;
          for (const { span } of blocks) {
            expect(text.slice(end, span.start).trim()).toBe('');
            end = span.end;
          }
          expect(end).toBe(text.length);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('text-files-come-out-as-they-went-in', async () => {
    await fc.assert(
      fc.asyncProperty(line, line, async (one, other) => {
        const text = `Answer ${one}\n${other}\n`;
        expect(await read(utf8(text))).toMatchObject({ kind: 'read', text });
      }),
      { numRuns: 150 },
    );
  });

  it('no-bytes-make-it-throw', async () => {
    const damaged = fc.tuple(
      fc.constantFrom(docx(paragraph('x')), zip([{ name: 'a.md', data: 'some text here' }])),
      fc.nat(400),
      fc.nat(255),
    );
    await fc.assert(
      fc.asyncProperty(damaged, async ([bytes, at, byte]) => {
        const copy = bytes.slice();
        copy[at % copy.length] = byte;
        expect(['read', 'refused']).toContain((await read(copy)).kind);
      }),
      { numRuns: 400 },
    );
  });
});
