/** `repr` of a str: single quotes unless the text has those and no double ones. */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let result = mark;
  for (const char of text)
    result += char === mark || char === '\\' ? `\\${char}` : escapeUnlessPrintable(char);
  return result + mark;
}

const NAMED = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u;

function escapeUnlessPrintable(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 32 && code < 127) return char;
  const named = NAMED.get(char);
  if (named !== undefined) return named;
  return UNPRINTABLE.test(char) ? escapeCode(code) : char;
}

/** `ascii()`'s escapes for everything outside ASCII. */
export function toAscii(quoted: string): string {
  let result = '';
  for (const char of quoted) {
    const code = char.codePointAt(0) ?? 0;
    result += code < 128 ? char : escapeCode(code);
  }
  return result;
}

function escapeCode(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}
