import type { Span } from './document.js';

/** Where a person has to look at the original, and why. */
export interface PlacedDoubt {
  readonly span: Span;
  readonly why: string;
  readonly says: string;
}

/** What was found in a document for one part of an exam. */
export interface PartText {
  readonly part: string;
  /** False when nothing in the document answers the part. */
  readonly found: boolean;
  readonly text: string;
  /** Where in the document's text it stands. */
  readonly pieces: readonly Span[];
  /** 0 to 1; 0 sends it to a person. */
  readonly confidence: number;
  readonly reasons: readonly string[];
}

/** Doubts after which the text may lack something that stands in the file. */
const LOSES = new Set(['read-by-machine', 'not-read']);
const MOST_REASONS = 6;

/**
 * An answer in which something has to be compared with the original gets a confidence of 0, for which marking sends it
 * to a person: 7² read as 72 is a wrong mark.
 */
export function doubted(answer: PartText, doubts: readonly PlacedDoubt[]): PartText {
  const touching = doubts.filter(({ span }) =>
    answer.pieces.some((piece) => piece.start < span.end && span.start < piece.end),
  );
  if (touching.length === 0) return answer;
  return { ...answer, confidence: 0, reasons: [...says(touching), ...answer.reasons] };
}

/**
 * No answer in the text: absent, unless the file holds what was not read, or not surely, or unless text that stands under no
 * part may answer it (`unplaced` says which).
 */
export function notFound(
  part: string,
  doubts: readonly PlacedDoubt[],
  unplaced: readonly string[] = [],
): PartText {
  const losses = doubts.filter(({ why }) => LOSES.has(why));
  const nothing = { part, text: '', pieces: [], reasons: [] };
  if (losses.length === 0 && unplaced.length === 0) return { ...nothing, found: false, confidence: 1 };
  return {
    ...nothing,
    found: true,
    confidence: 0,
    reasons: [
      ...(losses.length === 0
        ? []
        : [
            'No answer to this part was found in what could be read; it may stand in what could not.',
            ...says(losses),
          ]),
      ...(unplaced.length === 0
        ? []
        : ['No answer was found under a heading of this part, and it may stand elsewhere.', ...unplaced]),
    ].slice(0, MOST_REASONS),
  };
}

function says(doubts: readonly PlacedDoubt[]): readonly string[] {
  return [...new Set(doubts.map((doubt) => doubt.says))].slice(0, MOST_REASONS);
}
