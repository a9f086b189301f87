import type { Span } from './span.js';

/** What is not prose. Of the same length as the text, so that every offset stays true. */
export interface Masked {
  /** The text with code, formulas and comments blanked, and typographic signs made plain. */
  readonly prose: string;
  /** One for each character: 0 prose, 1 code or comment, 2 formula. */
  readonly kind: Uint8Array;
}

const CODE = 1;
const FORMULA = 2;

const FENCE = /^[ \t>]{0,12}(```|~~~)/;
const COMMENTS = /<!--[\s\S]{0,4000}?-->|<\/?[a-z][a-z0-9]{0,10}(?:\s[^<>\n]{0,200})?\/?>/gi;
const INLINE_CODE = /(`{1,2})([^`\n]{1,200})\1/g;
const DISPLAYS =
  /\$\$[\s\S]{1,4000}?\$\$|\\\[[\s\S]{1,4000}?\\\]|\\begin\{(equation|align|gather|multline|eqnarray|displaymath|math|array|[pb]matrix)\*?\}[\s\S]{0,4000}?\\end\{\1\*?\}/g;
/** A dollar sign that opens a formula is not followed by a blank, one that closes it is not followed by a digit. */
const INLINE_FORMULAS = /(?<![\\$])\$(?![\s$])([^$\n]{1,400}?)(?<![\s\\])\$(?![\d$])|\\\([\s\S]{1,400}?\\\)/g;
/** A word of prose inside a formula, such as a subscript in \text{}, is left; a name of code in ticks stays readable. */
const PLAIN_NAME = /^[A-Za-z][A-Za-z0-9_. ()-]*$/;

/** Blanks what is not prose. Inline code that is a plain name is kept: `dropout` in ticks is a word like any other. */
export function mask(text: string): Masked {
  const kind = new Uint8Array(text.length);
  const cover = (pattern: RegExp, as: number, unless?: (found: RegExpMatchArray) => boolean): void => {
    for (const found of text.matchAll(pattern)) {
      if (kind[found.index] !== 0 || unless?.(found) === true) continue;
      kind.fill(as, found.index, found.index + found[0].length);
    }
  };
  for (const { start, end } of fencesOf(text)) kind.fill(CODE, start, end);
  cover(COMMENTS, CODE);
  cover(DISPLAYS, FORMULA);
  cover(INLINE_CODE, CODE, ([, , inner = '']) => PLAIN_NAME.test(inner));
  cover(INLINE_FORMULAS, FORMULA);
  return { prose: blanked(text, kind), kind };
}

/** From each fence to the next one of its kind, or to the end. */
function fencesOf(text: string): Span[] {
  const fences: Span[] = [];
  let open: { start: number; mark: string } | undefined;
  let start = 0;
  for (const line of text.split('\n')) {
    const mark = FENCE.exec(line)?.[1];
    if (open === undefined && mark !== undefined) open = { start, mark };
    else if (open !== undefined && mark === open.mark) {
      fences.push({ start: open.start, end: start + line.length });
      open = undefined;
    }
    start += line.length + 1;
  }
  if (open !== undefined) fences.push({ start: open.start, end: text.length });
  return fences;
}

const PLAIN_SIGNS: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '‐': '-',
  '‑': '-',
  '\u00a0': ' ',
  '\u00ad': '-',
  '`': ' ',
  '*': ' ',
  '…': '.',
};

function blanked(text: string, kind: Uint8Array): string {
  let prose = '';
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (kind[at] !== 0) prose += sign === '\n' && kind[at] === CODE ? '\n' : ' ';
    else prose += PLAIN_SIGNS[sign] ?? sign;
  }
  return prose;
}

/** The share of a stretch's characters, blanks left out, that are formula or code. */
export function shareMasked(text: string, kind: Uint8Array, start: number, end: number): number {
  let all = 0;
  let masked = 0;
  for (let at = start; at < end; at++) {
    if (/\s/.test(text.charAt(at))) continue;
    all += 1;
    if (kind[at] !== 0) masked += 1;
  }
  return all === 0 ? 0 : masked / all;
}
