/** Steps within which every table of 0 and 1 of up to six columns that can be divided is. */
const MOST_STEPS = 20_000;

/**
 * Whether a plane divides the rows that hold from those that do not, by the perceptron's rule: it comes to an end where there is one
 * (Novikoff 1962), for a table of 0 and 1 of up to six columns after some thousand steps.
 */
export function isDivided(rows: readonly (readonly number[])[], holds: readonly boolean[]): boolean {
  const weights = [...(rows[0] ?? []), 1].map(() => 0);
  const scoreOf = (row: readonly number[]): number =>
    row.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), weights.at(-1) ?? 0);
  for (let step = 0; step < MOST_STEPS;) {
    let isRight = true;
    for (const [at, row] of rows.entries()) {
      const sign = holds[at] === true ? 1 : -1;
      if (sign * scoreOf(row) > 0) continue;
      isRight = false;
      step++;
      for (const [column, value] of [...row, 1].entries())
        weights[column] = (weights[column] ?? 0) + sign * value;
    }
    if (isRight) return true;
  }
  return false;
}

/** Tables of 0 and 1 of so many columns have no more rows than are looked at. */
const MOST_COLUMNS = 6;

/** The rows of a table of 0 and 1 that is written down; undefined for any other. */
export function zerosAndOnes(
  elements: readonly number[] | undefined,
  shape: readonly (number | undefined)[] | undefined,
): readonly (readonly number[])[] | undefined {
  const [rows, columns] = shape ?? [];
  if (shape?.length !== 2 || rows === undefined || columns === undefined || columns > MOST_COLUMNS)
    return undefined;
  if (elements?.every((one) => one === 0 || one === 1) !== true) return undefined;
  return Array.from({ length: rows }, (_, row) => elements.slice(row * columns, (row + 1) * columns));
}
