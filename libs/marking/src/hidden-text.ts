import { hiddenStretches, type HiddenStretch } from '@tensormark/answers';
import type { Proposal } from './kinds/kind.js';
import type { Evidence, ItemProposal, Span } from './proposal.js';

/**
 * What rests on text that a reader of the rendered answer may not see is for a person. Where evidence names no place, any such
 * text is enough.
 */
export function withoutHiddenText(proposal: Proposal, answer: string): Proposal {
  const hidden = hiddenStretches(answer);
  if (hidden.length === 0) return proposal;
  const items = proposal.items.map((item) => withoutHidden(item, hidden));
  const changed = items.filter((item, at) => item !== proposal.items[at]);
  if (changed.length === 0) return proposal;
  return {
    ...proposal,
    outcome: 'needs-person',
    marks: null,
    doubt: 1,
    summary: `${proposal.summary} ${changed.length} of ${items.length} items rest on text that may not show; a person decides.`,
    items,
  };
}

function withoutHidden(item: ItemProposal, hidden: readonly HiddenStretch[]): ItemProposal {
  if (item.proposed === null) return item;
  const places = item.evidence.flatMap(placeOf);
  const found = hidden.find(
    ({ span }) => places.length === 0 || places.some((place) => overlap(span, place)),
  );
  if (found === undefined) return item;
  const says = `${item.reason} It rests on text that may not show where the answer is read. ${found.says}`;
  return {
    ...item,
    proposed: null,
    outcome: 'undecided',
    reason: says,
    evidence: [...item.evidence, { kind: 'caution', span: { ...found.span }, says: found.says }],
  };
}

function placeOf(evidence: Evidence): Span[] {
  return 'span' in evidence && evidence.span !== undefined ? [evidence.span] : [];
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
