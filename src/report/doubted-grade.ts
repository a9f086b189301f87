import { doubted, notFound, type PlacedDoubt } from '@tensormark/documents';
import {
  formatMarks,
  parseMarks,
  sumMarks,
  type GradedDocument,
  type GradedPart,
  type ProposedMark,
} from '@tensormark/marking';

/** A graded document in which nothing is proposed for what a person has to compare with the original first. */
export function withDoubts(graded: GradedDocument, doubts: readonly PlacedDoubt[]): GradedDocument {
  if (doubts.length === 0) return graded;
  const parts = graded.parts.map((part) => doubtedPart(part, doubts));
  const withOutcome = (outcome: ProposedMark['outcome']): string[] =>
    parts.filter(({ proposal }) => proposal.outcome === outcome).map(({ part }) => part.key);
  return {
    ...graded,
    parts,
    total: {
      ...graded.total,
      proposed: formatMarks(sumMarks(parts.map(({ proposal }) => parseMarks(proposal.marks ?? '0') ?? 0n))),
      needsPerson: withOutcome('needs-person'),
      absent: withOutcome('absent'),
    },
  };
}

function doubtedPart(graded: GradedPart, doubts: readonly PlacedDoubt[]): GradedPart {
  const { part, answer, text } = graded;
  const read =
    answer === undefined || text === undefined
      ? notFound(part.key, doubts)
      : doubted(
          {
            part: part.key,
            found: true,
            text,
            pieces: answer.pieces,
            confidence: answer.confidence,
            reasons: [],
          },
          doubts,
        );
  if (!read.found || read.confidence > 0) return graded;
  const says = read.reasons.join(' ');
  return {
    ...graded,
    proposal: {
      ...graded.proposal,
      outcome: 'needs-person',
      marks: null,
      doubt: 1,
      summary: says,
      items: [],
      evidence: [{ kind: 'caution', says }],
    },
  };
}
