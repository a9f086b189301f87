import { solve } from './logistic.js';

export interface Row {
  readonly question: string;
  readonly features: readonly number[];
  readonly score: number;
}

const RIDGE = 3;

/** What ridge regression on the other questions' answers makes of each answer: how far the features carry, with nothing of its question seen. */
export function predictedFromOthers(rows: readonly Row[]): readonly number[] {
  const fits = new Map(
    [...new Set(rows.map(({ question }) => question))].map((question) => [
      question,
      fit(rows.filter((row) => row.question !== question)),
    ]),
  );
  return rows.map(({ question, features }) => dot(fits.get(question) ?? [], [1, ...features]));
}

function fit(rows: readonly Row[]): readonly number[] {
  const all = rows.map(({ features, score }) => ({ x: [1, ...features], score }));
  const width = all[0]?.x.length ?? 0;
  const places = Array.from({ length: width }, (_, at) => at);
  return solve(
    places.map((row) =>
      places.map((column) =>
        all.reduce(
          (sum, { x }) => sum + (x[row] ?? 0) * (x[column] ?? 0),
          row === column && row > 0 ? RIDGE : 0,
        ),
      ),
    ),
    places.map((row) => all.reduce((sum, { x, score }) => sum + (x[row] ?? 0) * score, 0)),
  );
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}
