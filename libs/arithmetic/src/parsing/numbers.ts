import type { NumberNode, Numeral } from '../expression.js';
import type { Names } from '../names.js';
import { measureOf, sizeOf } from '../measures.js';
import { Rational } from '../rational.js';
import type { Token } from '../tokens.js';
import { SUFFIXES, TIMES, unitWord, type Suffix, type Unit } from '../units.js';
import { ORDINAL_ENDINGS } from '../vocabulary.js';

/** `4 B` are bytes, other than `1.2B`. */
const SPACED_B: Suffix = {
  multiplier: Rational.ONE,
  others: [{ value: Rational.of(1_000_000_000n), convention: 'b-is-billion' }],
  counts: 'bytes',
  spaced: true,
};

const PERCENT: Suffix = {
  multiplier: Rational.of(1, 100),
  others: [{ value: Rational.ONE, convention: 'unit-as-written' }],
  counts: null,
  spaced: true,
};

/**
 * The number at token `at` together with the suffix and the unit behind it: `75.3k`, `0.3 M params`, `294 KB`, `5%`.
 * Null for what only looks like a number: the 2 of `2D`, the 1 of `1st`.
 */
export function numberNode(
  tokens: readonly Token[],
  at: number,
  end: number,
  names: Names,
): { readonly node: NumberNode; readonly next: number } | null {
  const token = tokens[at];
  if (token?.kind !== 'number') return null;
  let numeral = token.numeral;
  let next = at + 1;
  let last = token.end;
  const behind = next < end ? tokens[next] : undefined;
  if (behind?.kind === 'word') {
    const glued = !behind.space && !behind.border;
    if (glued && ORDINAL_ENDINGS.has(behind.text) && !behind.math && numeral.decimals === 0) return null;
    const micro = MICRO.has(behind.text) ? tokens[next + 1] : undefined;
    const ofMicro = micro?.kind === 'word' && micro.text === 's' && next + 1 < end;
    const text = ofMicro ? 'µs' : behind.text;
    const suffix = suffixOf(text, glued, numeral, names, next + 1 < end ? tokens[next + 1] : undefined);
    if (suffix) {
      numeral = withSuffix(numeral, suffix, text);
      last = ofMicro ? micro.end : behind.end;
      next += ofMicro ? 2 : 1;
    }
  }
  const rate = rateBehind(tokens, next, end, numeral, names);
  if (rate !== null) {
    const { written, next: behindRate, end: lastOfRate } = rate;
    numeral = inUnit(numeral, { written, counts: 'rate' });
    return { node: { kind: 'number', numeral, start: token.start, end: lastOfRate }, next: behindRate };
  }
  const word = next < end ? tokens[next] : undefined;
  if (word?.kind === 'word' && numeral.unit === null) {
    const counts = unitWord(word.text);
    if (counts !== null) numeral = { ...numeral, unit: { written: word.text, counts } };
  }
  return { node: { kind: 'number', numeral, start: token.start, end: last }, next };
}

/** `\\mu` and the letter, before the s of a time. */
const MICRO: ReadonlySet<string> = new Set(['µ', 'μ']);
const PER_WORDS: ReadonlySet<string> = new Set(['per', 'pro', 'je', 'a']);
const LEAST_LETTERS = 3;

