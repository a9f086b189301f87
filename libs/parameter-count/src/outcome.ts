import type { ConventionName, ExpectedReading } from './asked.js';
import type { Candidate } from './candidates.js';

/** What the working shows for one asked quantity. */
export type Outcome =
  /** The expected value is stated; `supported` says whether a true calculation leads to it. */
  | {
      readonly kind: 'correct';
      readonly reading: ExpectedReading;
      readonly candidate: Candidate;
      readonly support: 'calculation' | 'stated-only' | 'contradicted';
    }
  /** The calculation is the right one, its result is wrong or missing. */
  | {
      readonly kind: 'method';
      readonly reading: ExpectedReading;
      readonly candidate: Candidate;
      readonly result: Candidate | null;
    }
  /** Wrong, yet it follows without a slip from an earlier wrong value of the working. */
  | {
      readonly kind: 'follows';
      readonly reading: ExpectedReading;
      readonly candidate: Candidate;
      readonly from: readonly string[];
    }
  /** The words say that this number is the answer, and it is not the expected one. */
  | { readonly kind: 'wrong'; readonly reading: ExpectedReading; readonly candidate: Candidate }
  | { readonly kind: 'not-found'; readonly reading: ExpectedReading };

/** The outcome of each asked quantity, by its id, under the convention that explains the working best. */
export interface Matching {
  readonly convention: ConventionName;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Quantities that are right only under another accepted convention than the rest: two conventions are mixed. */
  readonly mixed: readonly {
    readonly id: string;
    readonly convention: ConventionName;
    readonly candidate: Candidate;
  }[];
}
