import { skipBlankLines } from './assemble/sections.js';
import type { Answer, Span } from './split.js';

/** An answer as one text, whose places can be found again in the document. */
export interface AnswerText {
  readonly text: string;
  /** The place in the document of a place in this text (0 to its length). */
  toDocument(offset: number): number;
  /** The stretch of the document from the start to the end of a stretch of this text. */
  spanToDocument(span: Span): Span;
}

interface Part {
  /** Where this piece begins in the joined text. */
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

const SENTENCE_ENDS = /[.!?:;。！？)\]}$|`"”]$/;

/**
 * Joins the pieces of an answer. White space around each piece is left out; a sentence that a page break cut in two is
 * joined by a space, other pieces by a blank line.
 */
export function answerText(document: string, answer: Pick<Answer, 'pieces'>): AnswerText {
  let text = '';
  const parts: Part[] = [];
  for (const piece of answer.pieces) {
    const { start, end } = trimmed(document, piece);
    if (end <= start) continue;
    const begins = document.slice(start, start + 1);
    const cut = text !== '' && !SENTENCE_ENDS.test(text) && /\p{Ll}/u.test(begins);
    if (text !== '') text += cut ? ' ' : '\n\n';
    parts.push({ at: text.length, start, end });
    text += document.slice(start, end);
  }
  const toDocument = (offset: number): number => {
    const part = parts.findLast(({ at }) => at <= offset) ?? parts[0];
    return part === undefined ? 0 : Math.min(part.end, part.start + Math.max(0, offset - part.at));
  };
  return {
    text,
    toDocument,
    spanToDocument: ({ start, end }) => {
      const from = toDocument(start);
      return { start: from, end: end <= start ? from : toDocument(end - 1) + 1 };
    },
  };
}

/** Without blank lines before and white space after; the first line keeps its indentation, which code needs. */
function trimmed(document: string, { start, end }: Span): Span {
  const from = skipBlankLines(document, start);
  return { start: from, end: from + document.slice(from, end).trimEnd().length };
}
