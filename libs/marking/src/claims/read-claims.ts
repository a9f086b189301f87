import type { Finding } from '@tensormark/code-review';
import type { Claim } from './claim.js';
import { clausesOf } from './clauses.js';
import type { CodeFacts } from './facts.js';
import { meantBy } from './parts.js';
import { TOPICS } from './topics/table.js';

const MOST_CLAIMS = 120;

export interface ReadClaims {
  /** In the order of the answer. */
  readonly claims: readonly Claim[];
  /** What code review found and no claim names, errors and warnings only. */
  readonly missed: readonly Finding[];
}

/**
 * The claims of an answer about given code, each held against the code. Pure; a verdict of `contradicted` is only given to
 * what is said outright of this code, of a place in it that is clear, and which the code shows to be otherwise.
 */
export function readClaims(answer: string, facts: CodeFacts): ReadClaims {
  const claims: Claim[] = [];
  for (const clause of clausesOf(answer)) {
    const own: Claim[] = [];
    const meant = meantBy(clause, facts);
    for (const topic of TOPICS) {
      for (const claim of topic.read(meant.clause, meant.facts)) {
        // Two families may see the same words; what is decided says more than what is not.
        const same = own.findIndex((other) => overlaps(other, claim));
        const other = own[same];
        if (other === undefined || other.subject !== claim.subject) own.push(claim);
        else if (other.verdict === 'not-checkable' && claim.verdict !== 'not-checkable') own[same] = claim;
      }
    }
    claims.push(...own);
    if (claims.length >= MOST_CLAIMS) break;
  }
  const named = new Set(
    claims.filter(({ verdict }) => verdict === 'supported').flatMap(({ names = [] }) => names),
  );
  return {
    claims: claims.slice(0, MOST_CLAIMS).toSorted((a, b) => a.span.start - b.span.start),
    missed: facts.findings.filter(
      ({ check, severity }) => !named.has(check) && (severity === 'error' || severity === 'warning'),
    ),
  };
}

function overlaps(a: Claim, b: Claim): boolean {
  return a.span.start < b.span.end && b.span.start < a.span.end;
}
