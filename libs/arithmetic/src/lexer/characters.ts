export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Letters that words and names are made of: Latin, Greek, Cyrillic and all scripts beyond; no signs. */
export function isLetter(code: number): boolean {
  if (code < 128) return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isLetterBeyondAscii(code);
}

function isLetterBeyondAscii(code: number): boolean {
  if (code === 0xb5) return true; // the µ of µs
  if (!(code >= 0xc0) || code === 0xd7 || code === 0xf7) return false;
  if (code >= 0x2080 && code <= 0x2089) return true; // subscript digits belong to the name they follow
  if (code >= 0x2000 && code < 0x2c00) return code === 0x2113;
  if (code >= 0xff00) return false;
  return !(code >= 0x3000 && code <= 0x303f);
}

/** Spaces that stay on the line, the typographic ones included. */
export function isSpace(code: number): boolean {
  return (
    code === 32 ||
    code === 9 ||
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x2060 ||
    code === 0x2062 || // invisible times
    code === 0x3000 ||
    code === 0xfeff ||
    code === 0xad ||
    code === 12 ||
    code === 11
  );
}

/** Spaces that printers put between groups of three digits. */
export const isGroupingSpace = (code: number): boolean =>
  code === 32 || code === 0xa0 || code === 0x2009 || code === 0x202f || code === 0x2007 || code === 0x2006;

export const isLineBreak = (code: number): boolean =>
  code === 10 || code === 13 || code === 0x2028 || code === 0x2029 || code === 0x85;
