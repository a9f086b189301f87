import { raise } from '../objects/exceptions.js';

function normalised(encoding: string): string {
  const name = encoding.toLowerCase().replaceAll(/[-_ ]/g, '');
  if (name === 'utf8' || name === 'u8') return 'utf-8';
  if (name === 'ascii' || name === 'usascii') return 'ascii';
  if (name === 'latin1' || name === 'iso88591' || name === 'l1') return 'latin-1';
  return raise('LookupError', `unknown encoding: ${encoding}`);
}

/** `str.encode` */
export function encodeText(text: string, encoding: string, errors: string): Uint8Array {
  const codec = normalised(encoding);
  const bytes: number[] = [];
  const limit = codec === 'utf-8' ? 0x110000 : codec === 'ascii' ? 0x80 : 0x100;
  let index = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < limit && !(code >= 0xd800 && code < 0xe000))
      bytes.push(...(codec === 'utf-8' ? utf8(code) : [code]));
    else if (errors === 'replace') bytes.push(63);
    else if (errors !== 'ignore') {
      const shown =
        code < 0x100
          ? `\\x${code.toString(16).padStart(2, '0')}`
          : code < 0x10000
            ? `\\u${code.toString(16).padStart(4, '0')}`
            : `\\U${code.toString(16).padStart(8, '0')}`;
      const why = codec === 'utf-8' ? 'surrogates not allowed' : `ordinal not in range(${limit})`;
      return raise(
        'UnicodeEncodeError',
        `'${codec}' codec can't encode character '${shown}' in position ${index}: ${why}`,
      );
    }
    index++;
  }
  return Uint8Array.from(bytes);
}

function utf8(code: number): number[] {
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
  if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
}

/** `bytes.decode` */
export function decodeBytes(data: Uint8Array, encoding: string, errors: string): string {
  const codec = normalised(encoding);
  if (codec === 'utf-8') return decodeUtf8(data, errors);
  let text = '';
  for (const [index, byte] of data.entries()) {
    if (codec === 'latin-1' || byte < 128) text += String.fromCharCode(byte);
    else if (errors === 'replace') text += '\ufffd';
    else if (errors !== 'ignore') {
      return raise(
        'UnicodeDecodeError',
        `'ascii' codec can't decode byte 0x${byte.toString(16)} in position ${index}: ordinal not in range(128)`,
      );
    }
  }
  return text;
}

function decodeUtf8(data: Uint8Array, errors: string): string {
  if (errors !== 'strict') {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(data);
    return errors === 'ignore' ? text.replaceAll('\ufffd', '') : text;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    const bad = data.findIndex((byte) => byte >= 0x80);
    return raise(
      'UnicodeDecodeError',
      `'utf-8' codec can't decode byte 0x${(data[bad] ?? 0).toString(16)} in position ${bad}: invalid start byte`,
    );
  }
}
