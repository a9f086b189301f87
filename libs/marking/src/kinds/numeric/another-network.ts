import type { Matching } from '@tensormark/parameter-count';
import { explanationsOf, type Judging } from './explanations.js';

/** So many numbers taken otherwise than the question gives them are another question's. */
const NUMBERS_OF_ANOTHER = 2;

const KNOWN = new WeakMap<Matching, boolean>();

/**
 * Whether a working is about another network: several numbers that the question gives are others in it, and no well-known
 * error is behind that. What follows from them is for a person to judge.
 */
export function isOfAnotherNetwork(judging: Judging): boolean {
  const known = KNOWN.get(judging.matching);
  if (known !== undefined) return known;
  const found = numbersOfAnother(judging).size >= NUMBERS_OF_ANOTHER;
  KNOWN.set(judging.matching, found);
  return found;
}

function numbersOfAnother(judging: Judging): ReadonlySet<string> {
  const { reference, outcomes, slips } = judging.matching;
  const found = new Set<string>();
  for (const [id, outcome] of outcomes) {
    const asked = reference.asked.get(id);
    if (outcome.kind !== 'misread' || asked === undefined) continue;
    const taken = outcome.differences.filter(({ of }) => of.kind === 'given');
    if (taken.length === 0 || explanationsOf(asked, outcome, judging).length > 0) continue;
    for (const { expected, found: other } of taken) found.add(`${expected.toString()} ${other.toString()}`);
  }
  for (const { node, value } of slips) {
    const known = reference.nodes.get(node);
    if (known?.measure !== 'size' || known.formula.kind !== 'quantity') continue;
    found.add(`${known.value.numerator} ${value.toString()}`);
  }
  return found;
}
