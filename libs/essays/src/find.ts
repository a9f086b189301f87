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
    found.features.full >= best.features.full - AS_NEAR
      ? found.conflicts.map((conflict) => ({ ...conflict, strength: 'weak' as const }))
      : [],
  );
  return { ...best, conflicts: [...best.conflicts, ...elsewhere] };
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
  let best:
    { stretch: Stretch; features: Features; likeness: number; conflicts: readonly Conflict[] } | undefined;
  let against: Found['against'];
  recalls.forEach((recall, from) => {
    if (recall < WORTH_LOOKING) return;
    const sentence = sentences[from];
    const reading = readings[from];
    if (sentence === undefined || reading === undefined) return;
    const conflicts = conflictsBetween(statement.reading, reading, core);
    if (
      conflicts.some(({ strength }) => strength === 'strong') &&
      (against === undefined || recall > against.recall)
    ) {
      against = { span: sentence.sentence, conflicts, recall };
    }
    for (const to of [from + 1, from + 2]) {
      if (to > sentences.length) continue;
      if (
        to - from === 2 &&
        recallOf(statement, degrees.slice(from, to)) <
          Math.max(recall, recalls[from + 1] ?? 0) + WORTH_JOINING
      )
        continue;
      const features = featuresOf(statement, readings, degrees, { from, to }, asked);
      const open = sentences
        .slice(from, to)
        .every(({ barriers, stance }) => barriers.size === 0 && stance === 'asserted');
      const own =
        to - from === 2
          ? [...conflicts, ...conflictsOf(statement, reading, readings[from + 1], core)]
          : conflicts;
      const likeness = likenessOf(features) - (open ? 0 : 0.1) - (own.length > 0 ? 0.1 : 0);
      if (best === undefined || likeness > best.likeness)
        best = { stretch: { from, to }, features, likeness, conflicts: own };
    }
  });
  if (best === undefined) return undefined;
  const { stretch, features, conflicts } = best;
  const told = toldIn(statement, degrees.slice(stretch.from, stretch.to));
  return { statement, stretch, span: spanOf(answer, stretch), features, told, conflicts, against };
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
