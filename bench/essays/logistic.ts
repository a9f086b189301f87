/** One place in an answer, as numbers, and whether it holds what was looked for. */
export interface Example {
  /** The question it belongs to: what is fitted on some questions is tried on others. */
  readonly question: string;
  readonly features: readonly number[];
  readonly holds: boolean;
}

export interface Fit {
  readonly intercept: number;
  readonly weights: readonly number[];
}

const ROUNDS = 4000;

/**
 * Logistic regression with a ridge penalty, by gradient descent with a fixed number of steps; the same examples give the same fit.
 * `signs` are what each weight may be at most or at least: a feature that speaks for a point never counts against it.
 */
export function fitLogistic(examples: readonly Example[], ridge: number, signs: readonly (1 | -1)[]): Fit {
  const width = signs.length;
  let intercept = 0;
  let weights = signs.map(() => 0);
  let rate = 1.5;
  for (let round = 0; round < ROUNDS; round++) {
    if (round === ROUNDS / 2) rate = 0.5;
    let bias = 0;
    const slope = Array.from({ length: width }, () => 0);
    for (const { features, holds } of examples) {
      const error = chance({ intercept, weights }, features) - (holds ? 1 : 0);
      bias += error;
      features.forEach((value, at) => {
        slope[at] = (slope[at] ?? 0) + error * value;
      });
    }
    intercept -= (rate * bias) / examples.length;
    weights = weights.map((weight, at) => {
      const next = weight - rate * ((slope[at] ?? 0) / examples.length + ridge * weight);
      return (signs[at] ?? 1) * Math.max(0, (signs[at] ?? 1) * next);
    });
  }
  return { intercept, weights };
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
