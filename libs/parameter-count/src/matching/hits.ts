import { Rational, sizes as sizesIn, type NumberNode } from '@tensormark/arithmetic';
import { accepts } from '../reference/acceptance.js';
import type { Asked, Reference } from '../reference/reference.js';
import type { Claim } from './claim.js';
import { isConverted, readingsIn } from './units.js';
import { exact } from '../exact.js';

/** Whether a claim gives the values wanted, and if so whether to fewer digits than they have. */
export type Hit = 'exact' | 'rounded';

/** Fewer figures than this are a guess at the size of a number and no rounding of it. */
const LEAST_FIGURES = 2;

/** What is expected of a thing asked, in order; of a number one value. */
export function expectedValues(reference: Reference, asked: Asked): readonly Rational[] {
  return asked.nodes.flatMap((id) => {
    const node = reference.nodes.get(id);
    return node === undefined ? [] : [exact(node.value)];
  });
}

/** Compares a claim with the values that a thing asked should have; a shape may have its channels last or its batch first. */
export function hits(
  reference: Reference,
  asked: Asked,
  claim: Claim,
  wanted: readonly Rational[],
): Hit | undefined {
  const [only] = wanted;
  if (only === undefined) return undefined;
  if (asked.form !== 'number' && wanted.length > 1) {
    const sizes = claim.sizes ?? sidesOf(claim);
    return orders(asked, wanted).some((order) => sameList(asked, order, sizes)) ? 'exact' : undefined;
  }
  if (claim.sizes !== null) {
    const { sizes } = claim;
    const all =
      asked.form === 'shape' ? orders(asked, wanted).some((order) => sameList(asked, order, sizes)) : false;
    const side = sideOf(asked, sizes);
    if (side !== undefined) return side.equals(only) ? 'exact' : undefined;
    // "28 × 28" answers a question for the height.
    return all || (sizes.length > 0 && sizes.every((size) => size.equals(only))) ? 'exact' : undefined;
  }
  const readings = readingsIn(reference, asked, claim);
  const near = isConverted(asked, claim);
  if (readings.some((value) => accepts(asked.accept, only, value) || (near && accepts(near, only, value))))
    return 'exact';
  return roundsTo(claim, only, readings) ? 'rounded' : undefined;
}

/** The numbers of `… = 16 × 23`, which may be a size as well as a product. */
function sidesOf({ expression, role }: Claim): readonly Rational[] {
  const sides = role === 'result' ? sizesIn(expression) : null;
  return sides === null ? [] : sides.map((side) => numeral(side));
}

const SIDES = ['receptive-field-width', 'receptive-field', 'receptive-field-depth'];

/** Of a receptive field that is given with all its sides the one that is asked for: the width stands last. */
function sideOf({ nodes: [id] }: Asked, sizes: readonly Rational[]): Rational | undefined {
  const fromEnd = SIDES.indexOf(id.slice(id.lastIndexOf('/') + 1));
  return fromEnd < 0 || sizes.length < 2 ? undefined : sizes.at(-1 - fromEnd);
}

/** Whether the number shown is the value rounded to the digits shown, where it says that it is rounded. */
function roundsTo(claim: Claim, wanted: Rational, readings: readonly Rational[]): boolean {
  const number = numberOf(claim);
  if (number === null) return false;
  const { decimals, significant, trailingZeros, multiplier, suffix } = number.numeral;
  // `50000/128 = 390` is cut off, and no 391 to the tens.
  const isCalled = decimals === 0 && wanted.isInteger ? claim.saysRounded : claim.approximate;
  const says = isCalled || suffix !== null || (decimals > 0 && !wanted.isInteger);
  const figures = decimals === 0 ? significant - trailingZeros : significant;
  if (!says || figures < LEAST_FIGURES) return false;
  const shown = numeral(number);
  const step = multiplier.timesPowerOfTen(decimals === 0 ? trailingZeros : -decimals);
  return readings.some((value) => {
    if (shown.isZero) return false;
    // A prefix or another unit makes the last place larger or smaller as it does the number.
    const place = step.times(value.dividedBy(shown)).absolute();
    return value.minus(wanted).absolute().times(Rational.of(2)).compare(place) <= 0;
  });
}

function numeral({ numeral: { mantissa, multiplier } }: NumberNode): Rational {
  return mantissa.times(multiplier);
}

function numberOf({ expression }: Claim): NumberNode | null {
  return expression.kind === 'number' ? expression : null;
}

function orders({ form }: Asked, wanted: readonly Rational[]): readonly (readonly Rational[])[] {
  const [channels, ...spatial] = wanted;
  if (form !== 'shape' || channels === undefined) return [wanted];
  return spatial.length === 0 ? [wanted] : [wanted, [...spatial, channels]];
}

function sameList({ accept, form }: Asked, wanted: readonly Rational[], sizes: readonly Rational[]): boolean {
  const given = form === 'shape' && sizes.length === wanted.length + 1 ? sizes.slice(1) : sizes;
  return (
    given.length === wanted.length &&
    given.every((size, at) => {
      const other = wanted[at];
      return other !== undefined && accepts(accept, other, size);
    })
  );
}
