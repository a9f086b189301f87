import type { Matching } from '@tensormark/parameter-count';
import { formatMarks } from '../../marks.js';
import type { Evidence, ItemProposal } from '../../proposal.js';
import type { Ask } from './ask.js';

/**
 * A step that is not written out by itself is taken as made where a right calculation of what it leads to stands there:
 * whoever writes 64·(3·3·3 + 1) has counted the weights of a filter.
 */
export function withImpliedSteps(
  items: readonly ItemProposal[],
  asks: readonly Ask[],
  { outcomes }: Matching,
): readonly ItemProposal[] {
  return items.map((item) => {
    const ask = asks.find(({ id }) => id === item.item);
    if (ask?.towards === undefined || outcomes.get(ask.id)?.kind !== 'not-found') return item;
    const target = items.find((each) => each.item === ask.towards);
    const reached = outcomes.get(ask.towards);
    if (target?.outcome !== 'met' || reached?.kind !== 'correct' || reached.support !== 'calculation')
      return item;
    const says = `It is not written out by itself, but the calculation of ${ask.towards}, which it leads to, is right.`;
    const place = quantityIn(target);
    const own = quantityIn(item);
    const evidence: Evidence[] =
      own === undefined || place?.span === undefined
        ? [...item.evidence]
        : [{ ...own, verdict: 'correct', says, found: place.found ?? '', span: place.span }];
    return {
      ...item,
      proposed: formatMarks(ask.marks),
      outcome: 'met',
      reason: says,
      evidence,
    };
  });
}

function quantityIn({ evidence }: ItemProposal): Extract<Evidence, { kind: 'quantity' }> | undefined {
  return evidence.find((each) => each.kind === 'quantity');
}
