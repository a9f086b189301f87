import type { Convention } from './conventions.js';
import { Rational } from './rational.js';

/** What a number counts. */
export interface Unit {
  /** As written: `KB`, `parameters`, `images/s`. */
  readonly written: string;
  readonly counts:
    | 'parameters'
    | 'bytes'
    | 'bits'
    | 'operations'
    | 'elements'
    | 'units'
    | 'time'
    | 'energy'
    | 'power'
    | 'rate';
}

/** What a unit counts of work: multiply-accumulates, or the operations of which each has two; null for any other unit. */
export function workOf({ written }: Unit): 'multiply-accumulates' | 'flops' | null {
  if (/^[kKMGTP]?(?:mac|madd)s?$/i.test(written)) return 'multiply-accumulates';
  return /^[kKMGTP]?flops?$/i.test(written) ? 'flops' : null;
}

/** What letters or a word behind a number do to it. */
export interface Suffix {
  readonly multiplier: Rational;
  readonly others: readonly { readonly value: Rational; readonly convention: Convention }[];
  readonly counts: Unit['counts'] | null;
  /** Read as a suffix also where a space stands before it. */
  readonly spaced: boolean;
}

const ONE = Rational.ONE;
const thousand = (power: number) => Rational.of(1000n ** BigInt(power));
const binary = (power: number) => Rational.of(1024n ** BigInt(power));

function magnitude(power: number, spaced: boolean, counts: Unit['counts'] | null = null): Suffix {
  return {
    multiplier: thousand(power),
    others: [
      { value: binary(power), convention: 'prefix-is-1024' },
      { value: ONE, convention: 'unit-as-written' },
    ],
    counts,
    spaced,
  };
}

/** Bytes keep the number as shown: whether a KB is 1000 or 1024 of them is for the reader to say. */
function byteUnit(power: number): Suffix {
  return {
    multiplier: ONE,
    others: [
      { value: thousand(power), convention: 'prefix-is-1000' },
      { value: binary(power), convention: 'prefix-is-1024' },
    ],
    counts: 'bytes',
    spaced: true,
  };
}

function binaryByteUnit(power: number): Suffix {
  return {
    multiplier: ONE,
    others: [{ value: binary(power), convention: 'prefix-is-1024' }],
    counts: 'bytes',
    spaced: true,
  };
}

/** Like bytes, times and the like keep the number as shown: `2 ms` is 2, and 2/1000 where that makes an equation true. */
function measured(counts: Unit['counts'], size: Rational = ONE): Suffix {
  const others = size.equals(ONE) ? [] : [{ value: size, convention: 'prefix-is-1000' as const }];
  return { multiplier: ONE, others, counts, spaced: true };
}

const THOUSANDTH = Rational.of(1, 1000);
const MILLIONTH = THOUSANDTH.times(THOUSANDTH);
const MINUTE = Rational.of(60);
const HOUR = Rational.of(3600);

/** Times in seconds, by how they are written. */
export const TIMES: ReadonlyMap<string, Rational> = new Map([
  ...['ns', 'nanoseconds'].map((name) => [name, MILLIONTH.times(THOUSANDTH)] as const),
  ...['µs', 'μs', 'us', 'microseconds'].map((name) => [name, MILLIONTH] as const),
  ...['ms', 'msec', 'milliseconds', 'millisecond', 'Millisekunden'].map(
    (name) => [name, THOUSANDTH] as const,
  ),
  ...['s', 'sec', 'secs', 'second', 'seconds', 'Sekunde', 'Sekunden'].map((name) => [name, ONE] as const),
  ...['min', 'mins', 'minute', 'minutes', 'Minute', 'Minuten'].map((name) => [name, MINUTE] as const),
  ...['h', 'hr', 'hrs', 'hour', 'hours', 'Stunde', 'Stunden'].map((name) => [name, HOUR] as const),
]);

/** Energies in joules and powers in watts, by how they are written. */
export const ENERGIES: ReadonlyMap<string, Rational> = new Map([
  ['mJ', THOUSANDTH],
  ['J', ONE],
  ['kJ', thousand(1)],
  ['MJ', thousand(2)],
  ['Wh', HOUR],
  ['kWh', HOUR.times(thousand(1))],
]);
export const POWERS: ReadonlyMap<string, Rational> = new Map([
  ['mW', THOUSANDTH],
  ['W', ONE],
  ['kW', thousand(1)],
  ['MW', thousand(2)],
]);
/** Times a second. */
export const FREQUENCIES: ReadonlyMap<string, Rational> = new Map([
  ['Hz', ONE],
  ['kHz', thousand(1)],
  ['MHz', thousand(2)],
  ['GHz', thousand(3)],
]);

const plain = (counts: Unit['counts']): Suffix => ({ multiplier: ONE, others: [], counts, spaced: true });
const word = (multiplier: Rational): Suffix => ({ multiplier, others: [], counts: null, spaced: true });

