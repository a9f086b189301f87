import { isAlike, measureOf, Rational, sizeOf, type Measure } from '@tensormark/arithmetic';
import { accepts, type Acceptance } from '../reference/acceptance.js';
import { exact } from '../exact.js';
import type { Asked, MeasuredUnit, Reference } from '../reference/reference.js';
import { unitSize } from '../reference/units.js';
import type { Claim } from './claim.js';

const ONE = Rational.ONE;

/**
 * What a claim may stand for where a thing is asked, under the convention on what a kilobyte is: with the unit written, or
 * where none is with the one asked for. `12 MB` of memory is never 12 bytes.
 */
export function readingsIn(reference: Reference, asked: Asked, claim: Claim): readonly Rational[] {
  if (asked.measuredIn !== null) return inMeasure(reference, asked.measuredIn, claim);
  const { convention } = reference;
  const isMemory = measureOfAsked(reference, asked) === 'bytes';
  const isBinary = claim.unit?.written.endsWith('iB') === true;
  const readings = claim.values.flatMap(({ value, kilo }) => {
    if (kilo === null) return isMemory && isPrefixedBytes(claim) ? [] : [value];
    return kilo === convention.kilo || isBinary ? [value] : [];
  });
  if (asked.unit === null || claim.unit !== null || hasPrefix(claim)) return readings;
  const size = unitSize(asked.unit, convention);
  const inUnit = readings.map((value) => value.times(size));
  // A calculation may lead up to the conversion, and 5,670,000 operations are plainly 5.67 M; 360,000 is no number of kB.
  const isPlain = !isMemory || size.equals(ONE) || claim.role === 'calculation';
  return isPlain ? [...readings, ...inUnit] : inUnit;
}

/** What a claim stands for in the unit of the examiner's number; nothing where its own measures something else. */
function inMeasure(
  { convention: { kilo } }: Reference,
  { measure }: MeasuredUnit,
  claim: Claim,
): readonly Rational[] {
  const size = sizeOf(measure, kilo);
  // Byte prefixes are read by the unit itself.
  const all = claim.values.flatMap(({ value, kilo: read }) => (read === null ? [value] : []));
  // Bits come as bytes too, where nothing is known of units.
  const shown = claim.unit?.counts === 'bits' ? all.slice(0, Math.ceil(all.length / 2)) : all;
  const convert = (by: Rational): readonly Rational[] =>
    shown.map((value) => value.times(by).dividedBy(size));
  if (claim.unit !== null) {
    const own = unitOf(claim);
    if (own === null) return shown;
    return isAlike(own, measure) || mayBeARate(claim, measure) ? convert(sizeShown(own, kilo)) : [];
  }
  // A share of one is no per cent without its sign, and 14,000,000 no number of millions.
  if (hasPrefix(claim)) return convert(ONE);
  return measure.of === 'count' && !measure.perSecond && !size.equals(ONE)
    ? [...shown, ...convert(ONE)]
    : shown;
}

function unitOf({ unit }: Claim): Measure | null {
  if (unit === null) return null;
  return measureOf(unit.written);
}

/** A number of things has its prefix within: 0.5 GFLOPs is 500,000,000 already. */
function sizeShown(measure: Measure, kilo: 1000 | 1024): Rational {
  return measure.of === 'count' && !measure.perSecond ? ONE : sizeOf(measure, kilo);
}

/** `FLOPS` are operations, and as often operations a second. */
function mayBeARate({ unit }: Claim, measure: Measure): boolean {
  return unit?.written.endsWith('FLOPS') === true && measure.of === 'count' && measure.perSecond;
}

/** In another unit than its own a number is hardly ever exact. */
const THREE_FIGURES: Acceptance = { kind: 'significant-figures', count: 3 };

/** Whether a number given in another unit than the examiner's is near enough, where nothing else is said. */
export function isConverted({ measuredIn, accept }: Asked, claim: Claim): Acceptance | null {
  const own = unitOf(claim);
  if (measuredIn === null || own === null || accept.kind !== 'exact') return null;
  const { size, kilo } = measuredIn.measure;
  return own.size.equals(size) && own.kilo === kilo ? null : THREE_FIGURES;
}

/** Whether the number alone is the expected one, its unit being another: `12,845,056 MB`, or none where MB are asked for. */
export function hasAnotherUnit(reference: Reference, asked: Asked, claim: Claim): boolean {
  const node = reference.nodes.get(asked.nodes[0]);
  if (node === undefined || asked.nodes.length > 1) return false;
  const { measuredIn } = asked;
  if (measuredIn !== null) {
    const shown = claim.unit === null ? [] : claim.values.filter(({ kilo }) => kilo === null);
    const accept = asked.accept.kind === 'exact' ? THREE_FIGURES : asked.accept;
    return shown.some(({ value }) => accepts(accept, exact(node.value), asMultiple(claim, value)));
  }
  if (node.measure === 'expression') return false;
  if (!exact(node.value).equals(claim.value)) return false;
  if (claim.unit !== null) return node.measure === 'bytes' && isPrefixedBytes(claim);
  return (
    asked.unit !== null &&
    node.measure === 'bytes' &&
    !hasPrefix(claim) &&
    !unitSize(asked.unit, reference.convention).equals(ONE)
  );
}

/** The digits alone of a number of things: 5 of `5 GFLOPs`. */
function asMultiple({ expression }: Claim, value: Rational): Rational {
  return expression.kind === 'number' ? value.dividedBy(expression.numeral.multiplier) : value;
}

/** `KB`, `MiB`: it stands for the number times a power of 1000 or 1024. */
function isPrefixedBytes({ unit, values }: Claim): boolean {
  return unit?.counts === 'bytes' && values.some(({ kilo }) => kilo !== null);
}

function hasPrefix({ expression }: Claim): boolean {
  return expression.kind === 'number' && expression.numeral.suffix !== null;
}

function measureOfAsked({ nodes }: Reference, { nodes: ids }: Asked) {
  return nodes.get(ids[0])?.measure;
}

/**
 * Whether a number has no unit where one is asked for: neither itself nor anything that it is joined to by a sign, nor the
 * words written for it.
 */
export function lacksUnit({ unit, measuredIn }: Asked, claim: Claim): boolean {
  const wanted = measuredIn?.written ?? unit;
  if (wanted === null || claim.unit !== null || hasPrefix(claim)) return false;
  // A share of one needs no sign.
  if (measuredIn !== null && measuredIn.measure.of === 'count' && !measuredIn.measure.perSecond)
    return measuredIn.written === '%' && claim.value.compare(ONE) > 0 && !isNamed(wanted, claim);
  if (unit === 'k' || unit === 'M' || unit === 'G' || unit === 'T' || unit === 'bytes') return false;
  const joined = claim.equation?.sides.some((side) => side.unit !== null) === true;
  return !joined && !isNamed(wanted, claim);
}

/** `Memory in MiB: 24`, or a column that is headed so. */
function isNamed(unit: string, { words }: Claim): boolean {
  return words.some(({ text, direct }) => direct && text.split(/[\s()[\],:]+/).includes(unit));
}
