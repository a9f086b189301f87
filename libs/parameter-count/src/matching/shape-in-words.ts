import { type Rational } from '@tensormark/arithmetic';
import type { Asked } from '../reference/reference.js';
import type { Claim } from './claim.js';
import { agreeing } from './shape-order.js';

/** How channels are counted in a sentence. Filters are a layer's own, and may be named without saying what comes out. */
const CHANNELS =
  /^\W*(?:(?:output|feature|different) )?(?:channels?|maps?|feature maps?|planes?|deep|kanäle\p{L}*)\b/iu;
const OF_CHANNELS = /\b(?:channels?|depth|maps?|kanäle\p{L}*)\W*$/iu;

/** The number of channels stands at most so many numbers from the other sizes. */
const NEAR = 2;

/** Whether a claim gives all sizes of a shape but the channels, each the expected one. */
export function givesAllButChannels(asked: Asked, { sizes }: Claim, expected: readonly Rational[]): boolean {
  const others = expected.slice(1);
  return (
    asked.form === 'shape' &&
    others.length > 1 &&
    sizes?.length === others.length &&
    agreeing(asked, sizes, others) === others.length
  );
}

/** `28 × 28 with 128 channels`, `128 channels of 28 × 28`: the number beside some sizes that says how many channels there are. */
export function channelsBeside(
  { order, line }: Claim,
  claims: readonly Claim[],
  expected: readonly Rational[],
): Claim | undefined {
  const [channels] = expected;
  return claims.find(
    (each) =>
      each.sizes === null &&
      each.line === line &&
      Math.abs(each.order - order) <= NEAR &&
      channels?.equals(each.value) === true &&
      (CHANNELS.test(each.after) || each.words.some(({ text, direct }) => direct && OF_CHANNELS.test(text))),
  );
}
