import type { Finding } from '@tensormark/code-review';
import type { Claim } from './claim.js';
import { clausesOf, stated } from './clauses.js';
import type { CodeFacts } from './facts.js';
import { meantBy, type Meant } from './parts.js';
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
  for (const clause of clausesOf(answer, facts.text)) {
    const read = meantBy(clause, facts).map((meant) => claimsOf(meant, facts.text));
    claims.push(...ofEach(read));
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

/** What every family of claims reads in a clause. */
function claimsOf({ clause, facts }: Meant, code: string): readonly Claim[] {
  const own: Claim[] = [];
  const alone = stated(clause, code);
  for (const topic of TOPICS) {
    for (const claim of topic.read(topic.readsAsides === true ? clause : alone, facts)) {
      // Two families may see the same words; what is decided says more than what is not.
      const same = own.findIndex((other) => overlaps(other, claim));
      const other = own[same];
      if (other === undefined || other.subject !== claim.subject) own.push(claim);
      else if (other.verdict === 'not-checkable' && claim.verdict !== 'not-checkable') own[same] = claim;
    }
  }
  return own;
}

/** What is said of each of several parts: wrong where it is wrong of one, and borne out where it is so of all. */
function ofEach(read: readonly (readonly Claim[])[]): readonly Claim[] {
  const [first = [], ...others] = read;
  if (others.length === 0) return first;
  return first.map((claim) => {
    const alike = others.map((claims) =>
      claims.find(({ subject, span }) => subject === claim.subject && span.start === claim.span.start),
    );
    const all = [claim, ...alike];
    const wrong = all.find((each) => each?.verdict === 'contradicted');
    if (wrong !== undefined) return wrong;
    return all.every((each) => each?.verdict === 'supported')
      ? claim
      : { ...claim, verdict: 'not-checkable' };
  });
}

function overlaps(a: Claim, b: Claim): boolean {
  return a.span.start < b.span.end && b.span.start < a.span.end;
}
