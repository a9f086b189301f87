/** A number literal's end, and what is wrong with it if anything is. */
export interface ScannedNumber {
  readonly end: number;
  readonly fault: string | undefined;
}

const DECIMAL = /(?:\d(?:_?\d)*)?(?:\.(?:\d(?:_?\d)*)?)?(?:[eE][-+]?\d(?:_?\d)*)?[jJ]?/y;
const BASED = /0(?:[xX](?:_?[\da-fA-F])+|[oO](?:_?[0-7])+|[bB](?:_?[01])+)/y;
const TRAIL = /[\w.]*/y;
/** Keywords that may stand right after a number, as in `1if x else 2`. */
const FOLLOWING = /(?:and|else|for|if|in|is|not|or)\b/y;

/**
 * The end of a number that is nothing but digits, with or without a fraction: most are. Negative for any other, and for what may be
 * wrong: zeros in front, or a letter right behind.
 */
export function plainNumberEnd(codes: Uint8Array, start: number): number {
  let end = start;
  while (isDigit(codes[end] ?? 0)) end++;
  if (codes[end] === 46) {
    end++;
    while (isDigit(codes[end] ?? 0)) end++;
  } else if (codes[start] === 48 && end > start + 1) return -1;
  const next = codes[end] ?? 0;
  return isDigit(next) || next === 95 || (next >= 65 && next <= 90) || (next >= 97 && next <= 122) ? -1 : end;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Finds the end of the number that begins at `start`. */
export function scanNumber(text: string, start: number): ScannedNumber {
  const based = match(BASED, text, start);
  if (based !== '') return finish(text, start, based, literalName(text.charAt(start + 1)));
  if (/0[xXoObB]/.test(text.slice(start, start + 2))) {
    const name = literalName(text.charAt(start + 1));
    const trail = match(TRAIL, text, start + 2);
    const digit = /^\d/.test(trail)
      ? `invalid digit '${trail[0] ?? ''}' in ${name} literal`
      : `invalid ${name} literal`;
    return { end: start + 2 + trail.length, fault: digit };
  }
  const decimal = match(DECIMAL, text, start);
  if (/^0\d/.test(decimal) && /^[\d_]+$/.test(decimal) && !/^[0_]+$/.test(decimal)) {
    return {
      end: start + decimal.length,
      fault:
        'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers',
    };
  }
  return finish(text, start, decimal, /[jJ]$/.test(decimal) ? 'imaginary' : 'decimal');
}

function finish(text: string, start: number, literal: string, name: string): ScannedNumber {
  const end = start + literal.length;
  const next = text.charAt(end);
  if (!/[\w]/.test(next) || match(FOLLOWING, text, end) !== '') return { end, fault: undefined };
  if (/\d/.test(next) && name !== 'decimal') {
    return { end: end + match(TRAIL, text, end).length, fault: `invalid digit '${next}' in ${name} literal` };
  }
  return { end: end + match(TRAIL, text, end).length, fault: `invalid ${name} literal` };
}

function literalName(letter: string): string {
  const lower = letter.toLowerCase();
  return lower === 'x' ? 'hexadecimal' : lower === 'o' ? 'octal' : 'binary';
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
