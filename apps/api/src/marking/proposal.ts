import { ProposedMark } from '@tensormark/marking';
import type { ProposedMark as RecordedProposal } from '@tensormark/records';

/** The machine's proposal with its evidence; null before marking and after a fault, which proposes nothing. */
export function proposalIn(recorded: RecordedProposal | null): ProposedMark | null {
  if (recorded === null || recorded.outcome === 'failed') return null;
  const proposal = ProposedMark.safeParse(recorded.evidence);
  return proposal.success ? proposal.data : null;
}
