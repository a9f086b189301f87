import type { Span } from '@tensormark/python';
import type { Program } from '@tensormark/frameworks';
import type { Evidence, Fix, Severity } from './finding.js';

/** What a check reports: where, what, and on what grounds. */
export interface Found {
  readonly at: Span;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly fix?: Fix;
  /** Where the severity differs from the check's. */
  readonly severity?: Severity;
  /** Where what the check says in general is not in the words of the library that the program uses. */
  readonly why?: string;
  readonly instead?: string;
}

/** An example with the fault marked: the line that ends in `# <--` is the one to be found. */
export type WrongExample = string;

/**
 * One thing that can be wrong with a program. Its examples are its first tests: on a wrong one this check (and no other
 * of severity error or warning) finds the marked line, on a right one no check finds anything.
 */
export interface Check {
  /** The id in `checks.md`: `softmax-ce`. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** One sentence: why it matters. */
  readonly why: string;
  /** One sentence: what to do instead. */
  readonly instead: string;
  /** What must have been seen for the check to speak at all. */
  readonly needs: string;
  /** Whether it rests on shapes alone, so that a network may be asked about on inputs that it would take. */
  readonly onSupposed?: true;
  readonly wrong: readonly WrongExample[];
  readonly right: readonly string[];
  run(program: Program): Iterable<Found>;
}
