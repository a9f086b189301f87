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
