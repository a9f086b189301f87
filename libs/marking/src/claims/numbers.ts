const WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const SCALES: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mio: 1e6,
  million: 1e6,
  b: 1e9,
  billion: 1e9,
};

/** How a number is written in prose, as a piece of a pattern: digits with separators, a scale, or a word. */
export const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:\s?(?:k|m|b|thousand|million|billion|mio)\b)?|\b(?:${WORDS.slice(1).join('|')})\b(?:\s(?:thousand|million|billion)\b)?|\ba\s(?:thousand|million|billion)\b`;

export interface WrittenNumber {
  readonly value: number;
  /** Half of the last place that was written: 2.3 million is anything from 2.25 to 2.35 million. */
  readonly half: number;
}

/** Reads a number as {@link NUMBER} writes it. */
export function readNumber(written: string): WrittenNumber | undefined {
  if (/^(?:a )?single$/i.test(written.trim())) return { value: 1, half: 0 };
  const match = /^([\d.,]+|[a-z]+)\s*([a-z]+)?$/i.exec(written.trim());
  if (match === null) return undefined;
  const [, digits = '', unit = ''] = match;
  const scale = unit === '' ? 1 : SCALES[unit.toLowerCase()];
  if (scale === undefined) return undefined;
  const word = digits.toLowerCase() === 'a' ? 1 : WORDS.indexOf(digits.toLowerCase());
  const plain = digits.replaceAll(',', '');
  const value = word >= 0 ? word : Number(plain);
  if (!Number.isFinite(value)) return undefined;
  const decimals = plain.includes('.') ? plain.length - plain.indexOf('.') - 1 : 0;
  return { value: value * scale, half: scale === 1 && decimals === 0 ? 0 : (scale * 10 ** -decimals) / 2 };
}

export type Comparison = 'exactly' | 'about' | 'at-least' | 'more' | 'at-most' | 'less';

const COMPARISONS: readonly (readonly [RegExp, Comparison])[] = [
  [/\b(?:at least|no (?:less|fewer) than|minimum of)\s*(?:the\s)?$/i, 'at-least'],
  [/\b(?:at most|no more than|not more than|up to|maximum of)\s*$/i, 'at-most'],
  [/\b(?:more than|over|above|exceed(?:s|ing)?|greater than|larger than|bigger than)\s*$/i, 'more'],
  [/\b(?:less than|fewer than|under|below|smaller than)\s*$/i, 'less'],
  [
    /(?:\b(?:about|around|approx(?:imately|\.)?|roughly|circa|ca\.?|nearly|almost|close to|some|in the order of)|~|≈)\s*$/i,
    'about',
  ],
];

/** What the words before a number make of it. */
export function comparisonBefore(before: string): Comparison {
  return COMPARISONS.find(([pattern]) => pattern.test(before))?.[1] ?? 'exactly';
}

/**
 * Whether a stated number holds of a true one; undefined in the border land where it is a matter of taste whether an
 * approximation is good.
 */
export function holdsOf(stated: WrittenNumber, how: Comparison, actual: number): boolean | undefined {
  const { value, half } = stated;
  if (how === 'at-least') return actual >= value;
  if (how === 'at-most') return actual <= value;
  if (how === 'more') return actual > value ? true : actual === value ? undefined : false;
  if (how === 'less') return actual < value ? true : actual === value ? undefined : false;
  if (Math.abs(actual - value) <= half) return true;
  const off = Math.abs(actual - value) / Math.max(actual, 1);
  if (how === 'exactly') return half === 0 ? false : off > 0.25 ? false : undefined;
  return off <= 0.1 ? true : off > 0.5 ? false : undefined;
}
