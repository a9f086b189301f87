import { claimAt, rangeOf, type Topic } from '../topic.js';

const CAPACITY =
  /\b(?:over-?\s?fit\w*|under-?\s?fit\w*|too (?:many|few) (?:trainable )?(?:parameters|weights|filters|layers|neurons|channels|units)|(?:too|far too|very|overly) (?:large|big|deep|wide|shallow|complex|small|slow|expensive)|computationally (?:expensive|inefficient|heavy)|inefficient|generali[sz]e (?:poorly|badly|well|effectively)|(?:will|would) (?:not )?(?:converge|learn|generali[sz]e)|vanishing gradients?|exploding gradients?|waste\w*)\b/i;

/** Judgements of size and fitness: no code settles them, its parameters are put beside them. */
export const judgements: Topic = {
  readsAsides: true,
  *read(clause, { parameters }) {
    const match = CAPACITY.exec(clause.text);
    if (match === null) return;
    const says =
      parameters === undefined
        ? 'A judgement that the code alone does not settle.'
        : `A judgement that the code alone does not settle; the network has ${parameters.all.toLocaleString('en-GB')} parameters.`;
    yield claimAt(clause, rangeOf(match), 'capacity', 'not-checkable', says);
  },
};
