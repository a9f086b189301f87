import type { ConfidenceLevel } from '../split.js';

/** Nothing that a machine reads off a layout is surer than this. */
export const MOST_CONFIDENT = 0.99;

const SURE = 0.9;
const LIKELY = 0.65;

/** `sure` from 0.9, `likely` from 0.65, else `unsure`. */
export function confidenceLevel(confidence: number): ConfidenceLevel {
  if (confidence >= SURE) return 'sure';
  return confidence >= LIKELY ? 'likely' : 'unsure';
}

/** What speaks against being sure, whatever the layout says; an answer is as sure as the least of what bears on it. */
export const AT_MOST = {
  /** The same part has two headings and the second does not say that it continues the first: which one is meant? */
  duplicate: 0.6,
  /** The only part of an exam, in a document without headings. */
  onlyPart: 0.92,
  /** The only part of a question, under that question's heading. */
  onlyPartOfQuestion: 0.9,
  /** A part without a heading may have its answer in here: a line that could be its heading was passed over. */
  holdsMissing: 0.6,
  /** A bare number heads it, where parts of other questions stand under no question's heading at all. */
  bareAmongUnheaded: 0.6,
  /** Text under a question's heading where the first part's own heading is missing. */
  unlabelledFirstPart: 0.5,
  /** Placed by what it is about, without any heading. */
  byContent: 0.45,
} as const;
