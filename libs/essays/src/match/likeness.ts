import type { Features } from './features.js';

/**
 * How near a place comes to a statement, from 0 to 1. It only puts places in order, and its numbers are fixed: which place is looked
 * at does not depend on what was fitted to the places.
 */
export function likenessOf({ recall, joined, whole, grams, pairs, focus, clause }: Features): number {
  const sum =
    -2 + 1.5 * recall + 0.45 * joined + 0.4 * whole + 0.15 * grams + 2.2 * pairs + 0.9 * focus + 1.1 * clause;
  return 1 / (1 + Math.exp(-sum));
}
