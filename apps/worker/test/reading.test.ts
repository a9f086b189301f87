import { createRequire } from 'node:module';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { describe, expect, it } from '@jest/globals';
import type { ReadDocument, ReadResult } from '@tensormark/documents';
import { docx, paragraph } from '../../../libs/documents/test/writing/docx.js';
import { pdf, put } from '../../../libs/documents/test/writing/pdf.js';
import { zip } from '../../../libs/documents/test/writing/zip.js';
import { processFile } from '../src/reading/process-file.js';
import { readApart, type ReadingLimits } from '../src/reading/read-apart.js';

// The same on every machine, whatever fonts it has.
GlobalFonts.registerFromPath(
  createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  'Printed',
);

const LIMITS: ReadingLimits = {
  seconds: 100,
  processorSeconds: 60,
  processorSecondsPerPicture: 8,
  megabytes: 1200,
};
const apart = (bytes: Uint8Array, limits = LIMITS): Promise<ReadResult> =>
  readApart(bytes, processFile(), limits);
const text = (said: string) => new TextEncoder().encode(said);

async function read(bytes: Uint8Array): Promise<ReadDocument> {
  const result = await apart(bytes);
  if (result.kind === 'refused') throw new Error(result.message);
  return result;
}

describe('pages of a PDF', () => {
  it('words-code-columns-and-powers-are-where-the-page-has-them', async () => {
    const { text: said, blocks } = await read(
      pdf([
        put(72, 780, 'Question 1', { size: 16 }) +
          put(72, 750, 'The layer has 7') +
          put(149, 754, '2', { size: 7 }) +
          put(156, 750, 'x 512 weights.') +
          put(72, 700, 'def f(x):', { font: 'C' }) +
          put(98.4, 686, 'return 2 * x', { font: 'C' }) +
          put(72, 640, 'conv1') +
          put(200, 640, '1,792'),
        put(72, 780, 'Question 2'),
      ]),
    );
    expect(said).toBe(
      'Question 1\n\nThe layer has 7^2 x 512 weights.\n\n```python\ndef f(x):\n    return 2 * x\n```\n\nconv1    1,792\n\f\nQuestion 2',
    );
    expect(
      blocks.map(({ kind, origin: { place } }) => [kind, place.kind === 'page' ? place.page : 0]),
    ).toEqual([
      ['prose', 1],
      ['prose', 1],
      ['code', 1],
      ['prose', 1],
      ['prose', 2],
    ]);
    expect(blocks.flatMap(({ doubts }) => doubts)).toEqual([]);
    const place = blocks[1]?.origin.place;
    if (place?.kind !== 'page') throw new Error('no page');
    expect(Math.round(place.box.left)).toBe(72);
    expect(Math.abs(place.box.top + place.box.height - (842 - 750))).toBeLessThan(5);
  });

  it.each([
    ['deeper-by-whole-steps-is-indented-still', 72, '        return x\n    def g(x):'],
    ['at-another-margin-begins-anew', 86, '    return x\ndef g(x):'],
  ])('code-that-goes-on-over-the-page-%s', async (_name, left, after) => {
    const { text: said } = await read(
      pdf([
        put(left, 100, 'class Net:', { font: 'C' }) + put(left + 26.4, 86, 'def f(x):', { font: 'C' }),
        put(124.8, 780, 'return x', { font: 'C' }) + put(98.4, 766, 'def g(x):', { font: 'C' }),
      ]),
    );
    expect(said).toBe(`\`\`\`python\nclass Net:\n    def f(x):\n\`\`\`\n\f\n\`\`\`python\n${after}\n\`\`\``);
  });

  it('text-that-is-not-seen-is-left-out-and-quoted', async () => {
    const HIDDEN: Readonly<Record<string, string>> = {
      white: put(72, 600, 'alpha secret', { before: '1 1 1 rg' }),
      'never-painted': put(72, 580, 'beta secret', { before: '3 Tr' }),
      tiny: put(72, 560, 'gamma secret', { size: 1 }),
      transparent: put(72, 520, 'delta secret', { before: '/Clear gs' }),
      covered: `${put(72, 500, 'epsilon secret')}q 1 1 1 rg 60 490 300 24 re f Q\n`,
      'on-black-in-black': `q 0 0 0 rg 60 470 300 20 re f Q\n${put(72, 474, 'zeta secret')}`,
      clipped: put(72, 440, 'eta secret', { before: '0 0 10 10 re W n' }),
    };
    const {
      text: said,
      blocks,
      notes,
    } = await read(
      pdf([
        put(72, 700, 'Seen by all.') +
          Object.values(HIDDEN).join('') +
          `q 0 0 0 rg 60 380 300 20 re f Q\n${put(72, 384, 'White on black.', { before: '1 1 1 rg' })}`,
      ]),
    );
    expect(said).toBe('Seen by all.\n\nWhite on black.');
    const says = notes
      .filter(({ kind }) => kind === 'hidden-text')
      .map((note) => note.says)
      .join('\n');
    for (const name of ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta'])
      expect(says).toContain(`${name} secret`);
    expect(blocks.some(({ doubts }) => doubts.some(({ why }) => why === 'hidden-text'))).toBe(true);
  });

  it('text-off-the-page-never-becomes-an-answer', async () => {
    const { text: said } = await read(
      pdf([put(72, 700, 'Seen.') + put(2000, 700, 'far away') + put(72, -300, 'far below')]),
    );
    expect(said).toBe('Seen.');
  });

  it('fraction-set-on-two-lines-is-doubted', async () => {
    const { blocks } = await read(
      pdf([put(80, 700, '512') + '80 697 19 0.6 re f\n' + put(86, 686, '8') + put(104, 693, '= 64')]),
    );
    expect(blocks.some(({ doubts }) => doubts.some(({ why }) => why === 'layout'))).toBe(true);
  });
});

describe('what a PDF carries beside its pages', () => {
  it.each<[string, () => Uint8Array]>([
    ['script', () => pdf([put(72, 700, 'Seen.')], { script: 'while \\(true\\) app.alert\\("secret"\\)' })],
    ['embedded-file', () => pdf([put(72, 700, 'Seen.')], { attached: '# Question 1: secret' })],
    [
      'archive-behind-its-end',
      () =>
        new Uint8Array(
          Buffer.concat([pdf([put(72, 700, 'Seen.')]), zip([{ name: 'a.md', data: 'secret' }])]),
        ),
    ],
  ])('%s-neither-runs-nor-becomes-an-answer', async (_, make) => {
    const result = await read(make());
    expect(result.text).toBe('Seen.');
    expect(JSON.stringify(result)).not.toContain('secret');
  });
});

describe('pictures', () => {
  it('printed-text-of-a-scanned-page-is-read-and-doubted', async () => {
    const canvas = createCanvas(595, 200);
    const context = canvas.getContext('2d');
    context.fillStyle = 'white';
    context.fillRect(0, 0, 595, 200);
    context.fillStyle = 'black';
    context.font = '36px Printed';
    context.fillText('Question 1', 40, 80);
    context.fillText('The total is 1792', 40, 150);
    const pixels = context.getImageData(0, 0, 595, 200).data;
    const grey = Uint8Array.from({ length: 595 * 200 }, (_, at) => pixels[4 * at] ?? 255);
    const { text: said, blocks } = await read(
      pdf([{ content: 'q 595 0 0 200 0 642 cm /Im Do Q', picture: { width: 595, height: 200, grey } }]),
    );
    expect(said).toMatch(/Question 1[\s\S]*total is 1792/);
    expect(blocks.every(({ doubts }) => doubts.some(({ why }) => why === 'read-by-machine'))).toBe(true);
    expect(blocks[0]?.confidence).toBeGreaterThan(0.5);
    expect(blocks[0]?.origin.place).toMatchObject({ kind: 'page', page: 1 });
  });
});

/** What is refused, with which reason, and a word of what its owner is told. */
const png = (width: number, height: number) => {
  const bytes = Buffer.from(createCanvas(1, 1).toBuffer('image/png'));
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return new Uint8Array(bytes);
};
const zeros = (megabytes: number) => Buffer.alloc(megabytes * 1024 * 1024);
const HOSTILE: readonly (readonly [string, () => Uint8Array, string, RegExp])[] = [
  ['nothing', () => new Uint8Array(), 'empty', /0 bytes/],
  ['nul-bytes', () => new Uint8Array(1000), 'unknown-format', /Save or export/],
  ['program-called-pdf', () => text('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0'), 'unknown-format', /program/],
  ['pdf-cut-off', () => pdf(['']).slice(0, 40), 'broken', /Export it again/],
  ['pdf-of-nothing-but-its-head', () => text('%PDF-1.7\n'), 'broken', /Export it again/],
  [
    'pdf-whose-pages-lead-in-a-circle',
    () => {
      const bytes = Buffer.from(pdf([put(72, 700, 'x')]));
      const kid = bytes.indexOf('/Kids [') + '/Kids ['.length;
      bytes.write('2', kid);
      return new Uint8Array(bytes);
    },
    'broken',
    /Export it again/,
  ],
  [
    'webp-of-sixteen-thousand-rows',
    () => text('RIFF\x1e\0\0\0WEBPVP8L\x11\0\0\0\x2f\xfe\xbf\xff\x0f\0\0\0\0\0\0\0\0\0\0\0\0'),
    'unknown-format',
    /WebP/,
  ],
  [
    'names-of-another-system',
    () => zip([{ name: 'C:\\Windows\\q1.md', data: 'x' }]),
    'unsafe-archive',
    /out of its folder/,
  ],
  ['name-with-nul', () => zip([{ name: 'a\0b.md', data: 'x' }]), 'unsafe-archive', /out of its folder/],
  ['pdf-with-a-password', () => pdf([put(1, 1, 'x')], { encrypted: true }), 'encrypted', /password/],
  [
    'pdf-of-ten-thousand-pages',
    () => pdf(Array.from({ length: 10_000 }, () => '')),
    'too-many-pages',
    /at most 100/,
  ],
  ['pdf-without-text', () => pdf(['']), 'empty', /No text was found/],
  ['zip-bomb', () => zip([{ name: 'a.md', data: zeros(30) }]), 'too-large', /packed size/],
  [
    'zip-that-lies-about-its-size',
    () => zip([{ name: 'a.md', data: zeros(30), says: { unpacked: 1000 } }]),
    'broken',
    /broken at/,
  ],
  [
    'zip-of-shared-data',
    () =>
      zip([
        { name: 'a.md', data: 'x' },
        { name: 'a2.md', dataOf: 0, data: 'x', says: { localName: 'a.md' } },
      ]),
    'broken',
    /broken/,
  ],
  [
    'zip-of-five-thousand-entries',
    () => zip(Array.from({ length: 5000 }, (_, at) => ({ name: `${at}.md`, data: 'x' }))),
    'too-many-entries',
    /at most 500/,
  ],
  [
    'zip-in-a-zip',
    () => zip([{ name: 'inner.zip', data: zip([{ name: 'a.md', data: 'x' }]) }]),
    'unsafe-archive',
    /another archive/,
  ],
  [
    'path-upwards',
    () => zip([{ name: '../../etc/cron.d/x', data: 'x' }]),
    'unsafe-archive',
    /out of its folder/,
  ],
  [
    'path-from-the-root',
    () => zip([{ name: '/etc/passwd', data: 'x' }]),
    'unsafe-archive',
    /out of its folder/,
  ],
  [
    'path-of-windows',
    () => zip([{ name: 'C:\\x\\..\\y', data: 'x' }]),
    'unsafe-archive',
    /out of its folder/,
  ],
  [
    'symbolic-link',
    () => zip([{ name: 'a.md', data: '/etc/passwd', mode: 0o120777 }]),
    'unsafe-archive',
    /symbolic link/,
  ],
  [
    'two-names-for-one-entry',
    () => zip([{ name: 'a.md', data: 'x', says: { localName: 'b.md' } }]),
    'broken',
    /broken at/,
  ],
  [
    'the-same-name-twice',
    () =>
      zip([
        { name: 'a.md', data: 'x' },
        { name: 'a.md', data: 'y' },
      ]),
    'unsafe-archive',
    /twice/,
  ],
  ['zip-with-a-password', () => zip([{ name: 'a.md', data: 'x', flags: 1 }]), 'encrypted', /password/],
  ['zip-with-a-wrong-sum', () => zip([{ name: 'a.md', data: 'x', says: { crc32: 1 } }]), 'broken', /broken/],
  ['zip-cut-off', () => zip([{ name: 'a.md', data: 'x' }]).slice(0, 40), 'broken', /its end is missing/],
  ['zip-of-nothing', () => zip([]), 'empty', /no file/],
  [
    'docx-with-entities',
    () =>
      docx(paragraph('x'), {
        'styles.xml': '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
      }),
    'unsafe-markup',
    /entities/,
  ],
  [
    'docx-with-an-outside-entity',
    () =>
      zip([
        { name: '[Content_Types].xml', data: '' },
        { name: 'word/document.xml', data: '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>' },
      ]),
    'unsafe-markup',
    /document type/,
  ],
  ['docx-nested-deep', () => docx('<w:sdt>'.repeat(5000) + '</w:sdt>'.repeat(5000)), 'unsafe-markup', /deep/],
  ['docx-of-broken-markup', () => docx('<w:p><w:r></w:p>'), 'broken', /does not fit/],
  [
    'docx-without-its-main-part',
    () =>
      zip([
        { name: '[Content_Types].xml', data: '' },
        { name: 'word/styles.xml', data: '<x/>' },
      ]),
    'broken',
    /main part/,
  ],
  [
    'docx-with-a-bomb',
    () =>
      zip([
        { name: '[Content_Types].xml', data: '' },
        { name: 'word/document.xml', data: zeros(35) },
      ]),
    'too-large',
    /packed size/,
  ],
  [
    'old-word',
    () => Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]),
    'unknown-format',
    /DOCX or PDF/,
  ],
  ['picture-of-ten-thousand-megapixels', () => png(100_000, 100_000), 'too-large', /pixels/],
  ['broken-picture', () => png(10, 10), 'broken', /cannot be drawn/],
  [
    'jpeg-of-nothing-but-its-head',
    () => Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
    'broken',
    /cannot be drawn/,
  ],
  ['notebook-cut-off', () => text('{"nbformat": 4, "cells": [{'), 'broken', /no JSON/],
  [
    'notebook-nested-deep',
    () => text(`{"nbformat": 4, "cells": ${'['.repeat(100_000)}`),
    'unsafe-markup',
    /deep/,
  ],
];

describe('hostile files', () => {
  it.each(HOSTILE)('%s', async (_, bytes, reason, message) => {
    expect(await apart(bytes())).toMatchObject({
      kind: 'refused',
      reason,
      message: expect.stringMatching(message),
    });
  });

  it('what-takes-too-long-is-killed', async () => {
    expect(
      await apart(pdf([put(72, 700, 'Slow.')]), {
        seconds: 0.05,
        processorSeconds: 60,
        processorSecondsPerPicture: 8,
        megabytes: 1200,
      }),
    ).toMatchObject({
      reason: 'too-slow',
    });
  });

  it('what-needs-too-much-memory-is-killed', async () => {
    expect(
      await apart(pdf(Array.from({ length: 60 }, () => put(72, 700, 'Large.'))), {
        seconds: 100,
        processorSeconds: 60,
        processorSecondsPerPicture: 8,
        megabytes: 80,
      }),
    ).toMatchObject({ reason: 'too-much-memory' });
  });
});
