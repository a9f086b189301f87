import { DEFAULT_BUDGETS } from '../budgets.js';
import type { DecodeNote, DecodeResult, TextEncodingName } from './decoded.js';
import { declaredFormat } from './formats.js';
import { decodeWindows1252 } from './windows-1252.js';

const SAMPLE = 65_536;

/**
 * Turns the bytes of an upload into text, judging by content and never by name: UTF-8, UTF-16 (with a byte-order
 * mark, or by the look of it), else Windows-1252, which is noted as a guess. What is not text is refused with a
 * message that names what it is and what to do.
 */
export function decodeText(
  bytes: Uint8Array,
  budgets: { readonly bytes: number } = DEFAULT_BUDGETS,
): DecodeResult {
  if (bytes.length === 0) {
    return {
      kind: 'refused',
      reason: 'empty',
      message: 'The file is empty (0 bytes). Upload the file with your answers.',
    };
  }
  if (bytes.length > budgets.bytes) {
    return {
      kind: 'refused',
      reason: 'too-large',
      message:
        `The file has ${megabytes(bytes.length)} MB; at most ${megabytes(budgets.bytes)} MB of text are read. ` +
        'Upload the answers as text without embedded pictures or data.',
    };
  }
  const format = declaredFormat(bytes);
  if (format !== undefined) {
    return {
      kind: 'refused',
      reason: 'known-format',
      format: format.name,
      message: `This is a ${format.name}, not a text file. ${format.advice}`,
    };
  }
  const encoding = byteOrderMark(bytes) ?? utf16WithoutMark(bytes);
  if (encoding === undefined && looksBinary(bytes)) return notText();
  const decoded = encoding === undefined ? decodeUnmarked(bytes) : decodeMarked(bytes, encoding);
  if (looksGarbled(decoded.text)) return notText();
  if (decoded.text.trim() === '') {
    return {
      kind: 'refused',
      reason: 'empty',
      message: 'The file holds only blank space. Upload the file with your answers.',
    };
  }
  return { kind: 'text', ...decoded, ...withoutNul(decoded.text, decoded.notes) };
}

interface Decoded {
  readonly text: string;
  readonly encoding: TextEncodingName;
  readonly notes: readonly DecodeNote[];
}

function notText(): DecodeResult {
  return {
    kind: 'refused',
    reason: 'binary',
    message:
      'The file holds binary data, not text, in a format that is not known here. ' +
      'Save or export the answers as plain text or Markdown and upload that.',
  };
}

function megabytes(bytes: number): string {
  return (bytes / (1024 * 1024)).toFixed(1);
}

function byteOrderMark(bytes: Uint8Array): TextEncodingName | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Text in UTF-16 has its NULs on one side only: the high bytes of ASCII letters. */
function utf16WithoutMark(bytes: Uint8Array): TextEncodingName | undefined {
  if (bytes.length < 4 || bytes.length % 2 === 1) return undefined;
  const sample = bytes.subarray(0, SAMPLE);
  let even = 0;
  let odd = 0;
  for (let index = 0; index < sample.length; index++) {
    if (sample[index] === 0) {
      if (index % 2 === 0) even++;
      else odd++;
    }
  }
  const half = sample.length / 2;
  if (odd > 0.6 * half && even < 0.02 * half) return 'utf-16le';
  if (even > 0.6 * half && odd < 0.02 * half) return 'utf-16be';
  return undefined;
}

/** Control characters that no editor writes; a stray one is forgiven, a hundredth of the file is not. */
function looksBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE);
  let controls = 0;
  for (const byte of sample) {
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 11 && byte !== 12 && byte !== 13 && byte !== 27)
      controls++;
  }
  return controls > Math.max(2, sample.length / 100);
}

/** The same question after decoding: replacement characters and high controls are what garbage decodes to. */
function looksGarbled(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  let odd = 0;
  for (let index = 0; index < sample.length; index++) {
    const code = sample.charCodeAt(index);
    if (code === 0xfffd || code === 0 || (code >= 0x80 && code <= 0x9f) || (code >= 0xe000 && code <= 0xf8ff))
      odd++;
  }
  return odd > Math.max(8, sample.length / 10);
}

function decodeMarked(bytes: Uint8Array, encoding: TextEncodingName): Decoded {
  const marked = byteOrderMark(bytes) !== undefined;
  const text = new TextDecoder(encoding).decode(bytes);
  const notes: DecodeNote[] = marked
    ? [
        {
          kind: 'byte-order-mark',
          says: `The file opens with a byte-order mark and was read as ${encoding}.`,
        },
      ]
    : [
        {
          kind: 'guessed-encoding',
          says: `The file has no byte-order mark; it was read as ${encoding} by its look.`,
        },
      ];
  const replaced = replacementNote(text);
  return { text, encoding, notes: replaced === undefined ? notes : [...notes, replaced] };
}

function decodeUnmarked(bytes: Uint8Array): Decoded {
  const sound = soundUtf8(bytes);
  if (sound !== undefined) return { text: sound, encoding: 'utf-8', notes: [] };
  const text = new TextDecoder('utf-8').decode(bytes);
  const replaced = replacementNote(text);
  // A few damaged bytes among sound multi-byte characters: UTF-8 all the same, and Latin-1 would garble the rest.
  if (replaced !== undefined && soundMultibyte(text) > 4 * count(text, '\ufffd')) {
    return { text, encoding: 'utf-8', notes: [replaced] };
  }
  return {
    text: decodeWindows1252(bytes),
    encoding: 'windows-1252',
    notes: [
      {
        kind: 'guessed-encoding',
        says: 'The file is not UTF-8; it was read as Windows-1252 (Latin-1). Accented letters and symbols may be wrong.',
      },
    ],
  };
}

function soundUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function replacementNote(text: string): DecodeNote | undefined {
  const replaced = count(text, '\ufffd');
  if (replaced === 0) return undefined;
  return { kind: 'replaced-bytes', says: `${replaced} damaged places in the file were read as \ufffd.` };
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++;
  return found;
}

function soundMultibyte(text: string): number {
  let found = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f && code !== 0xfffd) found++;
  }
  return found;
}

function withoutNul(text: string, notes: readonly DecodeNote[]): Pick<Decoded, 'text' | 'notes'> {
  const nuls = count(text, '\0');
  if (nuls === 0) return { text, notes };
  return {
    text: text.replaceAll('\0', '\ufffd'),
    notes: [...notes, { kind: 'replaced-nul', says: `${nuls} NUL characters were replaced by \ufffd.` }],
  };
}
