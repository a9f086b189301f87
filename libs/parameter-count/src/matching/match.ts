import type { Working } from '@tensormark/arithmetic';
import type { Reference } from '../reference/reference.js';
import { claimsIn } from './claim.js';
import { matchUnder } from './match-under.js';
import type { Matching, Outcome } from './outcome.js';

/** How much one outcome speaks for the convention under which it came about. */
const WEIGHT: Readonly<Record<Outcome['kind'], number>> = {
  correct: 4,
  method: 3,
  follows: 2,
  'in-part': 1,
  misread: 0,
  wrong: 0,
  'not-found': 0,
};

/**
 * Matches a working to what was asked: by value, by the form of its calculations, by what follows from its own earlier
 * values, and by the words around its numbers. One convention holds for the whole working, the one that explains it best;
 * where several do, the first reference given.
 */
export function matchWorking(references: readonly [Reference, ...Reference[]], working: Working): Matching {
  const claims = claimsIn(working);
  const all = references.map((reference) => ({ reference, ...matchUnder(reference, claims) }));
  const [first, ...others] = all.toSorted((a, b) => weightOf(b.outcomes) - weightOf(a.outcomes));
  if (first === undefined) return { reference: references[0], outcomes: new Map(), slips: [], mixed: [] };
  return { ...first, mixed: mixedWith(first, others) };
}

function weightOf(outcomes: ReadonlyMap<string, Outcome>): number {
  let weight = 0;
  for (const outcome of outcomes.values()) weight += weightOfOne(outcome);
  return weight;
}

/** A calculation that goes on from slips to no result that holds says less than one whose result follows. */
function weightOfOne(outcome: Outcome): number {
  return outcome.kind === 'method' && outcome.from.length > 0 ? WEIGHT['in-part'] : WEIGHT[outcome.kind];
}

type Under = Omit<Matching, 'mixed'>;

function mixedWith(best: Under, others: readonly Under[]): Matching['mixed'] {
  return [...best.outcomes].flatMap(([id, outcome]) => {
    if (outcome.kind === 'correct' || outcome.kind === 'follows') return [];
    for (const { reference, outcomes } of others) {
      const other = outcomes.get(id);
      const asked = reference.asked.get(id);
      if (other?.kind === 'correct' && asked !== undefined) return [{ asked, reference, claim: other.claim }];
    }
    return [];
  });
}
