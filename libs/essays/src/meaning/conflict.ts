/** One way in which a sentence may say the opposite of a statement. */
export interface Conflict {
  readonly kind: 'opposite' | 'negation' | 'number' | 'counterpart' | 'swapped';
  /** Weak ones only forbid to suggest that the item is covered. */
  readonly strength: 'strong' | 'weak';
  /** Both sides in words: "increase" against "decrease". */
  readonly wanted: string;
  readonly found: string;
}

/** What carries a statement, with its weights. */
export type Core = ReadonlyMap<string, number>;