const PREFIXED_COUNTS: readonly (readonly [string, Unit['counts']])[] = [
  ['FLOPs', 'operations'],
  ['FLOPS', 'operations'],
  ['FLOP', 'operations'],
  ['flops', 'operations'],
  ['MACs', 'operations'],
  ['MACS', 'operations'],
  ['MAC', 'operations'],
  ['MAdds', 'operations'],
  ['params', 'parameters'],
];

const PREFIXES: readonly (readonly [string, number])[] = [
  ['k', 1],
  ['K', 1],
  ['M', 2],
  ['G', 3],
  ['T', 4],
];

/** Suffixes and units by how they are written; case matters, as it does to those who write them. */
export const SUFFIXES: ReadonlyMap<string, Suffix> = new Map<string, Suffix>([
  ['k', magnitude(1, false)],
  ['K', magnitude(1, true)],
  ['M', magnitude(2, true)],
  ['m', { ...magnitude(2, false), others: [] }],
  ['mil', word(thousand(2))],
  ['mio', word(thousand(2))],
  ['mn', word(thousand(2))],
  ['G', magnitude(3, true)],
  ['T', magnitude(4, false)],
  ['bn', word(thousand(3))],
  [
    'B',
    {
      multiplier: thousand(3),
      others: [{ value: ONE, convention: 'b-is-bytes' }],
      counts: null,
      spaced: false,
    },
  ],
  ['hundred', word(Rational.of(100))],
  ['thousand', word(thousand(1))],
  ['thousands', word(thousand(1))],
  ['million', word(thousand(2))],
  ['millions', word(thousand(2))],
  ['Million', word(thousand(2))],
  ['billion', word(thousand(3))],
  ['billions', word(thousand(3))],
  ['trillion', word(thousand(4))],
  ['KB', byteUnit(1)],
  ['kB', byteUnit(1)],
  ['Kb', byteUnit(1)],
  ['kb', byteUnit(1)],
  ['MB', byteUnit(2)],
  ['Mb', byteUnit(2)],
  ['mb', byteUnit(2)],
  ['GB', byteUnit(3)],
  ['TB', byteUnit(4)],
  ['kilobytes', byteUnit(1)],
  ['megabytes', byteUnit(2)],
  ['gigabytes', byteUnit(3)],
  ['KiB', binaryByteUnit(1)],
  ['MiB', binaryByteUnit(2)],
  ['GiB', binaryByteUnit(3)],
  ['TiB', binaryByteUnit(4)],
  ...(['byte', 'bytes', 'Byte', 'Bytes'] as const).map((name) => [name, plain('bytes')] as const),
  ...[...TIMES].map(([name, size]) => [name, measured('time', size)] as const),
  ...[...ENERGIES].map(([name, size]) => [name, measured('energy', size)] as const),
  ...[...POWERS].map(([name, size]) => [name, measured('power', size)] as const),
  ...[...FREQUENCIES].map(([name, size]) => [name, measured('rate', size)] as const),
  ...(['bit', 'bits'] as const).map((name) => [name, plain('bits')] as const),
  ...PREFIXED_COUNTS.flatMap(([name, counts]) => [
    [name, plain(counts)] as const,
    ...PREFIXES.map(([prefix, power]) => [prefix + name, magnitude(power, true, counts)] as const),
  ]),
]);

/** Whether a word can be nothing but a suffix or a unit: one letter of a measure may as well be a name. */
export function isSuffix(word: string): boolean {
  const isName = word.length === 1 && [TIMES, ENERGIES, POWERS].some((measures) => measures.has(word));
  return SUFFIXES.has(word) && !isName;
}

const UNIT_WORDS: ReadonlyMap<string, Unit['counts']> = new Map<string, Unit['counts']>([
  ...[
    'parameter',
    'parameters',
    'param',
    'params',
    'weight',
    'weights',
    'bias',
    'biases',
    'trainable',
    'learnable',
  ].map((name) => [name, 'parameters'] as const),
  ...[
    'flop',
    'flops',
    'mac',
    'macs',
    'multiplication',
    'multiplications',
    'multiplies',
    'additions',
    'operations',
    'ops',
    'madds',
  ].map((name) => [name, 'operations'] as const),
  ...['byte', 'bytes'].map((name) => [name, 'bytes'] as const),
  ...['element', 'elements', 'value', 'values', 'activations', 'entries', 'pixels'].map(
    (name) => [name, 'elements'] as const,
  ),
  ...['unit', 'units', 'neuron', 'neurons', 'nodes'].map((name) => [name, 'units'] as const),
]);

/** The unit a word behind a number names, whatever its case. */
export function unitWord(word: string): Unit['counts'] | null {
  return UNIT_WORDS.get(word.toLowerCase()) ?? null;
}
