import type { Decision } from '../alignment/align.js';
import type { OutlineMap, OutlineNode, QuestionPlace } from '../alignment/nodes.js';
import type { Affinity } from '../content/affinity.js';
import { placeByContent } from '../content/by-content.js';
import type { Line } from '../lines/lines.js';
import { findIdentity } from '../preface/identity.js';
import type { Note, Reason, Span, UnassignedWhy } from '../split.js';
import { AT_MOST, MOST_CONFIDENT } from './confidence.js';
import { missingHeldBy } from './held.js';
import { paragraphsIn, wordCount } from './paragraphs.js';
import { isBlank, skipBlankLines, type Section, type Sections } from './sections.js';

/** A stretch of the document said to belong to a part, or to none. */
export type Claim =
  | { readonly kind: 'preface'; readonly span: Span }
  | {
      readonly kind: 'unassigned';
      readonly span: Span;
      readonly why: UnassignedWhy;
      readonly says: string;
      /** The parts that it may answer, if they have no other text. */
      readonly leaves: readonly number[];
    }
  | {
      readonly kind: 'answer';
      readonly span: Span;
      readonly leaf: number;
      /** Absent where the text was placed without a heading of its own. */
      readonly heading?: Span;
      readonly confidence: number;
      readonly reasons: readonly Reason[];
    }
  /** The heading of a question with parts, or of something the outline does not have. */
  | { readonly kind: 'bare-heading'; readonly span: Span };

export interface ClaimContext {
  readonly text: string;
  readonly lines: readonly Line[];
  readonly map: OutlineMap;
  readonly affinity: Affinity;
  readonly note: (note: Note) => void;
  readonly describe: (decision: Decision) => readonly Reason[];
}

/** Text under a question's heading that is this long is an answer, not a title or an aside. */
const ANSWER_WORDS = 25;
const PROSE_WORDS = 30;
/** A paragraph this long is a sentence, not a line of a title page. */
const SENTENCE_WORDS = 14;

/** Says of every stretch between two headings whose it is. */
export function claimSections(context: ClaimContext, cut: Sections): readonly Claim[] {
  const found = new Set(cut.sections.flatMap(({ node }) => (node.kind === 'leaf' ? [node.leaf] : [])));
  const start = claimStart(context, cut, found);
  return [
    ...start,
    ...cut.sections.flatMap((section, index) => claimSection(context, cut.sections, section, index, found)),
  ];
}

function claimSection(
  context: ClaimContext,
  sections: readonly Section[],
  section: Section,
  index: number,
  found: ReadonlySet<number>,
): readonly Claim[] {
  const { heading, body, node } = section;
  const headingClaim: Claim = { kind: 'bare-heading', span: heading };
  switch (node.kind) {
    case 'leaf': {
      const chance = chanceOf(section, sections[index + 1]);
      const reasons = reasonsOf(context, section, sections[index + 1]);
      const held = missingHeldBy(context, section, sections[index + 1], found);
      const bare = isBareNumber(section) && hasUnheadedParts(sections);
      const confidence = Math.min(
        chance,
        held === undefined ? 1 : AT_MOST.holdsMissing,
        bare ? AT_MOST.bareAmongUnheaded : 1,
      );
      const unheaded = 'This number stands alone, and other questions have no heading: it could be a step.';
      return [
        {
          kind: 'answer',
          span: body,
          leaf: node.leaf,
          heading,
          confidence,
          reasons: [
            ...reasons,
            ...(held === undefined ? [] : [held]),
            ...(bare ? [{ span: heading, says: unheaded }] : []),
          ],
        },
      ];
    }
    case 'extra-part':
      return [
        headingClaim,
        {
          kind: 'unassigned',
          span: body,
          why: 'part-not-in-outline',
          says: unknownPart(context, section, node),
          leaves: leavesOf(context.map, node.question),
        },
      ];
    case 'extra-question':
      return [
        headingClaim,
        {
          kind: 'unassigned',
          span: body,
          why: 'part-not-in-outline',
          says: unknownQuestion(context, section),
          leaves: allLeaves(context.map),
        },
      ];
    case 'question':
      return [headingClaim, ...claimLoose(context, sections, section, index, found)];
    case 'start':
      return [
        {
          kind: 'unassigned',
          span: { start: heading.start, end: body.end },
          why: 'part-not-marked',
          says: 'This text stands under no heading.',
          leaves: allLeaves(context.map),
        },
      ];
  }
}

/** `2.` at the start of a paragraph, with nothing that sets it off as a heading. */
function isBareNumber({ opened }: Section): boolean {
  const { keyword, numerals, decoration, alone } = opened.candidate.label;
  return (
    keyword === undefined && numerals.length === 1 && !decoration.bold && decoration.hash === 0 && !alone
  );
}

