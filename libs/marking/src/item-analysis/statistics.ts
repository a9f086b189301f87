/**
 * What is said of a sample of numbers that have been added up. Exact in whole numbers until the last division. Undefined wherever
 * there are too few of them, or they do not vary.
 */

interface Sums {
  readonly sum: bigint;
  readonly squares: bigint;
}

/** n² times the variance over n: n·Σx² - (Σx)². */
export function scatter(count: number, { sum, squares }: Sums): bigint {
  return BigInt(count) * squares - sum * sum;
}

export function mean(count: number, { sum }: Sums): number | undefined {
  return count === 0 ? undefined : Number(sum) / count;
}

/** Of a sample, so with n - 1. */
export function deviation(count: number, sums: Sums): number | undefined {
  return count < 2 ? undefined : Math.sqrt(Number(scatter(count, sums)) / (count * (count - 1)));
}

/** Pearson's r; `products` is the sum of x·y. */
export function correlation(count: number, one: Sums, other: Sums, products: bigint): number | undefined {
  const [ofOne, ofOther] = [scatter(count, one), scatter(count, other)];
  if (ofOne === 0n || ofOther === 0n) return undefined;
  const together = BigInt(count) * products - one.sum * other.sum;
  return Number(together) / Math.sqrt(Number(ofOne) * Number(ofOther));
}
