import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeText } from '../src/index.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let index = 0; index < text.length; index++)
    view.setUint16(2 * index, text.charCodeAt(index), littleEndian);
  return new Uint8Array(view.buffer);
}

/** The head of one entry of a ZIP. */
const zip = (name: string): string => `PK\x03\x04${'\0'.repeat(22)}${name}`;

describe('text', () => {
  it.each([
    ['utf-8', utf8('Größe: 7×7 → 49'), 'utf-8', []],
    ['utf-8-with-byte-order-mark', utf8('\ufeffGröße'), 'utf-8', ['byte-order-mark']],
    ['utf-16-little-endian', utf16('\ufeffGröße', true), 'utf-16le', ['byte-order-mark']],
    ['utf-16-big-endian', utf16('\ufeffGröße', false), 'utf-16be', ['byte-order-mark']],
    ['utf-16-without-a-mark', utf16('Question 1: depth', true), 'utf-16le', ['guessed-encoding']],
    ['latin-1', latin1('Größe: 7×7'), 'windows-1252', ['guessed-encoding']],
  ])('%s', (_name, bytes, encoding, notes) => {
    const result = decodeText(bytes);
    expect(result).toMatchObject({ kind: 'text', encoding });
    expect(result.kind === 'text' && result.notes.map(({ kind }) => kind)).toEqual(notes);
    expect(result.kind === 'text' && result.text).toMatch(/^(?:Größe|Question 1: depth)/);
  });

  it('windows-quotes-in-the-control-range', () => {
    expect(decodeText(latin1('\x93depth\x94 \x96 f\xfcr'))).toMatchObject({ text: '“depth” – für' });
  });

  it('one-damaged-byte-among-many-sound-characters-stays-utf-8', () => {
    const bytes = utf8('Größe für Übung, schön überall über Äste');
    bytes[0] = 0xff;
    expect(decodeText(bytes)).toMatchObject({ encoding: 'utf-8', notes: [{ kind: 'replaced-bytes' }] });
  });

  it('a-stray-nul-is-replaced-and-said', () => {
    expect(decodeText(utf8('depth\0width'))).toMatchObject({
      text: 'depth\ufffdwidth',
      notes: [{ kind: 'replaced-nul' }],
    });
  });

  it('a-replacement-character-written-on-purpose-is-utf-8', () => {
    expect(decodeText(utf8('odd \ufffd sign'))).toMatchObject({ encoding: 'utf-8', notes: [] });
  });

  it('every-string-comes-back-as-it-was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), (text) => {
        fc.pre(text.trim() !== '' && !text.startsWith('\ufeff') && /^[\p{L}\p{N} .,]+$/u.test(text));
        expect(decodeText(utf8(text))).toMatchObject({ kind: 'text', text });
      }),
      { seed: 5 },
    );
  });
});

describe('what is no text is refused with what it is and what to do', () => {
  it.each([
    ['%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'PDF'],
    [`${zip('[Content_Types].xml')}${zip('word/document.xml')}`, 'Word document (DOCX)'],
    [`${zip('[Content_Types].xml')}${zip('xl/workbook.xml')}`, 'Excel workbook (XLSX)'],
    [zip('mimetypeapplication/vnd.oasis.opendocument.text'), 'OpenDocument file (ODT)'],
    [zip('archive/data.pkl'), 'PyTorch checkpoint'],
    [zip('answers.md'), 'ZIP archive'],
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'PNG image'],
    ['\xff\xd8\xff\xe0\0\x10JFIF', 'JPEG image'],
    ['GIF89a\x01\0', 'GIF image'],
    ['\x7fELF\x02\x01\x01\0', 'program (Linux)'],
    ['MZ\x90\0\x03\0\0\0', 'program (Windows)'],
    ['\x1f\x8b\x08\0', 'gzip archive'],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0', 'old Office document (DOC, XLS or PPT)'],
    ['{\\rtf1\\ansi Question 1}', 'RTF document'],
    ['{\n "cells": [],\n "nbformat": 4\n}', 'Jupyter notebook'],
  ])('%j', (bytes, format) => {
    const result = decodeText(latin1(bytes));
    expect(result).toMatchObject({ kind: 'refused', reason: 'known-format', format });
    expect(result.kind === 'refused' && result.message).toContain(format);
    expect(result.kind === 'refused' && result.message).toMatch(/upload/i);
  });

  it('noise-is-refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 400, maxLength: 4000 }), (bytes) => {
        expect(decodeText(bytes).kind).toBe('refused');
      }),
      { numRuns: 50, seed: 3 },
    );
  });

  it('an-empty-file', () => {
    expect(decodeText(new Uint8Array(0))).toMatchObject({ kind: 'refused', reason: 'empty' });
    expect(decodeText(utf8(' \n\t\n'))).toMatchObject({ kind: 'refused', reason: 'empty' });
    expect(decodeText(utf8('\ufeff'))).toMatchObject({ kind: 'refused', reason: 'empty' });
  });

  it('thirty-megabytes', () => {
    const result = decodeText(new Uint8Array(30 * 1024 * 1024).fill(0x61));
    expect(result).toMatchObject({ kind: 'refused', reason: 'too-large' });
    expect(result.kind === 'refused' && result.message).toMatch(/30\.0 MB.*8\.0 MB/);
  });

  it('no-bytes-at-all-make-it-throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(['text', 'refused']).toContain(decodeText(bytes).kind);
      }),
      { numRuns: 500, seed: 4 },
    );
  });
});
