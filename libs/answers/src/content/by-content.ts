import type { Span } from '../split.js';
import type { Affinity } from './affinity.js';

/** A paragraph given to a part by what it is about; `leaf` is absent where nothing tells. */
export interface PlacedParagraph {
  readonly span: Span;
  readonly leaf?: number;
}

/** A paragraph must share this much of one prompt's words, and this much more than of any other's, to be an anchor. */
const SHARED = 0.25;
const AHEAD = 0.12;
/** How much of a paragraph is compared. */
export const COMPARED = 4_000;
/** Beyond this many paragraphs nothing is placed: no answer is that long. */
const MOST_PARAGRAPHS = 2_000;

/**
 * Aligns paragraphs to the given parts by content, in the order of the paper: anchors must come in that order, and the
 * paragraphs between two anchors of one part are that part's. Whatever lies between anchors of different parts goes
 * with the one before. Nothing at all is placed when the anchors are fewer than two parts or out of order.
 */
export function placeByContent(
  text: string,
  paragraphs: readonly Span[],
  leaves: readonly number[],
  affinity: Affinity,
): readonly PlacedParagraph[] {
  const unplaced = paragraphs.map((span): PlacedParagraph => ({ span }));
  if (!affinity.informed || paragraphs.length > MOST_PARAGRAPHS) return unplaced;
  const anchors = paragraphs.map(({ start, end }) =>
    anchorOf(affinity.of(text.slice(start, Math.min(end, start + COMPARED))), leaves),
  );
  const order = anchors.filter((anchor) => anchor !== undefined);
  const inOrder = order.every((anchor, index) => anchor >= (order[index - 1] ?? -1));
  if (!inOrder || new Set(order).size < Math.min(2, leaves.length)) return unplaced;
  let current = order[0];
  return paragraphs.map((span, index): PlacedParagraph => {
    current = anchors[index] ?? current;
    return current === undefined ? { span } : { span, leaf: current };
  });
}

/** The part that a text is clearly about, if it is about one more than about any other. */
export function anchorOf(shared: readonly number[], leaves: readonly number[]): number | undefined {
  const ranked = leaves
    .map((leaf) => ({ leaf, share: shared[leaf] ?? 0 }))
    .toSorted((one, other) => other.share - one.share);
  const [first, second] = ranked;
  if (first === undefined || first.share < SHARED) return undefined;
  return first.share - (second?.share ?? 0) >= AHEAD ? first.leaf : undefined;
}
