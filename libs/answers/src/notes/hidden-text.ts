import type { Note, Span } from '../split.js';

interface Hiding {
  readonly pattern: RegExp;
  readonly says: (found: RegExpExecArray) => string;
  /** What may be hidden by it where that is more than what was found. */
  readonly hides?: 'element' | 'paragraph' | 'rest';
}

/** A stretch that a reader of the rendered document may not see, and how that comes. */
export interface HiddenStretch {
  readonly span: Span;
  readonly says: string;
}

const LONGEST_QUOTE = 160;
const MOST_NOTES = 50;

/** Ways to put text into a document that a reader does not see, or sees in another order. */
const HIDINGS: readonly Hiding[] = [
  {
    pattern:
      /<[a-z]{1,10}\s[^<>]{0,200}(?:display\s?:\s?none|visibility\s?:\s?hidden|font-size\s?:\s?0|color\s?:\s?(?:white|#fff(?:fff)?)\b|hidden(?=[\s=>]))[^<>]{0,200}>/gi,
    says: (found) => `HTML that hides the text in it: “${quote(found[0])}”.`,
    hides: 'element',
  },
  {
    pattern:
      /\\[hv]?phantom\b|\\(?:text)?color\s{0,4}(?:\[[^\]]{0,20}\]\s{0,4})?\{\s{0,4}(?:white|[Ff]{6}|1,\s?1,\s?1|1)\s{0,4}\}|\\(?:transparent|texttransparent|opacity)\{\s{0,4}0?\.?0{0,3}\s{0,4}\}/g,
    says: (found) => `LaTeX that hides the text in it: “${quote(found[0])}”.`,
    hides: 'paragraph',
  },
  {
    pattern: /(?:\udb40[\udc00-\udc7f])+/g,
    says: (found) =>
      `${found[0].length / 2} invisible tag characters, which spell: “${quote(
        [...found[0]].map((tag) => String.fromCharCode((tag.codePointAt(0) ?? 0) - 0xe0000)).join(''),
      )}”.`,
  },
  {
    pattern: /[\u202d\u202e]/g,
    says: () =>
      'A control character that forces the direction of the text: what is shown and what is read may differ.',
    hides: 'rest',
  },
  {
    pattern: /[\u200b\u2060-\u2064\ufeff]{3,}/g,
    says: (found) => `${found[0].length} invisible characters in a row.`,
  },
];

/** Every such place, in the order of the kinds and then of the document. */
export function findHiddenText(text: string): readonly Note[] {
  return findAll(text).map(({ kind, span, says }) => ({ kind, span, says }));
}

/** What all those places may hide, as far as can be told: nothing in it was plainly written to be read. */
export function hiddenStretches(text: string): readonly HiddenStretch[] {
  return findAll(text).map(({ span: { start, end }, says, hides }) => ({
    span: { start, end: hides === undefined ? end : endOfHidden(text, start, end, hides) },
    says,
  }));
}

interface Found extends Note {
  readonly hides?: Hiding['hides'];
}

function findAll(text: string): readonly Found[] {
  return [...findComments(text), ...findHidings(text)];
}

/** Where an element is not closed, or is closed by one within it, more is taken to be hidden rather than less. */
function endOfHidden(
  text: string,
  start: number,
  end: number,
  hides: 'element' | 'paragraph' | 'rest',
): number {
  if (hides === 'rest') return text.length;
  const paragraph = text.indexOf('\n\n', end);
  if (hides === 'paragraph') return paragraph < 0 ? text.length : paragraph;
  const name = /^<([a-z]+)/i.exec(text.slice(start, start + 12))?.[1] ?? '';
  const closing = new RegExp(`</${name}`, 'gi');
  closing.lastIndex = end;
  return closing.exec(text)?.index ?? text.length;
}

function findComments(text: string): readonly Found[] {
  const notes: Found[] = [];
  let start = text.indexOf('<!--');
  while (start >= 0 && notes.length < MOST_NOTES) {
    const close = text.indexOf('-->', start + 4);
    if (close < 0) break;
    const said = text.slice(start + 4, close);
    if (said.trim() !== '') {
      notes.push({
        kind: 'hidden-text',
        span: { start, end: close + 3 },
        says: `A comment that a rendered page does not show: “${quote(said)}”.`,
      });
    }
    start = text.indexOf('<!--', close);
  }
  return notes;
}

function findHidings(text: string): readonly Found[] {
  return HIDINGS.flatMap(({ pattern, says, hides }) => {
    const notes: Found[] = [];
    for (const found of text.matchAll(pattern)) {
      if (notes.length >= MOST_NOTES) break;
      notes.push({
        kind: 'hidden-text',
        span: { start: found.index, end: found.index + found[0].length },
        says: says(found),
        ...(hides && { hides }),
      });
    }
    return notes;
  });
}

function quote(text: string): string {
  const flat = text
    .slice(0, 4 * LONGEST_QUOTE)
    .replace(/\s+/g, ' ')
    .trim();
  return flat.length > LONGEST_QUOTE ? `${flat.slice(0, LONGEST_QUOTE)}…` : flat;
}
