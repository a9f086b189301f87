import type { Note } from '../split.js';

interface Hiding {
  readonly pattern: RegExp;
  readonly says: (found: RegExpExecArray) => string;
}

const LONGEST_QUOTE = 160;
const MOST_NOTES = 50;

/** Ways to put text into a document that a reader does not see, or sees in another order. */
const HIDINGS: readonly Hiding[] = [
  {
    pattern:
      /<[a-z]{1,10}\s[^<>]{0,200}(?:display\s?:\s?none|visibility\s?:\s?hidden|font-size\s?:\s?0|color\s?:\s?(?:white|#fff(?:fff)?)\b|hidden(?=[\s=>]))[^<>]{0,200}>/gi,
    says: (found) => `HTML that hides the text in it: “${quote(found[0])}”.`,
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
  },
  {
    pattern: /[\u200b\u2060-\u2064\ufeff]{3,}/g,
    says: (found) => `${found[0].length} invisible characters in a row.`,
  },
];

/** Every such place, in the order of the kinds and then of the document. */
export function findHiddenText(text: string): readonly Note[] {
  return [...findComments(text), ...findHidings(text)];
}

function findComments(text: string): readonly Note[] {
  const notes: Note[] = [];
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

function findHidings(text: string): readonly Note[] {
  return HIDINGS.flatMap(({ pattern, says }) => {
    const notes: Note[] = [];
    for (const found of text.matchAll(pattern)) {
      if (notes.length >= MOST_NOTES) break;
      notes.push({
        kind: 'hidden-text',
        span: { start: found.index, end: found.index + found[0].length },
        says: says(found),
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
