import { Rational } from '@tensormark/arithmetic';
import { exact } from '../exact.js';
import type { Asked, Reference } from '../reference/reference.js';
import { unitSize } from '../reference/units.js';
import type { Claim } from './claim.js';

const ONE = Rational.ONE;

/**
 * What a claim may stand for where a thing is asked, under the convention on what a kilobyte is: with the unit written, or
 * where none is with the one asked for. `12 MB` of memory is never 12 bytes.
 */
export function readingsIn(reference: Reference, asked: Asked, claim: Claim): readonly Rational[] {
  const { convention } = reference;
  const isMemory = measureOf(reference, asked) === 'bytes';
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

/** Whether the number alone is the expected one, its unit being another: `12,845,056 MB`, or none where MB are asked for. */
export function hasAnotherUnit(reference: Reference, asked: Asked, claim: Claim): boolean {
  const node = reference.nodes.get(asked.nodes[0]);
  if (node === undefined || node.measure === 'expression' || asked.nodes.length > 1) return false;
  if (!exact(node.value).equals(claim.value)) return false;
  if (claim.unit !== null) return node.measure === 'bytes' && isPrefixedBytes(claim);
  return (
    asked.unit !== null &&
    node.measure === 'bytes' &&
    !hasPrefix(claim) &&
    !unitSize(asked.unit, reference.convention).equals(ONE)
  );
}

/** `KB`, `MiB`: it stands for the number times a power of 1000 or 1024. */
function isPrefixedBytes({ unit, values }: Claim): boolean {
  return unit?.counts === 'bytes' && values.some(({ kilo }) => kilo !== null);
}

function hasPrefix({ expression }: Claim): boolean {
  return expression.kind === 'number' && expression.numeral.suffix !== null;
}

function measureOf({ nodes }: Reference, { nodes: ids }: Asked) {
  return nodes.get(ids[0])?.measure;
}
