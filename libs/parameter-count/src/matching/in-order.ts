import type { Asked } from '../reference/reference.js';
import type { Claim } from './claim.js';
import { expectedValues, hits } from './hits.js';
import { isDenied } from './mentions.js';
import type { Weighing } from './rivals.js';

/** One number alone is met by chance. */
const FEWEST = 2;

/**
 * A working that holds, besides its equations, as many numbers as are asked for, each right in its place: with words beside
 * them or without, it answers in order. Nothing where one is wrong, denied, or kept for something else by its words.
 */
export function answersInOrder(
  weighing: Pick<Weighing, 'reference' | 'claims' | 'isAnothers'>,
): readonly { readonly asked: Asked; readonly claim: Claim }[] {
  const { reference } = weighing;
  const claims = weighing.claims.filter(({ equation, termOf }) => equation === null && termOf === null);
  const asks = [...reference.asked.values()];
  if (asks.length < FEWEST || claims.length !== asks.length) return [];
  const answers = asks.flatMap((asked, at) => {
    const claim = claims[at];
    const isRight =
      claim !== undefined &&
      claim.role !== 'calculation' &&
      !isDenied(claim) &&
      !weighing.isAnothers(asked, claim) &&
      hits(reference, asked, claim, expectedValues(reference, asked)) === 'exact';
    return isRight ? [{ asked, claim }] : [];
  });
  return answers.length === asks.length ? answers : [];
}
