import { isSpace } from './split.js';

/** Cased and uncased letters, words and character classes as Python's str methods see them. */

const CASED = /\p{L}/u;

export function capitalise(text: string): string {
  const [first = '', ...rest] = text;
  return titleCase(first) + rest.join('').toLowerCase();
}

/** The title case of one character: `ǆ` has its own, everything else its upper case. */
function titleCase(char: string): string {
  const upper = char.toUpperCase();
  return upper.length > 1 && char.length === 1 ? upper.charAt(0) + upper.slice(1).toLowerCase() : upper;
}

export function title(text: string): string {
  let result = '';
  let inWord = false;
  for (const char of text) {
    result += inWord ? char.toLowerCase() : titleCase(char);
    inWord = CASED.test(char);
  }
  return result;
}

export function swapCase(text: string): string {
  let result = '';
  for (const char of text) result += char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase();
  return result;
}

/** Whether every character (and at least one) fits. */
function all(text: string, pattern: RegExp): boolean {
  return text !== '' && pattern.test(text);
}

/** The `is...` predicates of str by name. */
export const PREDICATES: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['isalpha', (text: string) => all(text, /^\p{L}+$/u)],
  ['isdigit', (text: string) => all(text, /^[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]+$/u)],
  ['isdecimal', (text: string) => all(text, /^\p{Nd}+$/u)],
  ['isnumeric', (text: string) => all(text, /^\p{N}+$/u)],
  ['isalnum', (text: string) => all(text, /^[\p{L}\p{N}]+$/u)],
  ['isspace', (text: string) => text !== '' && [...text].every(isSpace)],
  ['isascii', (text: string) => /^\p{ASCII}*$/u.test(text)],
  ['isidentifier', (text: string) => all(text, /^[\p{ID_Start}_]\p{ID_Continue}*$/u)],
  ['isprintable', (text: string) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(text)],
  ['isupper', (text: string) => text !== text.toLowerCase() && text === text.toUpperCase()],
  ['islower', (text: string) => text !== text.toUpperCase() && text === text.toLowerCase()],
  ['istitle', (text: string) => /\p{L}/u.test(text) && text === title(text)],
]);
