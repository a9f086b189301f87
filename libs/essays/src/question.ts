/** What an answer may say to earn something, as the examiner wrote it. */
export interface RubricPoint {
  readonly id: string;
  readonly says: string;
  /** Other ways to say it that are accepted. */
  readonly wordings?: readonly string[];
  /** Words that mean the same for this item: `[['cell', 'unit']]`. */
  readonly synonyms?: readonly (readonly [string, ...string[]])[];
}

/** A wrong statement that is typical of answers to this question. */
export interface Misconception {
  readonly id: string;
  readonly says: string;
  readonly wordings?: readonly string[];
}

export interface EssayQuestion {
  /** All that the question says to whoever answers it. */
  readonly asked: string;
  readonly points: readonly RubricPoint[];
  readonly misconceptions?: readonly Misconception[];
}
