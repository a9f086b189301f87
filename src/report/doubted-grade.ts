import { doubted, notFound, type PlacedDoubt } from '@tensormark/documents';
import { withProposals, type GradedDocument, type GradedPart, type ProposedMark } from '@tensormark/marking';

/** A graded document in which nothing is proposed for what a person has to compare with the original first. */
export function withDoubts(graded: GradedDocument, doubts: readonly PlacedDoubt[]): GradedDocument {
  if (doubts.length === 0) return graded;
  const doubted = graded.parts.flatMap((part) => {
    const proposal = doubtedProposal(part, doubts);
    return proposal === undefined ? [] : [[part.part.key, proposal] as const];
  });
  return withProposals(graded, new Map(doubted));
}

function doubtedProposal(graded: GradedPart, doubts: readonly PlacedDoubt[]): ProposedMark | undefined {
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
  if (!read.found || read.confidence > 0) return undefined;
  const says = read.reasons.join(' ');
  return {
    ...graded.proposal,
    outcome: 'needs-person',
    marks: null,
    doubt: 1,
    summary: says,
    items: [],
    evidence: [{ kind: 'caution', says }],
  };
}
