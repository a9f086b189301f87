import type { ExamSums, MarkSums } from '../src/index.js';

/** What somebody has for each part, in marks; null where no mark stands. */
export type Paper = ReadonlyMap<string, number | null>;

/** Adds up paper by paper what a database adds up by itself. */
export function sumsOf(
  parts: readonly { readonly part: string; readonly available: number }[],
  papers: readonly Paper[],
): ExamSums {
  const of = (paper: Paper, part: string): bigint | null => {
    const marks = paper.get(part) ?? null;
    return marks === null ? null : thousandths(marks);
  };
  const whole = papers.flatMap((paper) => {
    const marks = parts.flatMap(({ part }) => of(paper, part) ?? []);
    return parts.length > 0 && marks.length === parts.length ? [{ paper, total: added(marks) }] : [];
  });
  return {
    parts: parts.map(({ part, available }) => {
      const most = thousandths(available);
      const here = whole.map(({ paper, total }) => ({ marks: of(paper, part) ?? 0n, total }));
      return {
        part,
        available: most,
        ...markSums(
          papers.flatMap((paper) => of(paper, part) ?? []),
          most,
        ),
        ofWhole: {
          sum: added(here.map(({ marks }) => marks)),
          squares: added(here.map(({ marks }) => marks * marks)),
          withTotal: added(here.map(({ marks, total }) => marks * total)),
        },
      };
    }),
    totals: markSums(
      whole.map(({ total }) => total),
      added(parts.map(({ available }) => thousandths(available))),
    ),
  };
}

function markSums(marks: readonly bigint[], available: bigint): MarkSums {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (const each of marks) {
    const tenth = available === 0n ? 0 : Math.min(9, Number((each * 10n) / available));
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  return {
    count: marks.length,
    sum: added(marks),
    squares: added(marks.map((each) => each * each)),
    tenths,
    range: rangeOf(marks.map(Number).toSorted((one, other) => one - other)),
  };
}

function rangeOf(marks: readonly number[]): MarkSums['range'] {
  const [lowest, highest] = [marks.at(0), marks.at(-1)];
  if (lowest === undefined || highest === undefined) return null;
  const below = marks[Math.floor((marks.length - 1) / 2)] ?? 0;
  const above = marks[Math.ceil((marks.length - 1) / 2)] ?? 0;
  return { lowest, median: (below + above) / 2, highest };
}

function thousandths(marks: number): bigint {
  return BigInt(Math.round(marks * 1000));
}

function added(all: readonly bigint[]): bigint {
  return all.reduce((sum, each) => sum + each, 0n);
}
