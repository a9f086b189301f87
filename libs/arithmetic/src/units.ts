import type { Convention } from './conventions.js';
import { Rational } from './rational.js';

/** What a number counts. */
export interface Unit {
  /** As written: `KB`, `parameters`. */
  readonly written: string;
  readonly counts: 'parameters' | 'bytes' | 'bits' | 'operations' | 'elements' | 'units';
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
  ...(['bit', 'bits'] as const).map((name) => [name, plain('bits')] as const),
  ...PREFIXED_COUNTS.flatMap(([name, counts]) => [
    [name, plain(counts)] as const,
    ...PREFIXES.map(([prefix, power]) => [prefix + name, magnitude(power, true, counts)] as const),
  ]),
]);

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
