import { align, alignmentCells, type ScoredCandidate } from './alignment/align.js';
import { findCandidates, readLabelAt, type Candidate } from './alignment/candidates.js';
import { mapOutline, type OutlineMap } from './alignment/nodes.js';
import { looksScore } from './alignment/scores.js';
import { baseIndentOf, surroundingsOf } from './alignment/surroundings.js';
import { claimSections } from './assemble/claims.js';
import { collectAnswers, collectBlank, collectUnassigned, notesOnOrder } from './assemble/collect.js';
import { describer } from './assemble/describe.js';
import { cutSections } from './assemble/sections.js';
import { layTiles } from './assemble/tiles.js';
import { DEFAULT_BUDGETS, type AnswerBudgets } from './budgets.js';
import { promptAffinity, type Affinity } from './content/affinity.js';
import { findRestated } from './content/restated.js';
import { findFurniture } from './lines/furniture.js';
import { scanLines, type Line } from './lines/lines.js';
import { findOpaqueLines } from './lines/opaque.js';
import { findAddressedToGrader } from './notes/addressed-to-grader.js';
import { findHiddenText } from './notes/hidden-text.js';
import type { Outline } from './outline.js';
import { findIdentity } from './preface/identity.js';
import { refusalBeforeReading, refused, tooManyHeadings } from './refusals.js';
import type { Note, Span, SplitResult } from './split.js';

/**
 * Splits the text of a document into answers, one for each part of the outline, with their place and a confidence.
 * All places are UTF-16 offsets into `text` as given. The tiles of the result cover the text exactly. A document that
 * is too large, empty or not text is refused with a message; nothing is thrown for any text.
 */
export function splitDocument(
  text: string,
  outline: Outline,
  budgets: Partial<AnswerBudgets> = {},
): SplitResult {
  const limits = { ...DEFAULT_BUDGETS, ...budgets };
  const early = refusalBeforeReading(text, outline, limits);
  if (early !== undefined) return early;
  const lines = scanLines(text, limits.lines);
  if (lines === undefined) {
    return refused(
      'too-many-lines',
      `The document has more than ${limits.lines} lines. Upload only your answers.`,
    );
  }
  const map = mapOutline(outline);
  const restated = findRestated(outline);
  const affinity = promptAffinity(outline);
  const isQuestionHeading = (index: number): boolean => namesQuestion(text, lines, index);
  const opaque = findOpaqueLines(text, lines, isQuestionHeading);
  const furniture = findFurniture(text, lines, isQuestionHeading);
  const isOpen = (index: number): boolean => !opaque.has(index) && !furniture.has(index);
  const candidates = findCandidates(
    text,
    lines,
    isOpen,
    map,
    (line) => restated.titledBy(line),
    limits.headingLines,
  );
  const cells = candidates === undefined ? Infinity : alignmentCells(candidates, map);
  if (candidates === undefined || cells > limits.alignmentCells) {
    return tooManyHeadings(candidates?.length, limits);
  }
  const scored = scoreCandidates(text, lines, candidates, map, affinity, baseIndentOf(lines, isOpen));
  const decisions = align(scored, map, cells);
  const words = describer(text, lines, map);
  const notes: Note[] = [];
  const cut = cutSections(text, lines, decisions, map, restated);
  const claims = claimSections(
    {
      text,
      lines,
      map,
      affinity,
      note: (note) => notes.push(note),
      describe: (decision) => words.reasons(decision),
    },
    cut,
  );
  const tiles = layTiles(text, lines, claims, furniture, map.leaves);
  const answers = collectAnswers(text, tiles, claims, cut.sections, map.leaves, restated);
  const blank = collectBlank(tiles, map.leaves);
  const known = new Set([...answers, ...blank].map(({ partKey }) => partKey));
  const preface = prefaceOf(tiles[0]);
  notes.push(
    ...decisions.flatMap((decision) => words.note(decision) ?? []),
    ...notesOnOrder(cut.sections, map.leaves),
    ...answers.flatMap(({ partKey, restated }) =>
      restated.map((span): Note => ({
        kind: 'restated-question',
        span,
        says: `This repeats what ${partKey} asks.`,
      })),
    ),
    ...opaque.unclosedFences.map((index) => unclosedFence(lines, index)),
    ...findAddressedToGrader(text),
    ...findHiddenText(text),
  );
  return {
    kind: 'split',
    preface: { span: preface, identity: findIdentity(text, preface) },
    answers,
    missing: map.leaves.filter((key) => !known.has(key)),
    blank,
    unassigned: collectUnassigned(tiles, claims, map.leaves),
    notes: notes.toSorted((one, other) => one.span.start - other.span.start),
    tiles,
  };
}

/** Whether a line reads as the heading of a question by a keyword: enough to end a code block left open. */
function namesQuestion(text: string, lines: readonly Line[], index: number): boolean {
  const line = lines[index];
  const label = line === undefined ? undefined : readLabelAt(text, line);
  return label?.keyword?.names === 'question' && label.keyword.weak !== true && label.numerals.length > 0;
}

/** How much of the text below a heading is compared with the prompts. */
const COMPARED = 600;
/** With more candidates than this, content is not compared: the document is no ordinary answer. */
const MOST_COMPARED = 2_000;
const CONTENT_SCALE = 3;
const CONTENT_MOST = 1.5;

function scoreCandidates(
  text: string,
  lines: readonly Line[],
  candidates: readonly Candidate[],
  map: OutlineMap,
  affinity: Affinity,
  baseIndent: number,
): readonly ScoredCandidate[] {
  const compared = affinity.informed && candidates.length <= MOST_COMPARED;
  return candidates.map((candidate, index): ScoredCandidate => {
    const { label, readings, labelEnd } = candidate;
    if (readings.length === 0) return { candidate, scores: [] };
    const looks = looksScore(label, surroundingsOf(text, lines, candidates, index, baseIndent));
    const shared = compared ? affinity.of(text.slice(labelEnd, labelEnd + COMPARED)) : [];
    return {
      candidate,
      scores: readings.map(({ node, score }) => looks + score + contentScore(map, node, shared)),
    };
  });
}

/** For or against a reading by whether the text below is more about what it asks than about what others ask. */
function contentScore(map: OutlineMap, node: number, shared: readonly number[]): number {
  const place = map.nodes[node];
  if (shared.length === 0 || place === undefined || (place.kind !== 'leaf' && place.kind !== 'question'))
    return 0;
  const count = place.kind === 'leaf' ? 1 : (map.questions[place.question]?.parts.length ?? 0);
  const first = place.kind === 'leaf' ? place.leaf : place.firstLeaf;
  const own = Math.max(0, ...shared.slice(first, first + count));
  const others = Math.max(0, ...shared.slice(0, first), ...shared.slice(first + count));
  return Math.max(-CONTENT_MOST, Math.min(CONTENT_MOST, CONTENT_SCALE * (own - others)));
}

function prefaceOf(first: { readonly kind: string; readonly end: number } | undefined): Span {
  return { start: 0, end: first?.kind === 'preface' ? first.end : 0 };
}

function unclosedFence(lines: readonly Line[], index: number): Note {
  const line = lines[index];
  return {
    kind: 'unclosed-code',
    span: { start: line?.start ?? 0, end: line?.textEnd ?? 0 },
    says: 'A code block opens here and is never closed; it was taken to end where the next question begins.',
  };
}
