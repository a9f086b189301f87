import { FormulaGraph, type Question } from '../misconceptions/formula-graph.js';
import type { Misconception } from '../misconceptions/misconception.js';
import { blindSpots, isResolved, merged, type BlindSpot } from './blind-spots.js';
import { spotsInWords } from './in-words.js';
import { variationsOf, type NumberPath } from './variations.js';

/** One number of a description to change, and to what. */
export interface Proposal {
  readonly path: NumberPath;
  readonly from: number;
  readonly to: number;
}

export interface ResolvableSpot {
  readonly spot: BlindSpot;
  readonly proposal: Proposal;
}

/** Networks rebuilt in search of a change, fewer where their formulas are large. */
const MOST_REBUILT = 120;
const MOST_FORMULAS = 150_000;

function rebuiltAtMost(questions: readonly Question[]): number {
  const size = questions.reduce((sum, each) => sum + (FormulaGraph.of(each)?.places.length ?? 0), 1);
  return Math.min(MOST_REBUILT, Math.floor(MOST_FORMULAS / size));
}

/**
 * The blind spots that another number in the description resolves, each with the smallest change found that does and
 * leaves no blind spot that was not there. What no number can tell apart (swapped channels of a convolution without
 * biases have the same weights) is left out: it is no fault of the question.
 *
 * `questionsOf` asks the same of another description; undefined where that is no network or lacks what is asked.
 */
export function resolvableSpots(
  description: unknown,
  questionsOf: (description: unknown) => readonly Question[] | undefined,
  matters: (misconception: Misconception) => boolean,
): readonly ResolvableSpot[] {
  const questions = questionsOf(description);
  if (questions === undefined) return [];
  const spots = blindSpots(questions, matters);
  const mayBe = new Set(
    spotsInWords(questions, matters).flatMap(({ spot }) => spot.errors.map(({ id }) => id)),
  );
  let open = spots.filter(({ errors }) => errors.every(({ id }) => mayBe.has(id)));
  const before = spots.length;
  const found: ResolvableSpot[] = [];
  let rebuilt = 0;
  const most = rebuiltAtMost(questions);
  for (const { path, from, to, description: other } of variationsOf(description)) {
    if (open.length === 0 || rebuilt >= most) break;
    rebuilt += 1;
    const varied = questionsOf(other);
    if (varied === undefined) continue;
    const left = blindSpots(varied, matters);
    if (left.length >= before) continue;
    const resolved = open.filter((spot) => isResolved(spot, left));
    // Put together, errors may say more than holds: two that were never alike before can be alike afterwards.
    const together = merged(resolved);
    const said = together.every((spot) => isResolved(spot, left)) ? together : resolved;
    found.push(...said.map((spot) => ({ spot, proposal: { path, from, to } })));
    open = open.filter((spot) => !resolved.includes(spot));
  }
  return found;
}
