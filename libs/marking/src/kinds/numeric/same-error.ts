import { askedBefore, type Asked, type Explanation } from '@tensormark/parameter-count';
import { explanationsOf, type Judging } from './explanations.js';

/**
 * Things asked before that have the very error behind a number that rests on them: made throughout, it is one error, and has
 * cost there. None where anything else is wrong before, or where it may be another error.
 */
export function withSameErrorBefore(
  asked: Asked,
  explanations: readonly Explanation[],
  judging: Judging,
): readonly string[] {
  const { reference, outcomes } = judging.matching;
  const error = onlyError(explanations);
  if (!asked.follow || error === undefined) return [];
  const found: string[] = [];
  for (const id of askedBefore(reference, asked)) {
    const [before, outcome] = [reference.asked.get(id), outcomes.get(id)];
    if (before === undefined || outcome === undefined || outcome.kind === 'correct') continue;
    const made = explanationsOf(before, outcome, judging).some(
      ({ errors: [first, second] }) => second === undefined && first.misconception === error,
    );
    if (!made) return [];
    found.push(id);
  }
  return found;
}

/** The misconception by which alone all explanations have it. */
function onlyError(explanations: readonly Explanation[]): string | undefined {
  const errors = new Set(explanations.flatMap(({ errors: made }) => made.map((each) => each.misconception)));
  const [only] = errors;
  return errors.size === 1 ? only : undefined;
}
