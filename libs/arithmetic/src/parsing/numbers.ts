import type { NumberNode, Numeral } from '../expression.js';
import type { Names } from '../names.js';
import { Rational } from '../rational.js';
import type { Token } from '../tokens.js';
import { SUFFIXES, unitWord, type Suffix } from '../units.js';
import { ORDINAL_ENDINGS } from '../vocabulary.js';

/** `4 B` are bytes, other than `1.2B`. */
const SPACED_B: Suffix = {
  multiplier: Rational.ONE,
  others: [{ value: Rational.of(1_000_000_000n), convention: 'b-is-billion' }],
  counts: 'bytes',
  spaced: true,
};

const PERCENT: Suffix = { multiplier: Rational.of(1, 100), others: [], counts: null, spaced: true };

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
    const suffix = suffixOf(behind.text, glued, numeral, names, tokens[next + 1]);
    if (suffix) {
      numeral = withSuffix(numeral, suffix, behind.text);
      last = behind.end;
      next++;
    }
  }
  const word = next < end ? tokens[next] : undefined;
  if (word?.kind === 'word' && numeral.unit === null) {
    const counts = unitWord(word.text);
    if (counts !== null) numeral = { ...numeral, unit: { written: word.text, counts } };
  }
  return { node: { kind: 'number', numeral, start: token.start, end: last }, next };
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
  }
  if (glued) return suffix;
  if (text === 'B') return names.meaningOf('B') === null ? SPACED_B : null;
  if (!suffix.spaced) return null;
  if (text.length > 1) return suffix;
  // `0.3 M` is a number, `3 K * K` a formula.
  const continues = after?.kind === 'operator' && after.operator !== '+' && after.operator !== '-';
  return continues ? null : suffix;
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
