import type { Reading } from './reading.js';

/** Verbs that say little without what follows them. */
const LIGHT =
  /^(?:mak(?:e|es|ing)|made|tak(?:e|es|ing)|took|giv(?:e|es|ing)|gave|get|gets|getting|need|needs)$/;
const REACH = 2;

/** "makes a copy" is not denied by "need not make a journey": such verbs are denied of what follows them. */
export function areOfOtherThings(one: Reading, at: number, other: Reading, place: number): boolean {
  if (!isLight(one, at) || !isLight(other, place)) return false;
  const wanted = objectAfter(one, at);
  const found = objectAfter(other, place);
  return wanted !== undefined && found !== undefined && wanted !== found;
}

function isLight({ tokens }: Reading, at: number): boolean {
  return LIGHT.test(tokens[at]?.word ?? '');
}

function objectAfter({ said, clauseOf }: Reading, at: number): string | undefined {
  return said.find((each) => clauseOf[at] === each.clause && each.at > at && each.at - at <= REACH + 1)?.unit;
}