/** What a rate is of, and each what: `images/s`, `GB/s`, `/s`, `tokens per second`. */
function rateBehind(
  tokens: readonly Token[],
  at: number,
  end: number,
  numeral: Numeral,
  names: Names,
): { readonly written: string; readonly next: number; readonly end: number } | null {
  const thing = at < end ? tokens[at] : undefined;
  const counted =
    thing?.kind === 'word' && thing.text.length >= LEAST_LETTERS && !PER_WORDS.has(thing.text)
      ? thing.text
      : '';
  const from = counted === '' ? at : at + 1;
  const [sign, time, after] = [0, 1, 2].map((by) => (from + by < end ? tokens[from + by] : undefined));
  const isSlash = sign?.kind === 'operator' && sign.operator === '/';
  if (!isSlash && !(sign?.kind === 'word' && PER_WORDS.has(sign.text))) return null;
  if (time?.kind !== 'word' || !TIMES.has(time.text) || names.meaningOf(time.text) !== null) return null;
  const measured = numeral.suffix ?? '';
  // `224/s` is a division where it goes on.
  const ends = after === undefined || ENDS.has(after.kind);
  if (isSlash && measured === '' && counted === '' && !ends) return null;
  if (after?.kind === 'open' || (after?.kind === 'operator' && after.operator === '^')) return null;
  return { written: `${measured === '' ? counted : measured}/${time.text}`, next: from + 2, end: time.end };
}

const ENDS: ReadonlySet<Token['kind']> = new Set(['newline', 'stop', 'comma', 'semicolon', 'cell']);

/** The number as its digits say, and in units without a prefix where that makes an equation true. */
function inUnit(numeral: Numeral, unit: Unit): Numeral {
  const measure = measureOf(unit.written);
  const others = ([1000, 1024] as const).map((bytes) => ({
    value: measure === null ? Rational.ONE : sizeOf(measure, bytes),
    convention: `prefix-is-${bytes}` as const,
  }));
  return {
    ...numeral,
    multiplier: Rational.ONE,
    otherMultipliers: others.filter(({ value }) => !value.equals(Rational.ONE)),
    suffix: unit.written,
    unit,
  };
}

function suffixOf(
  text: string,
  glued: boolean,
  numeral: Numeral,
  names: Names,
  after: Token | undefined,
): Suffix | null {
  if (text === '%') return PERCENT;
  const suffix = SUFFIXES.get(text);
  if (!suffix) return null;
  if (text === 'm' && numeral.decimals === 0) return null;
  if (text.length === 1) {
    if (names.meaningOf(text) !== null && numeral.decimals === 0) return null;
    if (after?.kind === 'operator' && after.operator === '^') return null;
    if (MEASURING.has(suffix.counts) && !closesMeasure(numeral, after)) return null;
  }
  if (glued) return suffix;
  if (text === 'B') return names.meaningOf('B') === null ? SPACED_B : null;
  if (suffix.spaced && text.length > 1) return suffix;
  // `0.3 M` is a number, `3 K * K` a formula.
  const continues = after?.kind === 'operator' && after.operator !== '+' && after.operator !== '-';
  if (
    !suffix.spaced &&
    !(LETTERS_OF_THOUSANDS.has(text) && (numeral.decimals > 0 || closesMeasure(numeral, after)))
  )
    return null;
  return continues ? null : suffix;
}

/** Also with a blank before them, where no name is likely: `61.7 k`. */
const LETTERS_OF_THOUSANDS: ReadonlySet<string> = new Set(['k', 'm']);

const MEASURING: ReadonlySet<Suffix['counts']> = new Set(['time', 'energy', 'power']);

/** `0.08 s`, and `2 s` at the end: anywhere else one letter behind a number is a name, as in `2 s + 1`. */
function closesMeasure({ decimals }: Numeral, after: Token | undefined): boolean {
  if (after === undefined || ENDS.has(after.kind)) return true;
  return decimals > 0 && (after.kind === 'relation' || after.kind === 'close');
}

function withSuffix(numeral: Numeral, suffix: Suffix, written: string): Numeral {
  return {
    ...numeral,
    multiplier: numeral.multiplier.times(suffix.multiplier),
    otherMultipliers: suffix.others.map(({ value, convention }) => ({
      value: numeral.multiplier.times(value),
      convention,
    })),
    suffix: numeral.suffix === null ? written : `${numeral.suffix} ${written}`,
    unit: suffix.counts === null ? numeral.unit : { written, counts: suffix.counts },
  };
}
