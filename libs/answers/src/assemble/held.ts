import type { OutlineMap } from '../alignment/nodes.js';
import type { Affinity } from '../content/affinity.js';
import { anchorOf, COMPARED } from '../content/by-content.js';
import type { Line } from '../lines/lines.js';
import type { PartKind } from '../outline.js';
import type { Note, Reason, Span } from '../split.js';
import { paragraphsIn } from './paragraphs.js';
import type { Section } from './sections.js';

interface HeldContext {
  readonly text: string;
  readonly lines: readonly Line[];
  readonly map: OutlineMap;
  readonly affinity: Affinity;
  readonly note: (note: Note) => void;
}

/** A rival reading less likely than this is no sign of a missing part. */
const SIGN_OF_MISSING = 0.05;
/** Paragraphs looked at, from the end of the section: that is where a forgotten heading would have been. */
const MOST_PARAGRAPHS = 40;

/**
 * Whether an answer may hold that of the part after it, whose heading is nowhere: a line was nearly taken for it, a
 * paragraph is about what it asks, or is of the kind it asks for. Says so and why.
 */
export function missingHeldBy(
  context: HeldContext,
  section: Section,
  next: Section | undefined,
  found: ReadonlySet<number>,
): Reason | undefined {
  const { text, map, note } = context;
  const { node } = section;
  if (node.kind !== 'leaf') return undefined;
  const missing = node.leaf + 1;
  const key = map.leaves[missing];
  // At the end of a document a part is more likely left out than left without its heading.
  if (key === undefined || found.has(missing) || next === undefined) return undefined;
  const span = nearlyTaken(section, map, missing) ?? likeMissing(context, section, node.leaf, missing);
  if (span === undefined) return undefined;
  const quote = text
    .slice(span.start, Math.min(span.end, span.start + 60))
    .trim()
    .replace(/\s+/g, ' ');
  const says = `No heading of ${key} was found, and what begins “${quote}” could belong to it: the answer to ${key} may stand in here.`;
  note({ kind: 'part-not-marked', span, says });
  return { span, says };
}

function nearlyTaken({ passed }: Section, map: OutlineMap, missing: number): Span | undefined {
  const decision = passed.find(({ rival }) => {
    const node = map.nodes[rival.reading?.node ?? -1];
    return node?.kind === 'leaf' && node.leaf === missing && rival.chance >= SIGN_OF_MISSING;
  });
  return decision === undefined
    ? undefined
    : { start: decision.candidate.start, end: decision.candidate.labelEnd };
}

function likeMissing(
  { text, lines, map, affinity }: HeldContext,
  { body }: Section,
  own: number,
  missing: number,
): Span | undefined {
  const paragraphs = paragraphsIn(text, lines, body).slice(1).slice(-MOST_PARAGRAPHS);
  const [ownKind, missingKind] = [map.kinds[own], map.kinds[missing]];
  return paragraphs.find((paragraph) => {
    const said = text.slice(paragraph.start, Math.min(paragraph.end, paragraph.start + COMPARED));
    if (affinity.informed && anchorOf(affinity.of(said), [own, missing]) === missing) return true;
    return missingKind !== undefined && ownKind !== missingKind && looksLike(said, missingKind);
  });
}

const EQUATION = /\d[\d\s()*/+^.,\\a-z{}×·⋅-]{1,60}=\s*(?:\\mathbf\{|\$)?\s*\d/i;
const CODE = /^(?:```|import \w|from \w[\w.]* import|class \w+\(|def \w+\()/m;

/** Whether a paragraph is of a kind that other kinds of answer seldom hold. */
function looksLike(paragraph: string, kind: PartKind): boolean {
  if (kind === 'numeric') return EQUATION.test(paragraph);
  return kind === 'code' && CODE.test(paragraph);
}
