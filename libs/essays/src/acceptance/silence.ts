/** How often people accepted what a scorer suggests for one rubric item. */
export interface Acceptance {
  readonly decided: number;
  readonly accepted: number;
}

/** When a scorer no longer speaks for an item. */
export interface SilenceRule {
  /** Fewer decisions than this say nothing. */
  readonly enough: number;
  /** The share of accepted suggestions below which it goes silent. */
  readonly precision: number;
}

export const SILENCE: SilenceRule = { enough: 8, precision: 0.8 };

/** Whether a scorer has been wrong about an item often enough to say nothing more of it. */
export function isSilenced({ decided, accepted }: Acceptance, rule: SilenceRule = SILENCE): boolean {
  return decided >= rule.enough && accepted < rule.precision * decided;
}
