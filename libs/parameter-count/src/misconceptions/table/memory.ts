import { literal, power, product, quotient, type Formula } from '@tensormark/network';
import { inWhole, type WholeMisconception } from '../misconception.js';

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
const over =
  (divisor: number) =>
  (formula: Formula): Formula =>
    quotient(formula, literal(divisor));

/** `(from/to)^steps`: 1,000 for 1,024 once for kilobytes, twice for megabytes. */
const unit =
  (from: number, to: number, steps: number) =>
  (formula: Formula): Formula =>
    product(formula, power(quotient(literal(from), literal(to)), literal(steps)));

export const MEMORY: readonly WholeMisconception[] = [
  bytes('numbers-for-bytes', 'numbers are counted instead of their bytes', 'common', 'bytes', over(4)),
  bytes('eight-bytes', 'eight bytes are taken for a number instead of four', 'common', 'bytes', times(2)),
  bytes('two-bytes', 'two bytes are taken for a number instead of four', 'common', 'bytes', over(2)),
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
