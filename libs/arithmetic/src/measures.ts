import { Rational } from './rational.js';
import { ENERGIES, FREQUENCIES, POWERS, TIMES } from './units.js';

/** What a unit measures, and how large it is. */
export interface Measure {
  readonly of: 'count' | 'bytes' | 'time' | 'energy' | 'power';
  /** Of a rate what it counts or measures stands in each second. */
  readonly perSecond: boolean;
  /** In units of 1, bytes, seconds, joules or watts; before any prefix that {@link kilo} counts. */
  readonly size: Rational;
  /** How often its prefix is a thousand that may be 1024, as that of `MB` is twice; 0 where nothing is open. */
  readonly kilo: number;
}

const thousand = (power: number) => Rational.of(1000n ** BigInt(power));
const plain = (of: Measure['of'], size: Rational = Rational.ONE): Measure => ({
  of,
  perSecond: false,
  size,
  kilo: 0,
});

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P'] as const;

/** All that is no product of others, by how it is written. */
const MEASURES: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  ...['%', 'percent', 'per cent', 'Prozent'].map(
    (name) => [name, plain('count', Rational.of(1, 100))] as const,
  ),
  ...PREFIXES.slice(1).map((prefix, at) => [prefix, plain('count', thousand(at + 1))] as const),
  ['K', plain('count', thousand(1))],
  ...['B', 'byte', 'bytes', 'Byte', 'Bytes'].map((name) => [name, plain('bytes')] as const),
  ...['bit', 'bits', 'Bit', 'Bits'].map((name) => [name, plain('bytes', Rational.of(1, 8))] as const),
  ...PREFIXES.slice(1).flatMap((prefix, at) => {
    const byte: Measure = { ...plain('bytes'), kilo: at + 1 };
    const bits = plain('bytes', thousand(at + 1).dividedBy(Rational.of(8)));
    const binary = plain('bytes', Rational.of(1024n ** BigInt(at + 1)));
    const letter = prefix === 'k' ? ['k', 'K'] : [prefix];
    return [
      ...letter.map((each) => [`${each}B`, byte] as const),
      ...['bit', 'bits'].map((name) => [`${prefix}${name}`, bits] as const),
      [`${prefix.toUpperCase()}iB`, binary] as const,
    ];
  }),
  // As they are often written, and never meant for bits where memory is spoken of.
  ...['Kb', 'kb'].map((name) => [name, { ...plain('bytes'), kilo: 1 }] as const),
  ...['Mb', 'mb'].map((name) => [name, { ...plain('bytes'), kilo: 2 }] as const),
  ['kilobytes', { ...plain('bytes'), kilo: 1 }],
  ['megabytes', { ...plain('bytes'), kilo: 2 }],
  ['gigabytes', { ...plain('bytes'), kilo: 3 }],
  ...['FLOP', 'FLOPs', 'FLOPS', 'flops', 'MAC', 'MACs', 'MACS', 'MAdds', 'OPs', 'params'].flatMap((name) =>
    PREFIXES.map((prefix, at) => [`${prefix}${name}`, plain('count', thousand(at))] as const),
  ),
  ...[...TIMES].map(([name, size]) => [name, plain('time', size)] as const),
  ...[...ENERGIES].map(([name, size]) => [name, plain('energy', size)] as const),
  ...[...POWERS].map(([name, size]) => [name, plain('power', size)] as const),
  ...[...FREQUENCIES].map(([name, size]) => [name, { ...plain('count', size), perSecond: true }] as const),
]);

/** Things that are counted: `images`, `tokens`. What looks like an abbreviation is none. */
const THINGS = /^\p{Lu}?\p{Ll}{3,}$/u;
const PER = /\s*(?:\/|\bper\b|\bpro\b|\bje\b)\s*/;

/** A unit by how it is written: `MiB`, `ms`, `images/s`, `GB per second`, `%`; null for what is none. */
export function measureOf(written: string): Measure | null {
  const whole = MEASURES.get(written.trim());
  if (whole !== undefined) return whole;
  const [above = '', below, another] = written.trim().split(PER);
  if (another !== undefined) return null;
  const measure = above === '' || above === '1' ? plain('count') : single(above);
  if (below === undefined || measure === null) return above === '' ? null : measure;
  const each = single(below);
  if (each?.of === 'count' && !each.perSecond) return measure;
  if (each?.of !== 'time' || measure.perSecond) return null;
  return { ...measure, perSecond: true, size: measure.size.dividedBy(each.size) };
}

function single(name: string): Measure | null {
  return MEASURES.get(name) ?? (THINGS.test(name) ? plain('count') : null);
}

/** How large a unit is where a kilobyte has so many bytes. */
export function sizeOf({ size, kilo }: Measure, bytes: 1000 | 1024): Rational {
  return size.times(Rational.of(BigInt(bytes) ** BigInt(kilo)));
}

/** Whether numbers in two units can be equal. */
export function isAlike(a: Measure, b: Measure): boolean {
  return a.of === b.of && a.perSecond === b.perSecond;
}
