import type { Rational } from '@tensormark/arithmetic';
import type { Asked, NodeId, Reference } from '../reference/reference.js';
import type { Claim } from './claim.js';
import type { Difference } from './form.js';

/** A value of the working's own that later steps start from, where the reference has another. */
export interface Slip {
  readonly node: NodeId;
  readonly value: Rational;
  readonly claim: Claim;
}

/** What the working shows for one thing that is asked. */
export type Outcome =
  /** The expected value is given; `support` says whether a true calculation leads to it. */
  | {
      readonly kind: 'correct';
      readonly claim: Claim;
      readonly support: 'calculation' | 'stated-only' | 'contradicted';
      /** Given to fewer digits than the value has. */
      readonly rounded: boolean;
      /** Another value that is given for the same thing in so many words. */
      readonly rival: Claim | null;
    }
  /** The calculation is the right one (from the slips before it, where there are any); its result is wrong or missing. */
  | {
      readonly kind: 'method';
      readonly claim: Claim;
      readonly result: Claim | null;
      readonly from: readonly Slip[];
    }
  /** Not the expected value, yet it follows without a slip from earlier wrong values. */
  | { readonly kind: 'follows'; readonly claim: Claim; readonly from: readonly Slip[] }
  /** The calculation has the right form, from numbers other than the question's or the network's. */
  | {
      readonly kind: 'misread';
      readonly claim: Claim;
      readonly result: Claim | null;
      readonly differences: readonly Difference[];
    }
  /**
   * The words say that this number is the answer, and it is not the expected one. `elsewhere`: it answers that instead;
   * `seen`: the expected value is written too.
   */
  | {
      readonly kind: 'wrong';
      readonly claim: Claim;
      readonly calculation: Claim | null;
      readonly elsewhere: string | null;
      readonly seen: Claim | null;
    }
  /** Some of the numbers of a shape or list are right. */
  | { readonly kind: 'in-part'; readonly claim: Claim; readonly right: number; readonly of: number }
  /** `seen`: the expected value is written, and it is not plain what for. */
  | { readonly kind: 'not-found'; readonly seen: Claim | null };

/** The outcome of each thing asked, by its id, under the reference whose conventions explain the working best. */
export interface Matching {
  readonly reference: Reference;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** The working's own values that later steps may start from. */
  readonly slips: readonly Slip[];
  /** Right only under another accepted convention than the rest: two conventions are mixed. */
  readonly mixed: readonly { readonly asked: Asked; readonly reference: Reference; readonly claim: Claim }[];
}
