import type { Evidence, ItemProposal, ProposedMark } from '../proposal.js';

/**
 * What makes answers to one part alike: the same quantities found, the same errors, the same working, and so the same
 * proposal. Two answers with one key may be decided on together, once a person has seen that they are alike. Null where the
 * evidence cannot tell: what a person has to read is alike only where it says the same.
 */
export function groupKey(proposal: ProposedMark, text: string): string | null {
  if (proposal.outcome === 'absent') return JSON.stringify([proposal.part, 'absent']);
  if (!isTold(proposal)) {
    const words = wordsOf(text);
    return words === '' ? null : JSON.stringify([proposal.part, 'text', words]);
  }
  return JSON.stringify([
    proposal.part,
    proposal.outcome,
    proposal.marks,
    proposal.items.map((item) => itemFacts(item, text)),
    proposal.evidence.map((each) => factsOf(each, text)),
  ]);
}

/** Whether the evidence holds all that the mark rests on: the machine was sure, of numbers and their working or of a choice. */
function isTold({ kind, outcome }: ProposedMark): boolean {
  return outcome === 'proposed' && (kind === 'numeric' || kind === 'choice');
}

function itemFacts({ item, proposed, outcome, evidence }: ItemProposal, text: string) {
  return [item, proposed, outcome, evidence.map((each) => factsOf(each, text))];
}

/** What evidence says, without where in the answer it stands: quotes stand for their places. */
function factsOf(evidence: Evidence, text: string): unknown[] {
  const quote =
    'span' in evidence && evidence.span !== undefined
      ? workingOf(text.slice(evidence.span.start, evidence.span.end))
      : null;
  switch (evidence.kind) {
    case 'equation':
      return ['equation', evidence.verdict, quote];
    case 'quantity':
      return ['quantity', evidence.asked, evidence.verdict, evidence.found ?? null];
    case 'misconception':
      return ['misconception', evidence.explanations, quote];
    case 'finding':
      return ['finding', evidence.check, evidence.severity];
    case 'claim':
      return ['claim', evidence.subject, evidence.verdict];
    case 'mention':
      return ['mention', evidence.item, quote];
    case 'suggestion':
      return ['suggestion', evidence.item, evidence.verdict, quote];
    case 'execution':
      return ['execution', evidence.says];
    case 'graph':
      return ['graph', evidence.steps.map(({ operation, from, shapes }) => [operation, from, shapes])];
    case 'fact':
    case 'caution':
      return [evidence.kind, evidence.says];
  }
}

/** Working is the same however it is spaced and whichever sign stands for "times". */
function workingOf(quote: string): string {
  return quote.replaceAll(/\\times|\\cdot|[×·]/g, '*').replaceAll(/[\s$]+/g, '');
}

function wordsOf(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}
