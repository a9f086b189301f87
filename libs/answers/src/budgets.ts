/** What one document may cost. Each refusal names the budget that it met. */
export interface AnswerBudgets {
  /** Size of an upload before decoding, in bytes. */
  readonly bytes: number;
  /** Length of the text, in UTF-16 code units. */
  readonly characters: number;
  readonly lines: number;
  /** Lines that could be headings or numbered steps. */
  readonly headingLines: number;
  /** Heading-like lines times the states and moves of the alignment: bounds its time and memory. */
  readonly alignmentCells: number;
}

export const DEFAULT_BUDGETS: AnswerBudgets = {
  bytes: 8 * 1024 * 1024,
  characters: 6_000_000,
  lines: 200_000,
  headingLines: 20_000,
  alignmentCells: 8_000_000,
};