/** Whether some part is headed by its letter alone, and its question by nothing. */
function hasUnheadedParts(sections: readonly Section[]): boolean {
  let headed: number | undefined;
  return sections.some(({ node, opened }) => {
    if (!('question' in node)) return false;
    const unheaded = opened.taken?.move === 'part-only' && node.question !== headed;
    headed = node.question;
    return unheaded;
  });
}

function allLeaves({ leaves }: OutlineMap): readonly number[] {
  return leaves.map((_key, leaf) => leaf);
}

function leavesOf({ nodes }: OutlineMap, question: number): readonly number[] {
  return nodes.flatMap((node) => (node.kind === 'leaf' && node.question === question ? [node.leaf] : []));
}

function unknownPart(
  context: ClaimContext,
  section: Section,
  node: OutlineNode & { kind: 'extra-part' },
): string {
  const called = context.map.questions[node.question]?.called ?? 'the question';
  const says = `“${headingText(context.text, section)}” reads as a part that ${called} does not have.`;
  context.note({ kind: 'unknown-part', span: section.heading, says });
  return says;
}

function unknownQuestion(context: ClaimContext, section: Section): string {
  const says = `“${headingText(context.text, section)}” reads as a question that this exam does not have.`;
  context.note({ kind: 'unknown-question', span: section.heading, says });
  return says;
}

/** Text under the heading of a question that has parts, before any heading of a part. */
function claimLoose(
  context: ClaimContext,
  sections: readonly Section[],
  section: Section,
  index: number,
  found: ReadonlySet<number>,
): readonly Claim[] {
  const { text, map } = context;
  const { body, node } = section;
  if (node.kind !== 'question' || isBlank(text, body)) return [{ kind: 'bare-heading', span: body }];
  const question = map.questions[node.question];
  if (question === undefined) return [];
  const leaves = leavesOf(map, node.question);
  const unfound = leaves.filter((leaf) => !found.has(leaf));
  const confidence = chanceOf(section, sections[index + 1]);
  const reasons = reasonsOf(context, section, sections[index + 1]);
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined && unfound.length === 1) {
    const says = `The text stands under ${question.called}, whose only part this is.`;
    return [
      answer(body, only, Math.min(confidence, AT_MOST.onlyPartOfQuestion), [
        ...reasons,
        { span: section.heading, says },
      ]),
    ];
  }
  if (unfound.length === leaves.length)
    return claimByContent(
      context,
      body,
      leaves,
      `${sentenceCase(question.called)} has ${listParts(question)}, but none of them has a heading here.`,
      'part-not-marked',
    );
  const [first] = leaves;
  const long = wordCount(text, body) >= ANSWER_WORDS;
  if (long && first !== undefined && !found.has(first)) {
    const says = `The text stands under ${question.called} before its other parts: it could be the answer to ${map.leaves[first] ?? ''}, whose heading is missing, or an introduction.`;
    context.note({ kind: 'text-before-first-part', span: body, says });
    return [
      answer(body, first, Math.min(confidence, AT_MOST.unlabelledFirstPart), [
        ...reasons,
        { span: body, says },
      ]),
    ];
  }
  const says = `This stands under ${question.called} before the first of its parts.`;
  context.note({ kind: 'text-before-first-part', span: body, says });
  return [{ kind: 'unassigned', span: body, why: 'before-first-part', says, leaves }];
}

/** Text before the first heading: who wrote it, and sometimes an answer without a heading. */
function claimStart(context: ClaimContext, cut: Sections, found: ReadonlySet<number>): readonly Claim[] {
  const { text, map } = context;
  const { start } = cut;
  if (isBlank(text, start)) return [{ kind: 'preface', span: start }];
  const paragraphs = paragraphsIn(text, context.lines, start);
  if (cut.sections.length === 0) return claimWithoutHeadings(context, start, paragraphs);
  const opener = cut.sections[0];
  const heading = opener === undefined ? '' : headingText(text, opener);
  const prose = proseFrom(context, start, paragraphs, cut.passedAtStart);
  if (prose === undefined) return [{ kind: 'preface', span: start }];
  const missing = map.leaves.filter((_key, leaf) => !found.has(leaf));
  if (missing.length === 0) {
    const says = `There is prose before the first heading found (“${heading}”); it is kept as preface and belongs to no part.`;
    context.note({ kind: 'text-before-first-heading', span: prose, says });
    return [{ kind: 'preface', span: start }];
  }
  const says =
    `This stands before the first heading found (“${heading}”), and no heading was found for ${missing.join(', ')}: ` +
    'it may be the answer, and is for a person to place.';
  context.note({ kind: 'text-before-first-heading', span: prose, says });
  return [
    { kind: 'preface', span: { start: start.start, end: prose.start } },
    { kind: 'unassigned', span: prose, why: 'before-first-heading', says, leaves: allLeaves(map) },
  ];
}

