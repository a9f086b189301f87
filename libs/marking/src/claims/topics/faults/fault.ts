import type { Subject } from '../../claim.js';
import type { CodeFacts } from '../../facts.js';

/** A fault as answers put it, and the checks whose finding bears it out. */
export interface Fault {
  readonly subject: Subject;
  /** The words that are the claim; one of them must match the clause. */
  readonly says: readonly RegExp[];
  /** Words for what happens because of it: in a clause that says that it does not, they are no claim of the fault. */
  readonly happens?: readonly RegExp[];
  /** Checks that find it. */
  readonly checks: RegExp;
  /** What else bears it out, in the code itself. */
  readonly shown?: (facts: CodeFacts) => string | undefined;
  /** Whether the code shows beyond doubt that it is not so; the line is the proof. */
  readonly refuted?: (facts: CodeFacts) => number | undefined;
}
