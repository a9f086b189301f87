import type { Claim, CodeQuote, Subject, Verdict } from './claim.js';
import type { Clause } from './clauses.js';
import type { CodeFacts } from './facts.js';

/** One family of claims, complete in its file: how they are said, and how the code settles them. */
export interface Topic {
  /** Whether it reads what a clause sets itself against, too ("softmax instead of a sigmoid"), and not what it states alone. */
  readonly readsAsides?: true;
  read(clause: Clause, facts: CodeFacts): Iterable<Claim>;
}

/** A claim that stands at a match within a clause. */
export function claimAt(
  clause: Clause,
  { start, end }: { readonly start: number; readonly end: number },
  subject: Subject,
  verdict: Verdict,
  says: string,
  { code, names }: { readonly code?: CodeQuote | undefined; readonly names?: readonly string[] } = {},
): Claim {
  return {
    span: { start: clause.start + start, end: clause.start + end },
    subject,
    verdict,
    says,
    ...(code && { code }),
    ...(names && names.length > 0 && { names }),
  };
}

/** Where a match stands in its clause. */
export function rangeOf(match: RegExpMatchArray): { start: number; end: number } {
  const start = match.index ?? 0;
  return { start, end: start + match[0].length };
}