/** What before the first heading is more than a title and a name, if it is as long as an answer. */
function proseFrom(
  { text, lines }: ClaimContext,
  start: Span,
  paragraphs: readonly Span[],
  passed: readonly Decision[],
): Span | undefined {
  const numbered =
    passed.find(({ candidate }) => candidate.label.keyword === undefined)?.candidate.line ?? -1;
  const listed = lines[numbered]?.start ?? Infinity;
  const first = paragraphs.find(
    (paragraph) => wordCount(text, paragraph) >= SENTENCE_WORDS || paragraph.end > listed,
  );
  if (first === undefined) return undefined;
  const span = { start: first.start, end: start.end };
  return wordCount(text, span) >= PROSE_WORDS ? span : undefined;
}

function claimWithoutHeadings(
  context: ClaimContext,
  start: Span,
  paragraphs: readonly Span[],
): readonly Claim[] {
  const { text, map } = context;
  const identity = findIdentity(text, start);
  const lastIdentity = identity.at(-1)?.span.end ?? 0;
  const first = paragraphs.find((paragraph) => paragraph.end > lastIdentity);
  const behind =
    lastIdentity === 0 ? start.start : skipBlankLines(text, endOfLine(context.lines, lastIdentity));
  const begins = first === undefined ? start.start : Math.max(first.start, behind);
  const preface: Claim = { kind: 'preface', span: { start: start.start, end: begins } };
  const body = { start: begins, end: start.end };
  if (isBlank(text, body)) return [{ kind: 'preface', span: start }];
  if (map.leaves.length === 1) {
    const says =
      'There is no heading, and the exam has only this part: all the text is taken for its answer.';
    return [
      preface,
      answer(body, 0, AT_MOST.onlyPart, [
        { span: { start: begins, end: Math.min(body.end, begins + 1) }, says },
      ]),
    ];
  }
  return [
    preface,
    ...claimByContent(
      context,
      body,
      allLeaves(map),
      'No heading of any question was found.',
      'no-heading-found',
    ),
  ];
}

function endOfLine(lines: readonly Line[], at: number): number {
  return lines.find((line) => line.end >= at)?.end ?? at;
}

/** Gives paragraphs to parts by what they are about, or to none; always unsure, and always said. */
function claimByContent(
  context: ClaimContext,
  body: Span,
  leaves: readonly number[],
  because: string,
  why: UnassignedWhy,
): readonly Claim[] {
  const { text, map } = context;
  const placed = placeByContent(text, paragraphsIn(text, context.lines, body), leaves, context.affinity);
  if (placed.every(({ leaf }) => leaf === undefined)) {
    const says = `${because} It is for a person to say which part this answers.`;
    context.note({ kind: 'part-not-marked', span: body, says });
    return [{ kind: 'unassigned', span: body, why, says, leaves }];
  }
  context.note({
    kind: 'aligned-by-content',
    span: body,
    says: `${because} The text was divided by what its paragraphs are about.`,
  });
  const claims = placed.map(({ span, leaf }): Claim => {
    if (leaf === undefined)
      return {
        kind: 'unassigned',
        span,
        why,
        says: `${because} What this paragraph is about does not tell which part it answers.`,
        leaves,
      };
    const says = `${because} By what it is about, this could be ${map.leaves[leaf] ?? ''}; a person should look.`;
    return answer(span, leaf, AT_MOST.byContent, [{ span, says }]);
  });
  return claims;
}

function answer(span: Span, leaf: number, confidence: number, reasons: readonly Reason[]): Claim {
  return { kind: 'answer', span, leaf, confidence, reasons };
}

/** An answer is as sure as the least sure of: its heading, the next heading, and every line that was passed over. */
function chanceOf(section: Section, next: Section | undefined): number {
  const bearing = [section.opened, ...section.passed, ...(next === undefined ? [] : [next.opened])];
  return bearing.reduce((least, { chance }) => Math.min(least, chance), MOST_CONFIDENT);
}

const MOST_REASONS = 6;

function reasonsOf(
  { describe }: ClaimContext,
  section: Section,
  next: Section | undefined,
): readonly Reason[] {
  const doubtful = [...section.passed, ...(next === undefined ? [] : [next.opened])]
    .filter(({ chance }) => chance < 0.9)
    .toSorted((one, other) => one.chance - other.chance)
    .slice(0, MOST_REASONS);
  return [section.opened, ...doubtful].flatMap((decision) => describe(decision));
}

function headingText(text: string, { heading }: Section): string {
  return text
    .slice(heading.start, Math.min(heading.end, heading.start + 80))
    .trim()
    .replace(/\s+/g, ' ');
}

function listParts(question: QuestionPlace): string {
  return `parts ${question.parts.map(({ id }) => id.text).join(', ')}`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
