import type { Told } from '../match/features.js';
import type { Statement } from '../match/statement.js';
import type { Reading } from '../meaning/reading.js';
import { A_PART } from './scattered.js';

/** What ties what is so to why it is so. */
const REASON = /^(?:because|since|so|hence|therefore|thus)$/;
/** Whoever ties one thing to another may say either in words of their own. */
const TIES = /^(?:because|since|so|hence|therefore|thus|making|makes?|caus\p{L}*|due|lead\p{L}*|means?|as)$/u;

/**
 * Whether a statement says of something why it is so, "the shadow gets shorter because the sun rises", and a stretch says nothing at all
 * of one side and ties nothing to anything.
 */
export function leavesASide(
  { reading: { tokens }, wanted }: Statement,
  { lacking }: Told,
  read: readonly Reading[],
): boolean {
  // "so that a fire leaves one" only says what for.
  const cuts = tokens.flatMap(({ word }, at) =>
    at > 0 && REASON.test(word) && tokens[at + 1]?.word !== 'that' ? [at] : [],
  );
  if (cuts.length === 0) return false;
  if (read.some((reading) => reading.tokens.some(({ word }, at) => at > 0 && TIES.test(word)))) return false;
  return [0, ...cuts].some((from, index) => {
    const side = wanted.filter(
      ({ at, asked }) => !asked && at >= from && at < (cuts[index] ?? Number.POSITIVE_INFINITY),
    );
    const weight = side.reduce((sum, each) => sum + each.weight, 0);
    return weight >= A_PART && side.every((each) => lacking.includes(each));
  });
}
