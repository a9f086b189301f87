import {
  answerText as textOfAnswer,
  splitDocument,
  whyUnplaced,
  type Answer,
  type Split,
  type SplitRefused,
} from '@tensormark/answers';
import type { MarkingEngine } from './engine.js';
import type { ExamDefinition } from './exam/definition.js';
import { outlineOf, partsOf, totalMarks, type KeyedPart } from './exam/parts.js';
import { formatMarks, parseMarks, sumMarks } from './marks.js';
import type { ProposedMark } from './proposal.js';

/** One part of a graded document: what was found for it, and what is proposed. */
export interface GradedPart {
  readonly part: KeyedPart;
  /** Undefined when nothing was found. */
  readonly answer: Answer | undefined;
  readonly text: string | undefined;
  readonly proposal: ProposedMark;
}

export interface GradedDocument {
  readonly kind: 'graded';
  readonly split: Split;
  readonly parts: readonly GradedPart[];
  readonly total: {
    /** The sum of what is proposed; a total only when nothing needs a person. */
    readonly proposed: string;
    readonly available: string;
    readonly needsPerson: readonly string[];
    readonly absent: readonly string[];
  };
}

/** The text of an answer as it is marked: its pieces in order, a sentence that a page break cut made whole again. */
export function answerText(document: string, answer: Answer): string {
  return textOfAnswer(document, answer).text;
}

/** Splits a document by the exam's parts and proposes a mark for each. Pure. */
export function gradeDocument(
  exam: ExamDefinition,
  document: string,
  engine: MarkingEngine,
): GradedDocument | SplitRefused {
  const split = splitDocument(document, outlineOf(exam));
  if (split.kind === 'refused') return split;
  const answers = new Map(split.answers.map((answer) => [answer.partKey, answer]));
  const parts = partsOf(exam).map((part): GradedPart => {
    const answer = answers.get(part.key);
    const text = answer === undefined ? undefined : answerText(document, answer);
    const [unplaced] = text === undefined ? whyUnplaced(split, part.key) : [];
    const proposal = unplaced === undefined ? engine.mark(part, text) : engine.unplaced(part, unplaced);
    return { part, answer, text, proposal };
  });
  return { kind: 'graded', split, parts, total: totalOf(parts, formatMarks(totalMarks(exam))) };
}

function totalOf(parts: readonly GradedPart[], available: string): GradedDocument['total'] {
  const withOutcome = (outcome: ProposedMark['outcome']): string[] =>
    parts.filter(({ proposal }) => proposal.outcome === outcome).map(({ part }) => part.key);
  return {
    proposed: formatMarks(sumMarks(parts.map(({ proposal }) => parseMarks(proposal.marks ?? '0') ?? 0n))),
    available,
    needsPerson: withOutcome('needs-person'),
    absent: withOutcome('absent'),
  };
}

/** The same document with other proposals for some of its parts, by key. */
export function withProposals(
  graded: GradedDocument,
  proposals: ReadonlyMap<string, ProposedMark>,
): GradedDocument {
  const parts = graded.parts.map((each) => {
    const proposal = proposals.get(each.part.key);
    return proposal === undefined ? each : { ...each, proposal };
  });
  return { ...graded, parts, total: totalOf(parts, graded.total.available) };
}
