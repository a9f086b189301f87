/** What is said of a sample of numbers. Undefined wherever there are too few of them, or they do not vary. */

export function mean(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Variance of a sample, with n - 1. */
export function variance(values: readonly number[]): number | undefined {
  const middle = mean(values);
  if (middle === undefined || values.length < 2) return undefined;
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}

/** Pearson's r of pairs. */
export function correlation(pairs: readonly (readonly [number, number])[]): number | undefined {
  const [one, other] = [pairs.map(([first]) => first), pairs.map(([, second]) => second)];
  const [meanOne, meanOther] = [mean(one), mean(other)];
  if (meanOne === undefined || meanOther === undefined) return undefined;
  let products = 0;
  let squaresOne = 0;
  let squaresOther = 0;
  for (const [first, second] of pairs) {
    products += (first - meanOne) * (second - meanOther);
    squaresOne += (first - meanOne) ** 2;
    squaresOther += (second - meanOther) ** 2;
  }
  if (squaresOne === 0 || squaresOther === 0) return undefined;
  return products / Math.sqrt(squaresOne * squaresOther);
}
