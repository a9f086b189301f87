import type { Features, Told } from '../match/features.js';

const APART = 0.05;
const BY_TWO = 0.1;

/**
 * Words of a statement that stand in two sentences, none beside what it stands beside in the statement: a bag of words, whatever each
 * sentence says.
 */
export function isScattered({ pairs, joined }: Features): boolean {
  return pairs < APART && joined >= BY_TWO;
}

const ENOUGH = 3;
const BESIDE = 0.15;

/** One word of three, or two of more, and hardly one beside what it stands beside in the statement, are not what it says. */
export function saysTooFew({ said, of }: Told, { pairs }: Features): boolean {
  return said < Math.min(ENOUGH, of - 1) && pairs < BESIDE;
}

export const A_PART = 0.15;

/** A term of the field that is a part of what an item asks for has to be named: "a distributed processor" is not a parallel one. */
export function leavesUnnamed({ unnamed }: Told): boolean {
  return unnamed >= A_PART;
}

const NEXT_TO_NOTHING = 0.25;

/** Who says in the question's words that the cookies are no pure sugar has not said how one can tell. */
export function addsNothing({ added }: Told): boolean {
  return added !== undefined && added < NEXT_TO_NOTHING;
}

/** Who names what a statement speaks of, and nothing of what it says that this is, has said nothing of it. */
export function saysNothingOfIt({ predicate }: Told): boolean {
  return predicate !== undefined && predicate < A_PART;
}
