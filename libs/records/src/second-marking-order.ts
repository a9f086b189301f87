import type { Decimal } from './decimal.js';

export const AGREED_BY = ['first', 'mean'] as const;
/** By which mark two stand who differ by no more than the tolerance. */
export type AgreedByRule = (typeof AGREED_BY)[number];

/** By what rules an answer is marked twice. */
export interface SecondMarkingOrder {
  readonly tolerance: Decimal;
  readonly agreed: AgreedByRule;
  readonly step: Decimal;
}
