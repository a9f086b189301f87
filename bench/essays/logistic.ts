/** One place in an answer, as numbers, and whether it holds what was looked for. */
export interface Example {
  /** The question it belongs to: what is fitted on some questions is tried on others. */
  readonly question: string;
  readonly features: readonly number[];
  readonly holds: boolean;
  /** How much it counts. */
  readonly weight: number;
}

export interface Fit {
  readonly intercept: number;
  readonly weights: readonly number[];
}

const STEPS = 30;

/**
 * Logistic regression with a ridge penalty, by Newton's method; the same examples give the same fit. `signs` are what each weight
 * may be at most or at least: a feature that speaks for a point never counts against it, and is left out where it would.
 */
export function fitLogistic(examples: readonly Example[], ridge: number, signs: readonly (1 | -1)[]): Fit {
  let used = signs.map((_, at) => at);
  for (;;) {
    const [intercept = 0, ...found] = newton(examples, used, ridge);
    const wrong = used.filter((at, place) => (found[place] ?? 0) * (signs[at] ?? 1) < 0);
    if (wrong.length === 0) {
      return { intercept, weights: signs.map((_, at) => found[used.indexOf(at)] ?? 0) };
    }
    used = used.filter((at) => !wrong.includes(at));
  }
}

/** The intercept and the weights of the features that are used. */
function newton(examples: readonly Example[], used: readonly number[], ridge: number): number[] {
  const width = used.length + 1;
  const all = examples.reduce((sum, { weight }) => sum + weight, 0);
  const beta = Array.from({ length: width }, () => 0);
  const rows = examples.map(({ features }) => [1, ...used.map((at) => features[at] ?? 0)]);
  for (let step = 0; step < STEPS; step++) {
    const slope = beta.map((each, at) => (at === 0 ? 0 : ridge * each));
    const curve = beta.map((_, row) => beta.map((__, column) => (row === column && row > 0 ? ridge : 0)));
    examples.forEach(({ holds, weight }, index) => {
      const row = rows[index] ?? [];
      const told = 1 / (1 + Math.exp(-row.reduce((sum, value, at) => sum + value * (beta[at] ?? 0), 0)));
      const share = weight / all;
      const bend = share * Math.max(1e-9, told * (1 - told));
      row.forEach((value, at) => {
        slope[at] = (slope[at] ?? 0) + share * (told - (holds ? 1 : 0)) * value;
        const line = curve[at] ?? [];
        row.forEach((other, column) => {
          line[column] = (line[column] ?? 0) + bend * value * other;
        });
      });
    });
    solve(curve, slope).forEach((move, at) => {
      beta[at] = (beta[at] ?? 0) - move;
    });
  }
  return beta;
}

/** Gauss's elimination with the largest pivot first. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  const width = rows.length;
  for (let column = 0; column < width; column++) {
    let pivot = column;
    for (let row = column + 1; row < width; row++)
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    const own = rows[pivot] ?? [];
    rows[pivot] = rows[column] ?? [];
    rows[column] = own;
    const head = own[column] ?? 0;
    if (Math.abs(head) < 1e-12) continue;
    rows.forEach((row, at) => {
      if (at === column) return;
      const factor = (row[column] ?? 0) / head;
      for (let place = column; place <= width; place++)
        row[place] = (row[place] ?? 0) - factor * (own[place] ?? 0);
    });
  }
  return rows.map((row, at) => {
    const head = row[at] ?? 0;
    return Math.abs(head) < 1e-12 ? 0 : (row[width] ?? 0) / head;
  });
}

export function chance({ intercept, weights }: Fit, features: readonly number[]): number {
  let sum = intercept;
  features.forEach((value, at) => {
    sum += (weights[at] ?? 0) * value;
  });
  return 1 / (1 + Math.exp(-sum));
}

/** The chance of each example by a fit that has seen no example of its question. */
export function crossValidated(
  examples: readonly Example[],
  fit: (others: readonly Example[]) => (features: readonly number[]) => number,
): readonly number[] {
  const byQuestion = new Map<string, (features: readonly number[]) => number>();
  return examples.map(({ question, features }) => {
    let own = byQuestion.get(question);
    if (own === undefined) {
      own = fit(examples.filter((other) => other.question !== question));
      byQuestion.set(question, own);
    }
    return own(features);
  });
}
