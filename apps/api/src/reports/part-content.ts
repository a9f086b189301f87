import { formatMarks, parseMarks, type PartScheme, type ProposedMark } from '@tensormark/marking';
import type { Mark, MarkingItem } from '@tensormark/records';
import { itemsOf } from '../marking/marks-view.js';
import { proposalIn } from '../marking/proposal.js';
import { partStateOf } from '../submissions/part-state.js';
import type { ReportPart } from './reports.contract.js';

type Line = ReportPart['items'][number];
type Scheme = PartScheme['lines'];

/**
 * What a report says of an answer. The machine's reasons are given with a mark that a person confirmed. Where a person decided otherwise, their words
 * stand alone: the student is not told what was overruled.
 */
export function contentOf(
  item: MarkingItem,
  scheme: Scheme,
  forStudent: boolean,
): Omit<ReportPart, 'key' | 'title' | 'available' | 'choices'> {
  const { mark, answer } = item;
  const proposal = proposalIn(item.proposed);
  const restsOnProposal =
    mark === null || (mark.origin === 'confirmed' && mark.proposedMarkId === item.proposed?.id);
  const shown = restsOnProposal || !forStudent ? proposal : null;
  return {
    state: partStateOf(item),
    marks: mark?.marks ?? null,
    reason: reasonOf(mark, shown),
    items: linesOf(mark, shown, scheme),
    evidence: shown === null ? factsIn(proposal) : evidenceIn(shown),
    derivation: proposal?.derivation ?? null,
    text: answer.text,
  };
}

function evidenceIn(proposal: ProposedMark | null): ProposedMark['evidence'] {
  const all = [...(proposal?.evidence ?? []), ...(proposal?.items.flatMap(({ evidence }) => evidence) ?? [])];
  // What is known of the whole answer is often what an item rests on: it is said once.
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

/** What holds whoever decides on the mark: which equations of a working are true. */
function factsIn(proposal: ProposedMark | null): ProposedMark['evidence'] {
  return evidenceIn(proposal).filter(({ kind }) => kind === 'equation');
}

function reasonOf(mark: Mark | null, proposal: ProposedMark | null): string | null {
  const written = mark?.why.trim() ?? '';
  return written === '' ? (proposal?.summary ?? null) : written;
}

/** Marks by item come from the person; the machine's are shown where a person confirmed them or nobody decided. */
function linesOf(mark: Mark | null, proposal: ProposedMark | null, scheme: Scheme): Line[] {
  const given = new Map(mark === null ? [] : itemsOf(mark).map((line) => [line.item, line]));
  const proposed = new Map(proposal?.items.map((line) => [line.item, line]));
  if (given.size === 0 && proposed.size === 0) return [];
  return scheme.flatMap(({ id, says, marks, feedback, adjustment }) => {
    const line = given.get(id);
    const applied = line !== undefined && isApplied(line.marks);
    // An adjustment that was not made is nobody's business.
    if (adjustment && !applied) return [];
    return [
      {
        item: id,
        says,
        available: formatMarks(marks),
        marks: line?.marks ?? null,
        reason: mark === null || mark.origin === 'confirmed' ? (proposed.get(id)?.reason ?? null) : null,
        feedback: line?.feedback ?? (applied ? feedback : null),
      },
    ];
  });
}

function isApplied(marks: string): boolean {
  return parseMarks(marks) !== 0n;
}
