/**
 * Python counts code points where JavaScript counts UTF-16 units. Text without surrogates (nearly all) is
 * handled as it is; the rest is spread into an array of code points first.
 */

const SURROGATES = /[\ud800-\udfff]/;

/** Whether every code point is one UTF-16 unit. */
export function isBasic(text: string): boolean {
  return !SURROGATES.test(text);
}

/** The number of code points. */
export function textLength(text: string): number {
  return codePoints(text).length;
}

const SHORT = 256;
const LONG = 1_000_000;
let lastText = '';
let lastPoints: string | readonly string[] = '';

/** Something that can be indexed by code point; a loop over one text's indices looks through it only once. */
export function codePoints(text: string): string | readonly string[] {
  if (text.length < SHORT || text.length > LONG) return isBasic(text) ? text : [...text];
  if (text !== lastText) {
    lastText = text;
    lastPoints = isBasic(text) ? text : [...text];
  }
  return lastPoints;
}

/** How many characters asking for one of them goes over. */
export function indexingWork(text: string): number {
  return text.length > LONG ? text.length : 0;
}

/** Orders by code point: negative, zero or positive. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  if (isBasic(left) && isBasic(right)) return left < right ? -1 : 1;
  const a = [...left];
  const b = [...right];
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index]?.codePointAt(0) ?? 0) - (b[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
