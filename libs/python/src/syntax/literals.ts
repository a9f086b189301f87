const PLAIN = /^\d+$/;

/** The value of a number literal. */
export function numberValue(
  literal: string,
): { kind: 'value'; value: bigint | number } | { kind: 'imaginary'; value: number } {
  if (PLAIN.test(literal)) return { kind: 'value', value: BigInt(literal) };
  const text = literal.replaceAll('_', '');
  if (/^0[xXoObB]/.test(text)) return { kind: 'value', value: BigInt(text.toLowerCase()) };
  if (/[jJ]$/.test(text)) return { kind: 'imaginary', value: Number(text.slice(0, -1)) };
  if (/[.eE]/.test(text)) return { kind: 'value', value: Number(text) };
  return { kind: 'value', value: BigInt(text) };
}

const SIMPLE = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** Why an escape cannot be read, or what it stands for and how long it is. */
type Escape = { readonly text: string; readonly length: number } | { readonly fault: string };

/** Decodes the escapes of a str literal; a `fault` names the first that cannot be. */
export function unescapeText(body: string, bytes = false): { text: string } | { fault: string } {
  if (!body.includes('\\')) return { text: body };
  let text = '';
  for (let offset = 0; offset < body.length;) {
    const next = body.indexOf('\\', offset);
    if (next < 0) {
      text += body.slice(offset);
      break;
    }
    text += body.slice(offset, next);
    const escape = readEscape(body, next, bytes);
    if ('fault' in escape) return escape;
    text += escape.text;
    offset = next + escape.length;
  }
  return { text };
}

function readEscape(body: string, at: number, bytes: boolean): Escape {
  const letter = body.charAt(at + 1);
  const simple = SIMPLE.get(letter);
  if (simple !== undefined) return { text: simple, length: 2 };
  if (letter === '\r') return { text: '', length: body.charAt(at + 2) === '\n' ? 3 : 2 };
  if (/[0-7]/.test(letter)) {
    const digits = /^[0-7]{1,3}/.exec(body.slice(at + 1, at + 4))?.[0] ?? '0';
    return { text: String.fromCodePoint(Number.parseInt(digits, 8)), length: 1 + digits.length };
  }
  const width = letter === 'x' ? 2 : bytes ? 0 : letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
  if (width > 0) {
    const digits = body.slice(at + 2, at + 2 + width);
    const code = /^[\da-fA-F]+$/.test(digits) && digits.length === width ? Number.parseInt(digits, 16) : -1;
    if (code >= 0 && code <= 0x10ffff) return { text: String.fromCodePoint(code), length: 2 + width };
    const shape = `\\${letter}${'X'.repeat(width)}`;
    const read = /^[\da-fA-F]*/.exec(digits)?.[0].length ?? 0;
    const why = code > 0x10ffff ? 'illegal Unicode character' : `truncated ${shape} escape`;
    return {
      fault: `(unicode error) 'unicodeescape' codec can't decode bytes in position ${at}-${at + 1 + read}: ${why}`,
    };
  }
  if (letter === 'N' && !bytes) {
    const name = /^\\N\{[^}]*\}/.exec(body.slice(at, at + 100))?.[0];
    if (name !== undefined) return { text: '\ufffd', length: name.length };
    return {
      fault: "(unicode error) 'unicodeescape' codec can't decode bytes: malformed \\N character escape",
    };
  }
  return { text: `\\${letter}`, length: 1 + Math.max(letter.length, 1) };
}

/** Decodes a bytes literal. */
export function unescapeBytes(body: string, raw: boolean): { bytes: Uint8Array } | { fault: string } {
  if (/\P{ASCII}/u.test(body)) return { fault: 'bytes can only contain ASCII literal characters' };
  if (raw) return { bytes: Uint8Array.from(body, (char) => char.charCodeAt(0)) };
  const decoded = unescapeText(body, true);
  if ('fault' in decoded) return { fault: '(value error) invalid \\x escape' };
  return { bytes: Uint8Array.from(decoded.text, (char) => char.charCodeAt(0) & 0xff) };
}
