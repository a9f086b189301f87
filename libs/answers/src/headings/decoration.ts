import type { Cursor } from './cursor.js';

/** How a heading stands out on its line, gathered from Markdown, HTML and LaTeX alike. */
export interface Decoration {
  /** Heading level, 0 for none. */
  hash: number;
  bold: boolean;
  bullet: boolean;
  quote: boolean;
}

/** What decoration can begin with: most lines begin with a letter and are done at once. */
const DECORATES = /[>#+*_<&\\-]/;
const SKIPPED: readonly RegExp[] = [
  /&(?:nbsp|ensp|emsp|#160);/y,
  /\\noindent\s*/y,
  /\\(?:large|Large|bf|bfseries)\s+/y,
];
const HASHES = /#{1,6}(?=[\s\p{L}\p{N}*_([])/uy;
const BULLET = /(?:[-+](?=\s)|\*(?=[\s(\d]))/y;
const EMPHASIS = /(?:\*{1,3}|_{1,3})(?=\S)/y;
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]{0,10})(?:\s[^<>]{0,120})?\/?>/y;
const SECTION = /\\((?:sub){0,2}section|chapter|paragraph)\*?\{/y;
const STRESS = /\\(?:textbf|underline|emph|textit)\{/y;
const ITEM = /\\item\s*(?:\[\s*|\s)/y;

/** Reads what stands before a heading's words: bullets, hashes, emphasis, tags, quotation marks. */
export function readDecoration(cursor: Cursor): Decoration {
  const decoration: Decoration = { hash: 0, bold: false, bullet: false, quote: false };
  for (let steps = 0; steps < 12; steps++) {
    cursor.skipSpace();
    if (!DECORATES.test(cursor.peek()) || !readOne(cursor, decoration)) break;
  }
  return decoration;
}

function readOne(cursor: Cursor, decoration: Decoration): boolean {
  if (cursor.peek() === '>') {
    cursor.at++;
    decoration.quote = true;
    return true;
  }
  const hashes = cursor.match(HASHES);
  if (hashes !== null) {
    decoration.hash = hashes[0].length;
    return true;
  }
  if (cursor.match(BULLET) !== null) {
    decoration.bullet = true;
    return true;
  }
  if (cursor.match(EMPHASIS) !== null) {
    decoration.bold = true;
    return true;
  }
  const tag = cursor.match(TAG);
  if (tag !== null) {
    const name = (tag[2] ?? '').toLowerCase();
    if (/^h[1-6]$/.test(name)) decoration.hash = Number(name.charAt(1));
    if (name === 'b' || name === 'strong' || name === 'u') decoration.bold = true;
    if (name === 'li') decoration.bullet = true;
    return true;
  }
  const section = cursor.match(SECTION);
  if (section !== null) {
    decoration.hash = 1 + (section[1] ?? '').split('sub').length;
    return true;
  }
  if (cursor.match(STRESS) !== null) {
    decoration.bold = true;
    return true;
  }
  if (cursor.match(ITEM) !== null) {
    decoration.bullet = true;
    return true;
  }
  return SKIPPED.some((skipped) => cursor.match(skipped) !== null);
}

const CLOSES = /[*_<}\\#]/;
const CLOSERS: readonly RegExp[] = [
  /\*{1,3}(?!\*)/y,
  /_{1,3}(?!_)/y,
  /<\/[a-zA-Z][a-zA-Z0-9]{0,10}\s*>/y,
  /<br\s*\/?>/y,
  /\}/y,
  /\\\\(?=\s|$)/y,
  /#+\s*$/y,
];

/** Takes the ends of emphasis, tags and hashes that follow a heading's words. Says whether emphasis was closed. */
export function readClosers(cursor: Cursor): boolean {
  let emphasised = false;
  for (let steps = 0; steps < 8; steps++) {
    const before = cursor.peek();
    if (!CLOSES.test(before)) break;
    if (!CLOSERS.some((closer) => cursor.match(closer) !== null)) break;
    if (before === '*' || before === '_') emphasised = true;
  }
  return emphasised;
}
