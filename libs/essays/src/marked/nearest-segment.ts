import { prepareAssessor } from '../assess.js';
import { readSentence } from '../meaning/reading.js';
import type { EssayQuestion } from '../question.js';
import { lexiconWith } from '../terms/lexicon.js';
import type { Span } from '../text/span.js';

/** A sentence that a marker accepted for a rubric item. */
export interface MarkedSegment {
  /** Names the answer that it stands in. */
  readonly answer: string;
  readonly item: string;
  /** What the item said when it was marked; a changed item makes it stale. */
  readonly said: string;
  readonly text: string;
}

/** What people have made of other answers to the same question. */
export interface MarkedAnswers {
  /** How many they have marked, whatever they accepted in them. */
  readonly answers: number;
  readonly segments: readonly MarkedSegment[];
}

/** A place in an answer, and the accepted sentence of another answer that it says the same as. */
export interface NearestPlace {
  readonly item: string;
  readonly span: Span;
  readonly segment: MarkedSegment;
}

/** Fewer marked answers than this say nothing. */
export const ENOUGH_ANSWERS = 5;
/** So many accepted sentences of one item are looked at, the first ones given. */
const MOST_SEGMENTS = 60;

/**
 * For each item the place in an answer that says the same as a sentence accepted for it, or nothing: where fewer than five answers to
 * the question are marked, where the item says another thing than when it was marked, or where no sentence says the same. An
 * accepted sentence is one more wording of its item, so that all that keeps an item from being covered keeps it here too.
 */
export function nearestPlaces(
  { asked, points, misconceptions }: EssayQuestion,
  answer: string,
  marked: MarkedAnswers,
): readonly NearestPlace[] {
  if (marked.answers < ENOUGH_ANSWERS) return [];
  const accepted = points.map((point) => ({
    point,
    segments: marked.segments
      .filter(({ item, said }) => item === point.id && said === point.says)
      .slice(0, MOST_SEGMENTS),
  }));
  const assessor = prepareAssessor({
    asked,
    points: accepted.map(({ point, segments }) => ({
      ...point,
      wordings: [...(point.wordings ?? []), ...segments.map(({ text }) => text)],
    })),
    ...(misconceptions && { misconceptions }),
  });
  return assessor.assess(answer).suggestions.flatMap(({ item, verdict, span, wording }): NearestPlace[] => {
    if (verdict !== 'likely-covered' || span === undefined) return [];
    const segment = accepted
      .find(({ point }) => point.id === item)
      ?.segments.find(({ text }) => text === wording);
    if (segment === undefined || !areNear(segment.text, answer.slice(span.start, span.end))) return [];
    return [{ item, span, segment }];
  });
}

const NEAR = 0.15;
/** A sentence that says fewer things than this is near to much. */
const LEAST_SAID = 3;

/** Whether two sentences share enough of all that either says (Jaccard's index). */
function areNear(one: string, other: string): boolean {
  const [a, b] = [unitsOf(one), unitsOf(other)];
  if (Math.min(a.size, b.size) < LEAST_SAID) return false;
  let shared = 0;
  for (const unit of a) if (b.has(unit)) shared += 1;
  return shared >= NEAR * (a.size + b.size - shared);
}

function unitsOf(text: string): ReadonlySet<string> {
  return readSentence(text, 0, lexiconWith()).units;
}
