import type { Subject } from '../../claim.js';

/**
 * A fault that is named by the words for the thing it is about, in a clause that finds fault: where code review found it,
 * and only there, the words are a claim of it.
 */
export interface NamedByWords {
  readonly checks: RegExp;
  readonly subject: Subject;
  /** Whether something is left out: then a plain "no" or "never" finds fault. */
  readonly isLack?: true;
  /** All of these must be in the clause. */
  readonly words: readonly RegExp[];
}

/** Words with which a clause finds fault with what is there. */
export const FINDS_FAULT =
  /\b(?:wrong\w*|incorrect\w*|mistake\w*|bugs?|errors?|problem\w*|issues?|faults?|faulty|flaw\w*|instead|should\w*|must|ought|needs? to|needed|twice|too|mismatch\w*|fails?|crash\w*|invalid|inappropriate|unsuitable|redundant|unnecessary|leak\w*|bad|cannot|rather than|ignor\w+|lost|overwrit\w+|inverted|swapped|reversed|flipped|confus\w+|mixed up|expects?|requires?|no effect|does nothing|meaningless|pointless|useless|no sense|all data|before the split|same data|unused|still|already|double|undefined|misspel\w+|typo|breaks?|broken|unstable|diverg\w*|mismatched|as well|broadcast\w*|too small|not cover\w*|only covers|exceed\w*|out of range|prevents?|never learns?)\b|\b(?:not|n't) (?:\w+ )?(?:match|fit|suit|suitable|correct|right|appropriate|agree|work|make sense|valid|compatible|meaningful|sensible|useful|reasonable|a (?:meaningful|sensible|useful|valid|suitable|good) )\b/i;

/** Words with which a clause says that something is left out. */
export const FINDS_LACK =
  /\b(?:not|no|never|without|missing|lacks?|lacking|forg[eo]t\w*|omit\w*|absent|nothing|nowhere|none)\b|n't\b/i;
