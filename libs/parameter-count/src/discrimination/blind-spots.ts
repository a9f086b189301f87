import type { Rational } from '@tensormark/network';
import { FormulaGraph, type Question } from '../misconceptions/formula-graph.js';
import type { Misconception, Subject } from '../misconceptions/misconception.js';
import { candidates, valueWith } from '../misconceptions/possible-errors.js';
import { MISCONCEPTIONS } from '../misconceptions/table/table.js';

/** Common errors that the numbers asked for do not tell from right work, or from each other. */
export interface BlindSpot {
  /** `hidden`: an error leaves every number as it is; `alike`: errors about different things give the same throughout. */
  readonly kind: 'hidden' | 'alike';
  readonly errors: readonly Pick<Misconception, 'id' | 'says' | 'about'>[];
}

/**
 * The blind spots of questions that are asked together: an error is made in all layers that it may be made in, and what
 * it gives for each question is compared. Errors that `matters` refuses are left out, and those of rounding: sizes that
 * divide without a rest are how most networks are built.
 */
export function blindSpots(
  questions: readonly Question[],
  matters: (misconception: Misconception) => boolean = () => true,
): readonly BlindSpot[] {
  const common = MISCONCEPTIONS.filter(
    (each) =>
      each.level === 'layer' && each.frequency === 'common' && each.about !== 'rounding' && matters(each),
  );
  const right: string[] = [];
  const given = new Map<Misconception, Map<number, string>>();
  for (const [at, question] of questions.entries()) {
    const graph = FormulaGraph.of(question);
    const value = graph?.value(graph.root);
    right.push(written(value));
    if (graph === undefined || value === undefined) continue;
    for (const { misconception, extent, change } of candidates(graph, question, common, 'all')) {
      if (extent !== 'everywhere') continue;
      const values = given.get(misconception) ?? new Map<number, string>();
      given.set(misconception, values.set(at, written(valueWith(graph, [change]))));
    }
  }
  const hidden: Misconception[] = [];
  const alike = new Map<string, Misconception[]>();
  for (const [misconception, values] of given) {
    const all = right.map((value, at) => values.get(at) ?? value);
    if (all.includes(NO_VALUE)) continue;
    if (all.every((value, at) => value === right[at])) hidden.push(misconception);
    else alike.set(all.join(), [...(alike.get(all.join()) ?? []), misconception]);
  }
  return [
    ...hidden.map((error): BlindSpot => ({ kind: 'hidden', errors: [error] })),
    ...[...alike.values()].flatMap(pairsOf).map((errors): BlindSpot => ({ kind: 'alike', errors })),
  ];
}

/** What an output size is worked out by: errors in that often meet in one size, and small numbers cannot help it. */
const SIZES: ReadonlySet<string> = new Set<Subject>([
  'padding',
  'stride',
  'dilation',
  'steps',
  'size',
  'rounding',
]);

function pairsOf(errors: readonly Misconception[]): readonly (readonly Misconception[])[] {
  return errors.flatMap((first, at) =>
    errors
      .slice(at + 1)
      .filter(({ about }) => about !== first.about && !(SIZES.has(about) && SIZES.has(first.about)))
      .map((second) => [first, second]),
  );
}

const NO_VALUE = 'none';

function written(value: Rational | undefined): string {
  return value === undefined ? NO_VALUE : `${value.numerator}/${value.denominator}`;
}

/** Whether, with other numbers, an error shows that was hidden, or two differ that were alike, and neither is hidden. */
export function isResolved({ kind, errors }: BlindSpot, others: readonly BlindSpot[]): boolean {
  const ids = new Set(errors.map(({ id }) => id));
  return others.every((other) => {
    const met = other.errors.filter(({ id }) => ids.has(id)).length;
    return other.kind === 'hidden' ? met === 0 : kind === 'hidden' || met < 2;
  });
}

/**
 * Blind spots that one change resolves, put together: those hidden, of errors about one thing the first, and those alike
 * that have an error in common.
 */
export function merged(spots: readonly BlindSpot[]): readonly BlindSpot[] {
  const groups: { kind: BlindSpot['kind']; errors: BlindSpot['errors'][number][] }[] = [];
  for (const { kind, errors } of spots) {
    const group = groups.find(
      (each) =>
        each.kind === kind && (kind === 'hidden' || errors.some((error) => each.errors.includes(error))),
    );
    if (group === undefined) groups.push({ kind, errors: [...errors] });
    else
      group.errors.push(
        ...errors.filter(
          (error) =>
            !group.errors.some((other) =>
              kind === 'hidden' ? other.about === error.about : other === error,
            ),
        ),
      );
  }
  return groups;
}
