import { literal, power, product, quantity, quotient, type Formula } from '@tensormark/network';
import { inLayers, inWhole, type LayerMisconception, type WholeMisconception } from '../misconception.js';
import { isQuantity } from '../patterns.js';

/** A factor that a number of bytes is off by. */
function bytes(
  id: string,
  says: string,
  frequency: WholeMisconception['frequency'],
  about: WholeMisconception['about'],
  ...off: readonly ((formula: Formula) => Formula)[]
): WholeMisconception {
  return inWhole(id, says, { about, frequency }, ({ formula, measure }) =>
    measure === 'bytes' ? off.map((change) => ({ make: () => change(formula) })) : [],
  );
}

const times =
  (factor: number) =>
  (formula: Formula): Formula =>
    product(literal(factor), formula);

/** A number of bytes that is taken for each number, where it has another. */
function bytesEach(id: string, says: string, bytes: number): LayerMisconception {
  return inLayers(id, says, { about: 'bytes', frequency: 'common', on: ['quantity'] }, (formula) =>
    isQuantity(formula, 'element_size') ? quantity('element_size', bytes) : undefined,
  );
}

/** `(from/to)^steps`: 1,000 for 1,024 once for kilobytes, twice for megabytes. */
const unit =
  (from: number, to: number, steps: number) =>
  (formula: Formula): Formula =>
    product(formula, power(quotient(literal(from), literal(to)), literal(steps)));

export const MEMORY: readonly (LayerMisconception | WholeMisconception)[] = [
  bytesEach('numbers-for-bytes', 'numbers are counted instead of their bytes', 1),
  bytesEach('eight-bytes', 'eight bytes are taken for a number', 8),
  bytesEach('four-bytes', 'four bytes are taken for a number', 4),
  bytesEach('two-bytes', 'two bytes are taken for a number', 2),
  bytes('bits-for-bytes', 'bits are given instead of bytes', 'common', 'bytes', times(8)),
  bytes(
    'kilo-1024',
    'kilo is taken for 1,024',
    'common',
    'unit',
    unit(1000, 1024, 1),
    unit(1000, 1024, 2),
    unit(1000, 1024, 3),
  ),
  bytes(
    'kilo-1000',
    'kilo is taken for 1,000',
    'common',
    'unit',
    unit(1024, 1000, 1),
    unit(1024, 1000, 2),
    unit(1024, 1000, 3),
  ),
];
