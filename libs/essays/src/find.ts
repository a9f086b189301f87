import type { ReadAnswer } from './answer.js';
import {
  degreesOf,
  featuresOf,
  recallOf,
  toldIn,
  type Features,
  type Stretch,
  type Told,
} from './match/features.js';
import { likenessOf } from './match/likeness.js';
import type { Statement } from './match/statement.js';
import type { Conflict, Core } from './meaning/conflict.js';
import { conflictsBetween } from './meaning/conflicts.js';
import type { Reading } from './meaning/reading.js';
import { aboutRivals } from './meaning/rivals.js';
import type { Lexicon } from './terms/lexicon.js';
import { overlaps, type Span } from './text/span.js';

/** The place in an answer that comes nearest to a statement, or to one of several that mean the same. */
export interface Found {
  readonly statement: Statement;
  readonly stretch: Stretch;
  readonly span: Span;
  readonly features: Features;
  readonly told: Told;
  readonly conflicts: readonly Conflict[];
  /** A place that says the opposite, if another does; it counts where it comes as near. */
  readonly against:
    { readonly span: Span; readonly conflicts: readonly Conflict[]; readonly recall: number } | undefined;
}

/** Two sentences are shown instead of one only if they say this much more. */
const WORTH_JOINING = 0.14;
const WORTH_LOOKING = 0.12;
const NEARLY_ALL = 0.6;
const AS_NEAR = 0.02;
const CONFLICT_COSTS = 0.2;
/** How near a contradicting place has to come to the best one to count. */
export const AS_NEAR_AGAINST = 0.85;

export function findStatement(
  statements: readonly Statement[],
  answer: ReadAnswer,
  lexicon: Lexicon,
  asked: ReadonlySet<string>,
): Found | undefined {
  const all = statements.flatMap((statement) => {
    const found = nearestTo(statement, answer, lexicon, asked);
    if (found === undefined) return [];
    return [
      { found, likeness: likenessOf(found.features) - (found.conflicts.length > 0 ? CONFLICT_COSTS : 0) },
    ];
  });
  const best = all.toSorted((one, other) => other.likeness - one.likeness)[0]?.found;
  if (best === undefined) return undefined;
  // Another wording that the same sentence comes as near to, and contradicts, leaves it in doubt.
  const elsewhere = all.flatMap(({ found }) =>
    found !== best &&
    overlaps(found.span, best.span) &&
    found.features.recall >= NEARLY_ALL &&
    found.features.full >= best.features.full - AS_NEAR &&
    !contradict(found.statement, best.statement)
      ? found.conflicts.map((conflict) => ({ ...conflict, strength: 'weak' as const }))
      : [],
  );
  return { ...best, conflicts: [...best.conflicts, ...elsewhere] };
}

/** Of two wordings that contradict one another, "A has a path of its own", "A is in no path with C", whoever says one contradicts the other. */
function contradict(one: Statement, other: Statement): boolean {
  return conflictsBetween(one.reading, other.reading, coreOf(one)).length > 0;
}

function nearestTo(
  statement: Statement,
  answer: ReadAnswer,
  lexicon: Lexicon,
  asked: ReadonlySet<string>,
): Found | undefined {
  const { sentences } = answer;
  const readings = sentences.map(({ reading }) => reading);
  const degrees = degreesOf(statement, readings, answer.vocabulary, lexicon);
  const recalls = degrees.map((each) => recallOf(statement, [each]));
  const core = coreOf(statement);
  const isOpen = ({ from, to }: Stretch): boolean =>
    sentences.slice(from, to).every(({ barriers, stance }) => barriers.size === 0 && stance === 'asserted');
  const candidates = recalls.flatMap((recall, from) =>
    recall < WORTH_LOOKING
      ? []
      : [from + 1, from + 2].flatMap((to): Candidate[] => {
          if (to > sentences.length) return [];
          const isJoined = to - from === 2;
          const alone = Math.max(recall, recalls[from + 1] ?? 0);
          if (isJoined && recallOf(statement, degrees.slice(from, to)) < alone + WORTH_JOINING) return [];
          const features = featuresOf(statement, readings, degrees, { from, to }, asked);
          const likeness = likenessOf(features) - (isOpen({ from, to }) ? 0 : 0.1);
          return [{ stretch: { from, to }, features, likeness }];
        }),
  );
  const conflictsAt = (at: number): readonly Conflict[] => {
    const reading = readings[at];
    return reading === undefined ? [] : conflictsBetween(statement.reading, reading, core);
  };
  const best = likeliest(candidates, ({ from, to }) => {
    const reading = readings[from];
    return to - from === 2 && reading !== undefined
      ? [...conflictsAt(from), ...conflictsOf(statement, reading, readings[from + 1], core)]
      : conflictsAt(from);
  });
  if (best === undefined) return undefined;
  const { stretch, features, conflicts } = best;
  const near = AS_NEAR_AGAINST * (features.recall + features.joined);
  const against = recalls
    .map((recall, at) => ({ recall, at }))
    .filter(({ recall }) => recall >= Math.max(near, WORTH_LOOKING))
    .toSorted((one, other) => other.recall - one.recall)
    .flatMap(({ recall, at }) => {
      const span = sentences[at]?.sentence;
      const own = conflictsAt(at);
      const isAgainst = span !== undefined && own.some(({ strength }) => strength === 'strong');
      return isAgainst ? [{ span, conflicts: own, recall }] : [];
    })[0];
  const told = toldIn(statement, degrees.slice(stretch.from, stretch.to));
  return { statement, stretch, span: spanOf(answer, stretch), features, told, conflicts, against };
}

interface Candidate {
  readonly stretch: Stretch;
  readonly features: Features;
  /** Before anything that speaks against it. */
  readonly likeness: number;
}

/** The likeliest stretch, the first of several, where a conflict costs likeness. Conflicts are looked for only where they matter. */
function likeliest(
  candidates: readonly Candidate[],
  conflictsIn: (stretch: Stretch) => readonly Conflict[],
): (Candidate & { readonly conflicts: readonly Conflict[] }) | undefined {
  let best: (Candidate & { conflicts: readonly Conflict[]; place: number }) | undefined;
  const ranked = candidates
    .map((each, place) => ({ ...each, place }))
    .toSorted((one, other) => other.likeness - one.likeness);
  for (const each of ranked) {
    if (best !== undefined && each.likeness < best.likeness) break;
    const conflicts = conflictsIn(each.stretch);
    const likeness = each.likeness - (conflicts.length > 0 ? 0.1 : 0);
    if (
      best === undefined ||
      likeness > best.likeness ||
      (likeness === best.likeness && each.place < best.place)
    )
      best = { ...each, likeness, conflicts };
  }
  return best;
}

function conflictsOf(
  statement: Statement,
  before: Reading,
  reading: Reading | undefined,
  core: Core,
): readonly Conflict[] {
  if (reading === undefined) return [];
  return [
    ...conflictsBetween(statement.reading, reading, core),
    ...aboutRivals(statement.reading, before, reading, core),
  ];
}

/** What carries the statement: all but the lightest of what is wanted. */
function coreOf({ wanted }: Statement): Core {
  const heaviest = Math.max(...wanted.map(({ full }) => full));
  return new Map(wanted.filter(({ full }) => full >= 0.25 * heaviest).map(({ unit, full }) => [unit, full]));
}

function spanOf({ sentences }: ReadAnswer, { from, to }: Stretch): Span {
  return { start: sentences[from]?.sentence.start ?? 0, end: sentences[to - 1]?.sentence.end ?? 0 };
}
