import { Rational } from '@tensormark/arithmetic';
import type { Convention } from './convention.js';

interface Facts {
  /** The power of 1000 or 1024 that it is. */
  readonly power: number;
  /** Always 1024, as `KiB` is; a `kB` is what the convention says. */
  readonly binary: boolean;
  readonly of: 'bytes' | 'count';
}

const bytes = (power: number, binary = false): Facts => ({ power, binary, of: 'bytes' });
const count = (power: number): Facts => ({ power, binary: false, of: 'count' });

/** Units that a number may be asked in. Adding one is adding a line. */
const UNITS = {
  bytes: bytes(0),
  kB: bytes(1),
  KB: bytes(1),
  MB: bytes(2),
  GB: bytes(3),
  KiB: bytes(1, true),
  MiB: bytes(2, true),
  GiB: bytes(3, true),
  k: count(1),
  M: count(2),
  G: count(3),
  T: count(4),
} as const satisfies Record<string, Facts>;

export type CountUnit = keyof typeof UNITS;

export const COUNT_UNITS = [
  'bytes',
  'kB',
  'KB',
  'MB',
  'GB',
  'KiB',
  'MiB',
  'GiB',
  'k',
  'M',
  'G',
  'T',
] as const satisfies readonly CountUnit[];

/** Whether a unit is one of memory rather than of a count. */
export function isOfBytes(unit: CountUnit): boolean {
  return UNITS[unit].of === 'bytes';
}

/** The power of ten or of 1024 that a unit stands for: 1,048,576 for `MiB`. A count's prefix is always decimal. */
export function unitSize(unit: CountUnit, { kilo }: Convention): Rational {
  const { power, binary, of } = UNITS[unit];
  const base = binary ? 1024n : of === 'bytes' ? BigInt(kilo) : 1000n;
  return Rational.of(base ** BigInt(power));
}

/** What a unit's size is a power of, as one writes it: `1024`, `1024²`; null where nothing is divided. */
export function unitPower(unit: CountUnit, { kilo }: Convention): { base: number; exponent: number } | null {
  const { power, binary, of } = UNITS[unit];
  if (power === 0) return null;
  return { base: binary ? 1024 : of === 'bytes' ? kilo : 1000, exponent: power };
}
