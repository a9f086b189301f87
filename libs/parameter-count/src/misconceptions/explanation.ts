import type { Formula, Rational } from '@tensormark/network';
import type { Frequency, Subject } from './misconception.js';

/** One error found behind a number. */
export interface FoundError {
  /** The misconception's id; `slip` and its kind for one of writing. */
  readonly misconception: string;
  readonly about: Subject | 'writing';
  readonly frequency: Frequency;
  /** "the kernel is not squared in conv1": a clause about the work. */
  readonly says: string;
  /** Paths of the modules that it is made in, or may be made in one of; empty where it is about the whole. */
  readonly modules: readonly string[];
}

/** Errors that together give exactly the number, or the number after the rounding that it was given. */
export interface Explanation {
  readonly errors: readonly [FoundError] | readonly [FoundError, FoundError];
  /** What was worked out instead of the right formula; undefined for a slip of writing. */
  readonly formula: Formula | undefined;
  /** Before any rounding. */
  readonly value: Rational;
  /** All errors in a clause: "the kernel is not squared in conv1 and the bias is left out". */
  readonly says: string;
}

/**
 * A sentence about a wrong number, or undefined where nothing explains it: with more than one explanation it says that
 * it is one of them.
 */
export function sentenceFor(written: string, explanations: readonly Explanation[]): string | undefined {
  const [first, ...others] = explanations;
  if (first === undefined) return undefined;
  if (others.length === 0) return `${written} is what comes out where ${first.says}.`;
  const all = explanations.map(({ says }, at) => `(${at + 1}) ${says}`);
  return `${written} is what comes out with one of these: ${all.join('; ')}.`;
}
