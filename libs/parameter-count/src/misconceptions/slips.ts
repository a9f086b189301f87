import type { Rational } from '@tensormark/network';

/** A slip of writing or of a decimal point: nothing about how the number was found. */
export interface Slip {
  readonly id: string;
  readonly says: string;
  readonly value: Rational;
}

/** Shorter numbers are a slip away from too many others. */
const FEWEST_DIGITS = 4;
const MOST_DIGITS = 30;

interface SlipKind {
  readonly id: string;
  readonly says: string;
  /** Everything that may be written in place of some digits. */
  variants(digits: string): readonly string[];
}

const at = (digits: string): readonly number[] => [...digits].map((_, index) => index);

const SLIPS: readonly SlipKind[] = [
  {
    id: 'slip-digits-transposed',
    says: 'two neighbouring digits are swapped',
    variants: (digits) =>
      at(digits)
        .slice(1)
        .map((i) => digits.slice(0, i - 1) + digits.charAt(i) + digits.charAt(i - 1) + digits.slice(i + 1)),
  },
  {
    id: 'slip-digit-dropped',
    says: 'a digit is missing',
    variants: (digits) => at(digits).map((i) => digits.slice(0, i) + digits.slice(i + 1)),
  },
  {
    id: 'slip-digit-repeated',
    says: 'a digit is written twice',
    variants: (digits) => at(digits).map((i) => digits.slice(0, i) + digits.charAt(i) + digits.slice(i)),
  },
  {
    id: 'slip-power-of-ten',
    says: 'the number is off by a power of ten',
    variants: (digits) => [
      ...[1, 2, 3].map((zeros) => digits + '0'.repeat(zeros)),
      ...[1, 2, 3].flatMap((zeros) => (digits.endsWith('0'.repeat(zeros)) ? [digits.slice(0, -zeros)] : [])),
    ],
  },
];

/** What a right number becomes by one slip. Only of whole numbers. */
export function slipsOf({ numerator, denominator }: Rational): readonly Slip[] {
  const digits = numerator.toString();
  if (denominator !== 1n || numerator < 0n) return [];
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) return [];
  return SLIPS.flatMap(({ id, says, variants }) =>
    variants(digits)
      .filter((written) => written !== digits && !written.startsWith('0') && written !== '')
      .map((written) => ({ id, says, value: { numerator: BigInt(written), denominator: 1n } })),
  );
}
