import { numericLeaves, workOf } from '@tensormark/arithmetic';
import { exact } from '../exact.js';
import type { Asked, Reference } from '../reference/reference.js';
import type { Affinities } from './affinity.js';
import type { Claim } from './claim.js';
import { expectedValues, hits } from './hits.js';
import { speaksOfAnother } from './called.js';
import { isAlternative } from './listed.js';
import { statesInPassing } from './mentions.js';
import { namesPiece } from './words.js';

/** What is known of the claims of a working while they are matched. */
export interface Weighing {
  readonly reference: Reference;
  readonly claims: readonly Claim[];
  readonly affinities: Affinities;
  /** Whether the words speak of this more than of anything else that is still open. */
  prefers(asked: Asked, claim: Claim): boolean;
  /** Whether the words keep a number for something else. */
  isAnothers(asked: Asked, claim: Claim): boolean;
}

/**
 * Another value that the words give for the same thing as a right one: where no true equation leads to it, or where no
 * words name the right one and nothing goes on from the other.
 */
export function rivalOf(asked: Asked, claim: Claim, weighing: Weighing): Claim | null {
  const { reference, claims, affinities } = weighing;
  const expected = expectedValues(reference, asked);
  const score = affinities.of(asked, claim).score;
  const alternative = alternativeTo(claim, claims);
  if (
    alternative !== undefined &&
    !isTheSameWork(reference, asked, alternative) &&
    hits(reference, asked, alternative, expected) === undefined
  )
    return alternative;
  return (
    claims.find(
      (other) =>
        (other.role === 'result' || statesInPassing(reference, affinities, asked, other)) &&
        other.sizes === null &&
        !weighing.isAnothers(asked, other) &&
        !speaksOfAnother(reference, asked, other) &&
        !isTheSameWork(reference, asked, other) &&
        (other.equation === null ||
          other.verdict === 'false' ||
          (score <= 0 && !isStep(asked, other, weighing))) &&
        sameColumn(claim, other) &&
        hits(reference, asked, other, expected) === undefined &&
        affinities.of(asked, other).direct &&
        weighing.prefers(asked, other) &&
        affinities.of(asked, other).score >= score &&
        (sameWords(claim, other) ||
          (!other.words.some(({ text }) => namesPiece(text)) && !isKnown(reference, other))),
    ) ?? null
  );
}

/** `231,424 or 230,400`: the number beside one, joined to it by "or". */
function alternativeTo(claim: Claim, claims: readonly Claim[]): Claim | undefined {
  const [before, after] = [claims[claim.order - 1], claims[claim.order + 1]];
  if (after !== undefined && isAlternative(claim, after)) return after;
  return before !== undefined && isAlternative(before, claim) ? before : undefined;
}

/** Whether the working goes on from a number, other than to something else that is asked. */
function isStep(asked: Asked, { value, equation }: Claim, weighing: Weighing): boolean {
  return weighing.claims.some(
    (later) =>
      later.equation !== equation &&
      !weighing.isAnothers(asked, later) &&
      numericLeaves(later.expression).some((leaf) => leaf.numeral.mantissa.equals(value)),
  );
}

/** Whether a number is one of the reference's own, whatever the words say. */
export function isKnown({ nodes }: Reference, { value }: Claim): boolean {
  return [...nodes.values()].some((node) => exact(node.value).equals(value));
}

/** In a table, only what stands in the same column can be another value for the same thing. */
function sameColumn({ cell }: Claim, { cell: other }: Claim): boolean {
  if (other === null) return true;
  return cell === null ? other.header === null : cell.table !== other.table || cell.column === other.column;
}

function sameWords({ words: [a] }: Claim, { words: [b] }: Claim): boolean {
  return a?.direct === true && b?.direct === true && a.text.toLowerCase() === b.text.toLowerCase();
}

/** Whether a number is the work asked for, told in the other unit that there is for it: two FLOPs for each multiply-accumulate. */
export function isTheSameWork(reference: Reference, asked: Asked, { unit, value }: Claim): boolean {
  const measure = reference.nodes.get(asked.nodes[0])?.measure;
  const work = unit === null ? null : workOf(unit);
  if (work === null || work === measure || (measure !== 'flops' && measure !== 'multiply-accumulates'))
    return false;
  const [expected] = expectedValues(reference, asked);
  const [less, more] = work === 'flops' ? [expected, value] : [value, expected];
  return less !== undefined && more?.equals(less.plus(less)) === true;
}
